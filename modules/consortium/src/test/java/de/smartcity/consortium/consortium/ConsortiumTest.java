package de.smartcity.consortium.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.AwardRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.WantedLocales;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = ConsortiumTestApplication.class,
        properties = "spring.graphql.schema.locations=classpath*:graphql/")
class ConsortiumTest {

    private static final ConsortiumRow ROW = new ConsortiumRow(
            Map.of("de", "Ein Konsortium", "en", "A consortium"),
            List.of(Map.of("en", "A goal", "de", "Ein Ziel")),
            List.of("de", "en"),
            "Europe/Berlin",
            Map.of("en", "The office"),
            LocalDate.of(2018, 7, 9),
            List.of(new AwardRow(Map.of("en", "A medal"), LocalDate.of(2019, 5, 28), null)));
    private static final List<AreaRow> AREAS =
            List.of(new AreaRow("MOBILITY", Map.of("en", "Mobility")), new AreaRow("LIVING", Map.of("en", "Living")));

    @Autowired
    private ConsortiumImport loading;

    @Autowired
    private AreasOfActivity areas;

    @Autowired
    private Languages languages;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private ExecutionGraphQlService graphQl;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @BeforeEach
    void deleteAll() {
        mongo.getCollection("consortium").deleteMany(new Document());
        mongo.getCollection("areas").deleteMany(new Document());
    }

    @Test
    void everythingLoadedIsShown() {
        loading.load(ROW, AREAS);
        var consortium = data(
                List.of("en"),
                "{ consortium { name nameTranslations { locale text } goals { text } areas { code name } locales timeZone"
                        + " contact { function email } founded awards { title date text } } }",
                "consortium");
        assertThat(consortium)
                .isEqualTo(Map.of(
                        "name",
                        "A consortium",
                        "nameTranslations",
                        List.of(
                                Map.of("locale", "de", "text", "Ein Konsortium"),
                                Map.of("locale", "en", "text", "A consortium")),
                        "goals",
                        List.of(Map.of("text", "A goal")),
                        "areas",
                        List.of(
                                Map.of("code", "MOBILITY", "name", "Mobility"),
                                Map.of("code", "LIVING", "name", "Living")),
                        "locales",
                        List.of("de", "en"),
                        "timeZone",
                        "Europe/Berlin",
                        "contact",
                        mapWithNull("function", "The office", "email"),
                        "founded",
                        "2018-07-09",
                        "awards",
                        List.of(mapWithNull2("title", "A medal", "date", "2019-05-28", "text"))));
    }

    private static Map<String, @Nullable Object> mapWithNull(String key, Object value, String nullKey) {
        var map = new HashMap<String, @Nullable Object>(Map.of(key, value));
        map.put(nullKey, null);
        return map;
    }

    private static Map<String, @Nullable Object> mapWithNull2(
            String key, Object value, String second, Object other, String nullKey) {
        var map = mapWithNull(key, value, nullKey);
        map.put(second, other);
        return map;
    }

    @Test
    void aSecondLoadChangesNothing() {
        loading.load(ROW, AREAS);
        var stored = everything();
        var renamed =
                new ConsortiumRow(Map.of("en", "Another"), List.of(), List.of("tr"), "UTC", null, null, List.of());
        loading.load(renamed, List.of(new AreaRow("MOBILITY", Map.of("en", "Other")), AREAS.getLast()));
        assertThat(everything()).isEqualTo(stored);
    }

    @Test
    void anInterruptedLoadIsCompletedByTheNext() {
        loading.load(ROW, AREAS.subList(0, 1));
        mongo.getCollection("consortium").deleteMany(new Document());
        loading.load(ROW, AREAS);
        assertThat(everything()).hasSize(3);
    }

    private List<Document> everything() {
        var all = mongo.getCollection("areas").find().into(new ArrayList<>());
        mongo.getCollection("consortium").find().into(all);
        return all;
    }

    @Test
    void allViolationsAreReportedTogetherAndNoConsortiumIsStored() {
        var wrong = new ConsortiumRow(Map.of("en", " "), List.of(), List.of(), "Duisburg", null, null, List.of());
        assertThatThrownBy(() -> loading.load(wrong, List.of(new AreaRow("no area", Map.of("en", "Name")))))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.path().getFirst()))
                                .containsExactly("consortium", "no area"));
        assertThat(everything()).isEmpty();
    }

    @Test
    void eachListHasTwentyEntriesAtMost() {
        var text = Map.of("en", "A text");
        var award = new AwardRow(text, LocalDate.of(2019, 5, 28), null);
        var wrong = new ConsortiumRow(
                text,
                Collections.nCopies(21, text),
                Collections.nCopies(21, "en"),
                "Europe/Berlin",
                null,
                null,
                Collections.nCopies(21, award));
        assertThatThrownBy(() -> loading.load(wrong, Collections.nCopies(21, new AreaRow("LIVING", text))))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly(
                                        "consortium.many [consortium]",
                                        "consortium.many [goals]",
                                        "consortium.many [awards]",
                                        "consortium.many [areas]"));
        assertThat(everything()).isEmpty();
    }

    @Test
    void aTextHasFiveLanguagesAtMost() {
        loading.load(ROW, AREAS);
        assertThat(languages.maxLanguages()).isEqualTo(5);
        assertThat(languages.parse(texts("da", "de", "en", "fr", "nl"), 10).texts())
                .hasSize(5);
        assertThatThrownBy(() -> languages.parse(texts("da", "de", "en", "fr", "nl", "tr"), 10))
                .hasMessageContaining("text.languages")
                .hasMessageContaining("at most 5 languages");
        var translations = texts("da", "de", "en", "fr", "nl", "tr").entrySet().stream()
                .map(text -> new Translation(text.getKey(), text.getValue()))
                .toList();
        assertThatThrownBy(() -> languages.parse(translations, 10)).hasMessageContaining("text.languages");
        assertThat(languages.parse(translations.subList(0, 5), 10).texts()).hasSize(5);
    }

    @Test
    void aTextHasAsManyLanguagesAsAConsortiumOfMoreThanFiveAndSoDoTheConsortiumsOwn() {
        var tags = List.of("de", "en", "tr", "pl", "zh", "uk");
        var six = texts(tags.toArray(String[]::new));
        var twice = new ArrayList<>(tags);
        twice.add("de");
        loading.load(row(six, twice), List.of(new AreaRow("MOBILITY", six)));
        assertThat(languages.maxLanguages()).isEqualTo(6);
        // Known for good, so that no text costs a command.
        mongo.getCollection("consortium").deleteMany(new Document());
        assertThat(languages.maxLanguages()).isEqualTo(6);
        assertThat(mongo.getCollection("areas").countDocuments()).isOne();
    }

    @Test
    void aConsortiumOfFewLanguagesHasNoMoreThanFiveInItsOwnTexts() {
        var six = texts("de", "en", "tr", "pl", "zh", "uk");
        assertThatThrownBy(() -> loading.load(row(six, List.of("de")), List.of(new AreaRow("MOBILITY", six))))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly("text.languages [consortium]", "text.languages [MOBILITY]"));
    }

    private static ConsortiumRow row(Map<String, String> name, List<String> locales) {
        return new ConsortiumRow(name, List.of(name), locales, "Europe/Berlin", name, null, List.of());
    }

    private static Map<String, String> texts(String... tags) {
        return Arrays.stream(tags).collect(Collectors.toMap(tag -> tag, tag -> "text"));
    }

    @Test
    void atMostAHundredAreasAreGiven() {
        loading.load(ROW, AREAS);
        var violations = new Violations();
        assertThat(areas.areas(Collections.nCopies(100, "MOBILITY"), violations))
                .containsExactly(new AreaCode("MOBILITY"));
        assertThat(areas.areas(Collections.nCopies(101, "MOBILITY"), violations))
                .isNull();
        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly("areas.many [areas]"));
    }

    @Test
    void unknownAreasAreReportedByIndex() {
        loading.load(ROW, AREAS);
        var violations = new Violations();
        assertThat(areas.areas(List.of("MOBILITY", "LIVING", "MOBILITY"), violations))
                .containsExactly(new AreaCode("LIVING"), new AreaCode("MOBILITY"));
        assertThat(areas.areas(List.of(), violations)).isEmpty();
        assertThat(areas.areas(null, violations)).isEmpty();
        assertThat(areas.areas(List.of("MOBILITY", "no area", "FLYING"), violations))
                .isNull();
        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly("area.syntax [areas, 1]", "area.unknown [areas, 2]"));
    }

    @Test
    void theConsortiumAndItsAreasAreNodes() {
        loading.load(ROW, AREAS);
        var consortium = new GlobalId("Consortium", "consortium").text();
        var living = new GlobalId("AreaOfActivity", "LIVING").text();
        var gone = new GlobalId("AreaOfActivity", "GONE").text();
        assertThat(data(
                        List.of(),
                        "{ nodes(ids: [\"" + consortium + "\", \"" + living + "\", \"" + gone
                                + "\"]) { __typename id ... on AreaOfActivity { code } ... on Consortium { timeZone } } }",
                        "nodes"))
                .isEqualTo(Arrays.asList(
                        Map.of("__typename", "Consortium", "id", consortium, "timeZone", "Europe/Berlin"),
                        Map.of("__typename", "AreaOfActivity", "id", living, "code", "LIVING"),
                        null));
        assertThat(data(List.of(), "{ consortium { id } }", "consortium")).isEqualTo(Map.of("id", consortium));
    }

    @Test
    void theConsortiumIsNullBeforeItIsLoaded() {
        assertThat(data(List.of(), "{ consortium { name } }", "consortium")).isNull();
        assertThat(data(List.of(), "{ areasOfActivity { code } }", "areasOfActivity"))
                .isEqualTo(List.of());
    }

    private @Nullable Object data(List<String> locales, String document, String field) {
        var request = new DefaultExecutionGraphQlRequest(
                document, null, Map.of(), null, UUID.randomUUID().toString(), null);
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(
                        Map.of(Actor.class, Actor.anonymous(), WantedLocales.class, new WantedLocales(locales)))
                .build());
        var answer = Objects.requireNonNull(graphQl.execute(request).block())
                .getExecutionResult()
                .toSpecification();
        assertThat(answer).as("%s", answer).doesNotContainKey("errors");
        return ((Map<?, ?>) Objects.requireNonNull(answer.get("data"))).get(field);
    }
}
