package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import de.smartcity.consortium.sandbox.TestKeycloak;
import de.smartcity.consortium.sandbox.TestMongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.graphql.execution.SchemaReport;
import org.springframework.test.context.DynamicPropertyRegistrar;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The service with the Duisburg data in its own database; tourism is SUSPENDED and harbour is ONBOARDING. */
@TestConfiguration
class Deployment {

    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("consortium.root")));
    private static final Path DATA = ROOT.resolve("config/consortium/duisburg");
    private static final Path VOCABULARY = ROOT.resolve("config/consortium/competences.yaml");
    private static final Path ORGANISATIONS = ROOT.resolve("config/keycloak/sandbox/organisations.properties");
    private static final PartnerAlias ONBOARDING = new PartnerAlias("harbour");
    private static final PartnerAlias SUSPENDED = new PartnerAlias("tourism");

    @Bean
    DynamicPropertyRegistrar deployment() throws IOException {
        var mongo = TestMongo.newDatabase();
        var data = dataWithoutHarboursMembership();
        return properties -> {
            add(properties::add, "spring.mongodb.uri", mongo);
            add(properties::add, "consortium.issuer", TestKeycloak.shared().issuer());
            add(properties::add, "consortium.data.folder", data.toString());
            add(properties::add, "consortium.data.vocabulary", VOCABULARY.toString());
            add(properties::add, "consortium.data.organisations", ORGANISATIONS.toString());
            add(properties::add, "consortium.data.demonstration", "true");
        };
    }

    private static void add(BiConsumer<String, Supplier<Object>> properties, String name, String value) {
        properties.accept(name, () -> value);
    }

    private static Path dataWithoutHarboursMembership() throws IOException {
        var folder = Files.createTempDirectory("consortium-data");
        Files.createDirectory(folder.resolve("demonstration"));
        for (var file : List.of(
                "consortium.yaml",
                "areas.yaml",
                "profiles.yaml",
                "demonstration/partners.yaml",
                "demonstration/profiles.yaml",
                "demonstration/letters.yaml",
                "demonstration/projects.yaml",
                "demonstration/sensor-network.pdf")) {
            Files.copy(DATA.resolve(file), folder.resolve(file));
        }
        var yaml = new YAMLMapper();
        var partners = yaml.readValue(
                Files.readString(DATA.resolve("partners.yaml")), new TypeReference<List<Map<String, Object>>>() {});
        partners.stream()
                .filter(partner -> ONBOARDING.value().equals(partner.get("alias")))
                .forEach(partner -> partner.remove("memberSince"));
        Files.writeString(folder.resolve("partners.yaml"), yaml.writeValueAsString(partners));
        return folder;
    }

    @Bean
    @Lazy
    Api api(Environment environment) {
        return new Api("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
    }

    /** The report of Spring's schema mapping inspection. */
    static final class SchemaInspection {
        private @Nullable SchemaReport report;

        SchemaReport report() {
            return Objects.requireNonNull(report);
        }
    }

    @Bean
    SchemaInspection schemaInspection() {
        return new SchemaInspection();
    }

    @Bean
    GraphQlSourceBuilderCustomizer inspectSchema(SchemaInspection schemaInspection) {
        return builder -> builder.inspectSchemaMappings(report -> schemaInspection.report = report);
    }

    @Bean
    MongoCommands mongoCommands() {
        return new MongoCommands();
    }

    @Bean
    MongoClientSettingsBuilderCustomizer listenToCommands(MongoCommands mongoCommands) {
        return settings -> settings.addCommandListener(mongoCommands);
    }

    @Bean
    World world(PartnerManagement management, Partners partners) {
        return new World(management, partners);
    }

    /** The state behind the schema, for tests to prepare and to check. */
    record World(PartnerManagement management, Partners partners) {

        @EventListener(ApplicationReadyEvent.class)
        void prepareHarbourAndTourism() throws IOException {
            var organisations = new Properties();
            try (var reader = Files.newBufferedReader(ORGANISATIONS)) {
                organisations.load(reader);
            }
            management.beginOnboarding(
                    id(ONBOARDING.value()),
                    new OrganisationId(organisations.getProperty(ONBOARDING.value())),
                    Change.by(Actor.system(), Instant.now()));
            management.suspend(id(SUSPENDED.value()), "For tests", Change.by(Actor.system(), Instant.now()));
        }

        Partner partner(String alias) {
            return partners.findByAlias(new PartnerAlias(alias)).orElseThrow();
        }

        PartnerId id(String alias) {
            return partner(alias).id();
        }
    }
}
