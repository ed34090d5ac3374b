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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;

/** The arrows between modules, the rings inside one, and what keeps the code uniform. A rule that sees no class fails. */
class ArchitectureTest {

    private static final String ROOT = "de.smartcity.consortium";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Each module and those that it may use. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        var arrows = new LinkedHashMap<String, List<String>>();
        arrows.put("kernel", List.of());
        arrows.put("sandbox", List.of());
        arrows.put("mongo", List.of("kernel"));
        arrows.put("graphql", List.of("kernel", "mongo"));
        arrows.put("activity", List.of("kernel", "mongo", "graphql"));
        arrows.put("consortium", List.of("kernel", "mongo", "graphql", "activity"));
        arrows.put("partners", List.of("kernel", "mongo", "graphql", "activity", "consortium"));
        arrows.put("keycloak", List.of("kernel"));
        arrows.put(
                "application", List.of("kernel", "mongo", "graphql", "activity", "consortium", "partners", "keycloak"));
        return arrows;
    }

    static List<ArchRule> rules() {
        var rules = new ArrayList<ArchRule>();
        ARROWS.forEach((module, used) -> {
            var others = ARROWS.keySet().stream()
                    .filter(other -> !other.equals(module) && !used.contains(other))
                    .map(ArchitectureTest::module)
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(module(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("downstream extends upstream: " + module + " may know " + used
                            + " and nothing else of ours"));
        });
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".*.application..", ROOT + ".*.graphql..", ROOT + ".*.mongo..")
                .because("the model is the innermost ring: rules hold whoever asks and wherever they are stored"));
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.application..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".*.graphql..", ROOT + ".*.mongo..")
                .because("services serve any entrance, and declare what they need of storage"));
        rules.add(noClasses()
                .that()
                .resideInAPackage(ROOT + ".*.graphql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*.mongo..")
                .because("controllers ask services, never the database"));
        rules.add(
                classes()
                        .that()
                        .resideInAPackage(ROOT + ".*.model..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                ROOT + ".kernel..",
                                ROOT + ".*.model..",
                                ROOT + ".consortium",
                                "org.bson.codecs.pojo.annotations..",
                                "org.springframework.data.annotation..",
                                "org.springframework.data.mongodb.core.mapping..",
                                "org.springframework.data.repository..",
                                "org.springframework.data.domain..")
                        .because(
                                "aggregates are tested without Spring, and know of storage what annotations say and nothing more"));
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
                .because("who acts is a parameter, so that every rule can be tested as anybody"));
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
                // MapStruct names what it makes by itself.
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
                .because("packages are named after capabilities and rings, not after what has no place"));
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
    void theRulesSeeEveryModule() {
        var seen = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .distinct()
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    /** Shows that the rules find something, and in the siblings' jars: turned around, each arrow is a violation. */
    @Test
    void theArrowsAreReallyThere() {
        for (var arrow : List.of(
                "mongo->kernel",
                "graphql->kernel",
                "activity->graphql",
                "activity->mongo",
                "partners->activity",
                "partners->consortium",
                "keycloak->kernel",
                "application->partners")) {
            var ends = arrow.split("->");
            var forbidden = noClasses()
                    .that()
                    .resideInAPackage(module(ends[0]))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(module(ends[1]));
            assertThat(forbidden.evaluate(CODE).hasViolation()).as(arrow).isTrue();
        }
    }

    @Test
    void springModulithFindsTheSameModulesAndNoneReachesIntoAnother() {
        var modules = ApplicationModules.of(ConsortiumApplication.class);
        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
        modules.verify();
    }

    private static String module(String name) {
        return ROOT + "." + name + "..";
    }
}
