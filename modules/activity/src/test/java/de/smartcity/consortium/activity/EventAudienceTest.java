package de.smartcity.consortium.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.activity.Things.Part;
import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.activity.Things.ThingEvent;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whom an event concerns, as the type's table and the audiences before and after the change say, and what each of them sees of it. */
@ActivityTest
class EventAudienceTest {

    private static final PartnerId OWNER = PartnerId.next();
    private static final String OWN = Things.OWN.token(OWNER);
    private static final Actor OFFICE = Actor.system();
    private static final Actor PUBLIC = Actor.anonymous();
    private static final Actor OWNED = of(OWNER);
    private static final Actor STRANGER = of(PartnerId.next());

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private Things things;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private ExecutionGraphQlService service;

    @BeforeEach
    void deleteAll() {
        things.deleteAll();
    }

    private static Actor of(PartnerId partner) {
        var organisation = new Organisation(
                new OrganisationId(partner.value().toString()),
                partner,
                new PartnerAlias("somebody"),
                PartnerStatus.ACTIVE,
                Set.of(Role.EDITOR));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("somebody"), false, organisation, List.of(organisation));
    }

    private static Audience audience(String tokens) {
        return new Audience(Arrays.stream(tokens.split(" "))
                .filter(token -> !token.isEmpty())
                .map(token -> token.equals("own") ? OWN : token)
                .toList());
    }

    private static Event event(String... changed) {
        return Event.of(Change.by(OFFICE, Things.AT), ThingEvent.THING_EDITED, List.of(changed));
    }

    /** The name is seen by everybody, summary by members, note by the owner and the office. */
    @ParameterizedTest
    @CsvSource({
        "public consortium office own, public consortium office own, name, consortium office own public, '', ''",
        "public consortium office own, public consortium office own, summary, consortium office own, '', ''",
        "public consortium office own, public consortium office own, note, office own, '', ''",
        "public consortium office own, public consortium office own, note name, consortium office own public, '', ''",
        "public consortium office own, public consortium office own, '', '', '', ''",
        // Gaining or losing sight concerns also those who do not see the changed field.
        "office, office own, note, office own, own, ''",
        "office own, public consortium office own, note, consortium office own public, consortium public, ''",
        "public consortium office own, office own, summary, consortium office own public, '', consortium public",
        "'', office, '', office, office, ''",
        "office, '', '', office, '', office",
        "'', '', '', '', '', ''"
    })
    void itConcernsWhoSawOrSeesAChangedFieldAndWhoGainsOrLosesSight(
            String before, String after, String changed, String tokens, String gained, String lost) {
        var thing = Things.unsaved(audience(before));
        things.template().insert(thing, Things.THINGS);
        thing.showTo(audience(after));
        thing.record(event(changed.isEmpty() ? new String[0] : changed.split(" ")));
        things.template().save(thing, Things.THINGS);

        var audience = Objects.requireNonNull(
                things.read(thing.id()).outbox().events().getFirst().audience());

        assertThat(audience).isEqualTo(new EventAudience(sorted(tokens), sorted(gained), sorted(lost), Map.of()));
    }

    private static List<String> sorted(String tokens) {
        return audience(tokens).tokens().stream().sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"true, consortium office own", "false, office own"})
    void aChangedPartConcernsWhoSeesThePart(boolean visibleToMembers, String tokens) {
        var thing = shared();
        thing.record(event("parts"), new Part(visibleToMembers));
        things.template().save(thing, Things.THINGS);

        var audience = Objects.requireNonNull(
                things.read(thing.id()).outbox().events().getFirst().audience());

        assertThat(audience.tokens()).isEqualTo(sorted(tokens));
        assertThat(Objects.requireNonNull(audience.partViewpoints().get("parts")).stream()
                        .sorted()
                        .toList())
                .isEqualTo(Arrays.asList(tokens.split(" ")));
    }

    /** The name is seen by everybody, the note by the owner and the office. */
    @ParameterizedTest
    @CsvSource({
        "name, own, own",
        "name, own office, office own",
        "note, own consortium, own",
        "name, '', ''",
        // A token that is not of the aggregate's audience adds nobody.
        "name, own other:3f2504e0-4f89-41d3-9a0c-0305e82c3301, own"
    })
    void aChangeInsideAPartConcernsOnlyWhoAmongThoseWhoSeeThePartSeesTheField(
            String changed, String among, String tokens) {
        var thing = shared();
        thing.recordAmong(audience(among).tokens(), event(changed));
        things.template().save(thing, Things.THINGS);

        assertThat(audienceOf(thing).tokens()).isEqualTo(sorted(tokens));
    }

    @Test
    void whoGainsOrLosesSightOfTheAggregateIsNotConcernedByAChangeInsideAPart() {
        var thing = Things.unsaved(audience("consortium office"));
        things.template().insert(thing, Things.THINGS);
        thing.showTo(audience("office own"));
        thing.recordAmong(List.of("office"), event("note"));
        things.template().save(thing, Things.THINGS);

        assertThat(audienceOf(thing)).isEqualTo(new EventAudience(sorted("office"), List.of(), List.of(), Map.of()));
    }

    private EventAudience audienceOf(Thing thing) {
        return Objects.requireNonNull(
                things.read(thing.id()).outbox().events().getFirst().audience());
    }

    @Test
    void aPartThatBecomesHiddenConcernsWhoSawIt() {
        var thing = shared();
        thing.record(event("parts"), new Part(true), new Part(false));
        things.template().save(thing, Things.THINGS);

        assertThat(Objects.requireNonNull(things.read(thing.id())
                                .outbox()
                                .events()
                                .getFirst()
                                .audience())
                        .tokens())
                .contains("consortium");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "version"})
    void aChangedFieldWhoseVisibilityNoViewpointDecidesIsADefect(String field) {
        var thing = shared();
        thing.record(event(field));
        assertThatThrownBy(() -> things.template().save(thing, Things.THINGS)).hasMessageContaining(field);
    }

    @Test
    void eachSeesTheEventsThatConcernItAndOfThemTheFieldsThatItSees() {
        var thing = shared();
        thing.record(
                event("name", "note").because(new Reason("A reason")).with(Map.of("name", "New", "note", "A note")));
        thing.record(event("note"));
        thing.record(event("summary", "parts"), new Part(false));
        things.template().save(thing, Things.THINGS);
        publish();

        // The type's field activity is for members.
        assertThat(seen(PUBLIC, thing)).isEmpty();
        assertThat(seen(STRANGER, thing)).containsExactly("[summary] null []", "[name] null [name]");
        for (var actor : List.of(OWNED, OFFICE)) {
            assertThat(seen(actor, thing))
                    .containsExactly(
                            "[summary, parts] null []", "[note] null []", "[name, note] A reason [name, note]");
        }
    }

    @Test
    void whoGainsSightDoesNotSeeWhatHappenedBefore() {
        var thing = Things.unsaved(Audience.office());
        thing.record(event("name"));
        things.template().insert(thing, Things.THINGS);
        thing.showTo(audience("public consortium office own"));
        thing.record(event("note"));
        things.template().save(thing, Things.THINGS);
        publish();

        assertThat(seen(STRANGER, thing)).containsExactly("[] null []");
        assertThat(seen(OWNED, thing)).containsExactly("[note] null []");
        assertThat(seen(OFFICE, thing)).containsExactly("[note] null []", "[name] null []");
    }

    @Test
    void anEventIsANodeForThoseWhoSeeIt() {
        var thing = shared();
        var event = thing.record(event("note"));
        things.template().save(thing, Things.THINGS);
        publish();

        var id = new GlobalId("Activity", event.id()).text();
        for (var actor : List.of(OWNED, OFFICE)) {
            assertThat(node(actor, id)).isEqualTo(Map.of("id", id, "changed", List.of("note")));
        }
        for (var actor : List.of(STRANGER, PUBLIC)) {
            assertThat(node(actor, id)).isNull();
        }
        assertThat(node(OFFICE, new GlobalId("Activity", UUID.randomUUID()).text()))
                .isNull();
    }

    @Test
    void anEventOfATypeOrFieldThatThisVersionDoesNotKnowIsShownWithoutThem() {
        var thing = shared();
        thing.record(event("name"));
        things.template().save(thing, Things.THINGS);
        publish();
        things.template()
                .getCollection(ActivityReading.LOG)
                .updateMany(
                        new Document(),
                        new Document(
                                "$set",
                                new Document("type", "THING_PAINTED")
                                        .append("changed", List.of("name", "colour", "version"))
                                        .append("details", new Document("colour", "red"))));

        var answer = ask(
                OFFICE,
                "query ($of: [String!]!) { activities(of: $of) { nodes { type changed details { field } } } }",
                Map.of("of", List.of(thing.id().toString())));

        assertThat(answer)
                .isEqualTo(Map.of(
                        "activities",
                        List.of(Map.of(
                                "nodes",
                                List.of(Map.of("type", "OTHER", "changed", List.of("name"), "details", List.of()))))));
    }

    /** A thing that everybody sees. */
    private Thing shared() {
        return things.template().insert(Things.unsaved(audience("public consortium office own")), Things.THINGS);
    }

    private void publish() {
        new OutboxRelay(databases, new EventSources(List.of(ActivityApplication.THINGS)), Clock.systemUTC(), () -> {})
                .sweep(ActivityApplication.THINGS);
    }

    /** Of each event the changed fields, the reason and the fields with details. */
    @SuppressWarnings("unchecked")
    private List<String> seen(Actor actor, Thing thing) {
        var data = Objects.requireNonNull(ask(
                actor,
                "query ($of: [String!]!) { activities(of: $of) { nodes { changed reason details { field } } } }",
                Map.of("of", List.of(thing.id().toString()))));
        var page = ((List<Map<String, List<Map<String, Object>>>>) Objects.requireNonNull(data.get("activities")))
                .getFirst();
        return Objects.requireNonNull(page.get("nodes")).stream()
                .map(node -> node.get("changed") + " " + node.get("reason") + " "
                        + ((List<Map<String, String>>) Objects.requireNonNull(node.get("details")))
                                .stream().map(detail -> detail.get("field")).collect(Collectors.toList()))
                .toList();
    }

    private @Nullable Object node(Actor actor, String id) {
        return Objects.requireNonNull(ask(
                        actor,
                        "query ($id: ID!) { node(id: $id) { id ... on Activity { changed } } }",
                        Map.of("id", id)))
                .get("node");
    }

    @SuppressWarnings("unchecked")
    private @Nullable Map<String, @Nullable Object> ask(Actor actor, String document, Map<String, Object> variables) {
        var request = new DefaultExecutionGraphQlRequest(
                document, null, new HashMap<>(variables), Map.of(), "request-1", null);
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(Actor.class, actor)).build());
        var response = Objects.requireNonNull(service.execute(request).block())
                .getExecutionResult()
                .toSpecification();
        assertThat(response).doesNotContainKey("errors");
        return (Map<String, @Nullable Object>) response.get("data");
    }
}
