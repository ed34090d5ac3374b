package de.smartcity.consortium.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import de.smartcity.consortium.ConsortiumApplication;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;

/** Dependencies between modules, the rings inside a module, and code style. A rule that matches no class fails. */
class ArchitectureTest {

    private static final String ROOT = "de.smartcity.consortium";
    private static final Set<String> MECHANISMS = Set.of("mongo", "graphql", "activity", "keycloak", "application");
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Fixtures of letters, when they are packaged.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    /** The modules that each module may use. */
    private static final Map<String, List<String>> ALLOWED_DEPENDENCIES = allowedDependencies();

    private static Map<String, List<String>> allowedDependencies() {
        var allowedDependencies = new LinkedHashMap<String, List<String>>();
        allowedDependencies.put("kernel", List.of());
        allowedDependencies.put("sandbox", List.of());
        allowedDependencies.put("mongo", List.of("kernel"));
        allowedDependencies.put("graphql", List.of("kernel", "mongo"));
        allowedDependencies.put("activity", List.of("kernel", "mongo", "graphql"));
        allowedDependencies.put("consortium", List.of("kernel", "mongo", "graphql", "activity"));
        allowedDependencies.put("partners", List.of("kernel", "mongo", "graphql", "activity", "consortium"));
        allowedDependencies.put("files", List.of("kernel", "mongo", "graphql", "activity"));
        allowedDependencies.put(
                "letters", List.of("kernel", "mongo", "graphql", "activity", "consortium", "partners", "files"));
        allowedDependencies.put(
                "competences", List.of("kernel", "mongo", "graphql", "activity", "consortium", "partners", "files"));
        allowedDependencies.put(
                "projects",
                List.of(
                        "kernel",
                        "mongo",
                        "graphql",
                        "activity",
                        "consortium",
                        "partners",
                        "files",
                        "letters",
                        "competences"));
        allowedDependencies.put("keycloak", List.of("kernel"));
        allowedDependencies.put(
                "application",
                List.of(
                        "kernel",
                        "mongo",
                        "graphql",
                        "activity",
                        "consortium",
                        "partners",
                        "files",
                        "letters",
                        "competences",
                        "projects",
                        "keycloak"));
        return allowedDependencies;
    }

    static List<ArchRule> rules() {
        var rules = new ArrayList<ArchRule>();
        ALLOWED_DEPENDENCIES.forEach((module, used) -> {
            var others = ALLOWED_DEPENDENCIES.keySet().stream()
                    .filter(other -> !other.equals(module) && !used.contains(other))
                    .map(ArchitectureTest::module)
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(module(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("downstream extends upstream: " + module + " may use only " + used + " of our modules"));
        });
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".*.application..", ROOT + ".*.graphql..", ROOT + ".*.mongo..")
                .because("the model is the innermost ring: its rules depend on neither callers nor storage"));
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.application..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".*.graphql..", ROOT + ".*.mongo..")
                .because("services are independent of the API, and declare what they need from storage"));
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.graphql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*.mongo..")
                .because("controllers call services, never the database"));
        rules.add(classes()
                .that()
                .resideInAPackage(ROOT + ".*.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(
                                        "java..",
                                        "org.jspecify..",
                                        ROOT + ".kernel..",
                                        ROOT + ".*.model..",
                                        "org.bson.codecs.pojo.annotations..",
                                        "org.springframework.data.annotation..",
                                        "org.springframework.data.mongodb.core.mapping..",
                                        "org.springframework.data.repository..",
                                        "org.springframework.data.domain.."),
                                // What capabilities publish, such as ids.
                                ALLOWED_DEPENDENCIES.keySet().stream()
                                        .filter(module -> !MECHANISMS.contains(module))
                                        .map(module -> ROOT + "." + module))
                        .toArray(String[]::new))
                .because("aggregates are tested without Spring, and depend on storage only through annotations"));
        rules.add(classes()
                .that()
                .resideInAPackage(ROOT + ".kernel..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.uuid..", ROOT + ".kernel..")
                .because("the kernel is plain Java"));
        rules.add(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".keycloak..", ROOT + ".application..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(SecurityContextHolder.class)
                .because("the actor is a parameter, so that every rule can be tested as any actor"));
        rules.add(slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("modules build one after the other"));
        rules.add(slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package"));
        rules.add(noClasses()
                .that(not(resideInAnyPackage(ROOT + ".sandbox..")))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time comes from an injected Clock, which a test can set"));
        rules.add(noClasses()
                // MapStruct names its implementations so.
                .that(not(simpleNameEndingWith("MapperImpl")))
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because("a name says what a thing is for"));
        rules.add(noClasses()
                .that(alwaysTrue())
                .should()
                .resideInAnyPackage("..common..", "..util..", "..api..", "..dto..", "..core..", "..persistence..")
                .because("packages are named after capabilities and rings"));
        rules.add(classes()
                .that()
                .areAnnotatedWith(Controller.class)
                .should()
                .bePackagePrivate()
                .because("only Spring calls a controller"));
        rules.add(methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Controller.class)
                .should()
                .notBePublic()
                .because("only Spring calls a controller"));
        rules.add(noClasses()
                .that(alwaysTrue())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.data.mongodb.core.mapping.DBRef")
                .because("other aggregates are referred to by id"));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleHolds(ArchRule rule) {
        rule.check(CODE);
    }

    @Test
    void theRulesCoverEveryModule() {
        var seen = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .distinct()
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ALLOWED_DEPENDENCIES.keySet());
    }

    /** Checks that the rules see dependencies, also on classes in the other modules' jars: forbidding these finds violations. */
    @Test
    void theRulesFindDependencies() {
        for (var dependency : List.of(
                "mongo->kernel",
                "graphql->kernel",
                "activity->graphql",
                "activity->mongo",
                "partners->activity",
                "partners->consortium",
                "keycloak->kernel",
                "application->partners")) {
            var ends = dependency.split("->");
            var forbidden = noClasses()
                    .that()
                    .resideInAPackage(module(ends[0]))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(module(ends[1]));
            assertThat(forbidden.evaluate(CODE).hasViolation()).as(dependency).isTrue();
        }
    }

    @Test
    void springModulithFindsTheSameModulesAndNoInternalsAreUsed() {
        var modules = ApplicationModules.of(ConsortiumApplication.class);
        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrderElementsOf(ALLOWED_DEPENDENCIES.keySet());
        modules.verify();
    }

    private static String module(String name) {
        return ROOT + "." + name + "..";
    }
}
