package de.smartcity.consortium.application;

import de.smartcity.consortium.consortium.ConsortiumImport;
import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.partners.PartnerImport;
import de.smartcity.consortium.partners.PartnerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Loads the consortium's files before the service is ready; it does not start if a file cannot be read. */
@Component
@EnableConfigurationProperties(ConsortiumData.class)
class ConsortiumLoader implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ConsortiumLoader.class);
    private static final String LEASE = "consortium-data";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ConsortiumData data;
    private final Leases leases;
    private final ConsortiumImport consortium;
    private final PartnerImport partners;

    ConsortiumLoader(ConsortiumData data, Leases leases, ConsortiumImport consortium, PartnerImport partners) {
        this.data = data;
        this.leases = leases;
        this.consortium = consortium;
        this.partners = partners;
    }

    record Rows(ConsortiumRow consortium, List<AreaRow> areas, List<PartnerRow> partners) {}

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException, TimeoutException {
        var folder = data.folder();
        if (folder != null) {
            var rows = read(folder, data.demonstration());
            var organisations = organisations(data.organisations());
            // Under a lease, because imports must not run concurrently; each node skips what is already loaded.
            leases.whileHeld(LEASE, Duration.ofSeconds(10), Duration.ofMinutes(10), lease -> {
                consortium.load(rows.consortium(), rows.areas());
                partners.load(rows.partners(), organisations);
            });
            LOG.info("Loaded {} partners from {}", rows.partners().size(), folder);
        }
    }

    static Rows read(Path folder, boolean demonstration) {
        var partners = new ArrayList<>(List.of(read(folder.resolve("partners.yaml"), PartnerRow[].class)));
        if (demonstration) {
            partners.addAll(List.of(read(folder.resolve("demonstration/partners.yaml"), PartnerRow[].class)));
        }
        return new Rows(
                read(folder.resolve("consortium.yaml"), ConsortiumRow.class),
                List.of(read(folder.resolve("areas.yaml"), AreaRow[].class)),
                partners);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(Files.readString(file), type);
        } catch (JacksonException malformed) {
            throw new IllegalStateException(file + ": " + malformed.getMessage(), malformed);
        } catch (IOException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
    }

    static Map<PartnerAlias, OrganisationId> organisations(@Nullable Path file) {
        var organisations = new HashMap<PartnerAlias, OrganisationId>();
        if (file != null) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException unreadable) {
                throw new IllegalStateException(file + " cannot be read", unreadable);
            }
            properties.forEach((alias, id) ->
                    organisations.put(PartnerAlias.parse(alias.toString()), OrganisationId.parse(id.toString())));
        }
        return organisations;
    }
}
