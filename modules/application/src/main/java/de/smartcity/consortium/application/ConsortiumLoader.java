package de.smartcity.consortium.application;

import de.smartcity.consortium.competences.CompetenceRows.FactsRow;
import de.smartcity.consortium.competences.CompetenceRows.MadeUpRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.competences.ProfileImport;
import de.smartcity.consortium.competences.VocabularyImport;
import de.smartcity.consortium.consortium.ConsortiumImport;
import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.letters.LetterImport;
import de.smartcity.consortium.letters.LetterRow;
import de.smartcity.consortium.mongo.Leases;
import de.smartcity.consortium.partners.PartnerImport;
import de.smartcity.consortium.partners.PartnerRow;
import de.smartcity.consortium.projects.ProjectImport;
import de.smartcity.consortium.projects.ProjectRow;
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
    private static final String DEMONSTRATION = "demonstration";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ConsortiumData data;
    private final Leases leases;
    private final ConsortiumImport consortium;
    private final PartnerImport partners;
    private final LetterImport letters;
    private final VocabularyImport vocabulary;
    private final ProfileImport profiles;
    private final ProjectImport projects;

    ConsortiumLoader(
            ConsortiumData data,
            Leases leases,
            ConsortiumImport consortium,
            PartnerImport partners,
            LetterImport letters,
            VocabularyImport vocabulary,
            ProfileImport profiles,
            ProjectImport projects) {
        this.data = data;
        this.leases = leases;
        this.consortium = consortium;
        this.partners = partners;
        this.letters = letters;
        this.vocabulary = vocabulary;
        this.profiles = profiles;
        this.projects = projects;
    }

    record Rows(
            ConsortiumRow consortium,
            List<AreaRow> areas,
            List<PartnerRow> partners,
            List<LetterRow> letters,
            @Nullable VocabularyRow vocabulary,
            List<FactsRow> facts,
            List<MadeUpRow> profiles,
            List<ProjectRow> projects) {}

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException, TimeoutException {
        var folder = data.folder();
        if (folder != null) {
            var rows = read(folder, data.vocabulary(), data.demonstration());
            var organisations = organisations(data.organisations());
            // Under a lease, because imports must not run concurrently; each node skips what is already loaded.
            leases.whileHeld(LEASE, Duration.ofSeconds(10), Duration.ofMinutes(10), lease -> {
                consortium.load(rows.consortium(), rows.areas());
                partners.load(rows.partners(), organisations);
                letters.load(
                        rows.letters(),
                        organisations,
                        annex -> bytes(folder.resolve(DEMONSTRATION).resolve(annex)));
                if (rows.vocabulary() != null) {
                    vocabulary.load(rows.vocabulary());
                }
                profiles.load(rows.facts(), rows.profiles(), organisations);
                projects.load(rows.projects(), organisations);
            });
            LOG.info(
                    "Loaded {} partners, {} letters, {} competence profiles and {} projects from {}",
                    rows.partners().size(),
                    rows.letters().size(),
                    rows.profiles().size(),
                    rows.projects().size(),
                    folder);
        }
    }

    static Rows read(Path folder, @Nullable Path vocabulary, boolean demonstration) {
        var partners = new ArrayList<>(List.of(read(folder.resolve("partners.yaml"), PartnerRow[].class)));
        var letters = new ArrayList<LetterRow>();
        var facts = new ArrayList<FactsRow>();
        var profiles = new ArrayList<MadeUpRow>();
        var projects = new ArrayList<ProjectRow>();
        if (demonstration) {
            if (vocabulary == null) {
                throw new IllegalStateException("Demonstration data has competences: name their vocabulary in"
                        + " consortium.data.vocabulary, such as config/consortium/competences.yaml");
            }
            var madeUp = folder.resolve(DEMONSTRATION);
            partners.addAll(List.of(read(madeUp.resolve("partners.yaml"), PartnerRow[].class)));
            letters.addAll(List.of(read(madeUp.resolve("letters.yaml"), LetterRow[].class)));
            facts.addAll(List.of(read(folder.resolve("profiles.yaml"), FactsRow[].class)));
            profiles.addAll(List.of(read(madeUp.resolve("profiles.yaml"), MadeUpRow[].class)));
            projects.addAll(List.of(read(madeUp.resolve("projects.yaml"), ProjectRow[].class)));
        }
        return new Rows(
                read(folder.resolve("consortium.yaml"), ConsortiumRow.class),
                List.of(read(folder.resolve("areas.yaml"), AreaRow[].class)),
                partners,
                letters,
                vocabulary == null ? null : read(vocabulary, VocabularyRow.class),
                facts,
                profiles,
                projects);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
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
