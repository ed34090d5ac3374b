package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.ModuleApplication;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import graphql.schema.GraphQLFieldDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;

/** A mutation that is repeated with its Idempotency-Key has one effect and the same answer. */
@ModuleTest
class RepeatedMutationsTest {

    private static final String PARTNER = "partner { id version status statusReason contacts { id email } }";

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private MongoOperations mongo;

    /**
     * A mutation, with what its payload shows.
     *
     * @param target the status of the partner that it is about; null if it creates one
     */
    private record Row(String field, PartnerStatus target, String payload) {

        String document() {
            var type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
            return "mutation ($input: " + type + "!) { " + field + "(input: $input) { " + payload
                    + " userErrors { code rule } } }";
        }

        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("editPartner", PartnerStatus.ACTIVE, PARTNER),
                new Row("addPartnerContact", PartnerStatus.ACTIVE, PARTNER + " contact { id email }"),
                new Row("editPartnerContact", PartnerStatus.ACTIVE, PARTNER + " contact { id email }"),
                new Row("removePartnerContact", PartnerStatus.ACTIVE, PARTNER + " removedContactId"),
                new Row("recordProspect", PartnerStatus.PROSPECT, PARTNER),
                new Row("dropProspect", PartnerStatus.PROSPECT, "droppedPartnerId"),
                new Row("suspendPartner", PartnerStatus.ACTIVE, PARTNER),
                new Row("reinstatePartner", PartnerStatus.SUSPENDED, PARTNER));
    }

    private static Row row(String field) {
        return rows().filter(row -> row.field().equals(field)).findFirst().orElseThrow();
    }

    /** A valid input about this partner, and with another number another one. */
    private static Map<String, Object> input(Row row, Partner about, int number) {
        var input = new HashMap<String, Object>();
        if (!row.field().equals("recordProspect")) {
            input.put("partnerId", Asked.globalId(about));
        }
        switch (row.field()) {
            case "editPartner" -> {
                input.put(
                        "expectedVersion",
                        Objects.requireNonNull(about.version()).intValue());
                input.put("website", "https://www.example.org/" + number);
            }
            case "addPartnerContact" -> {
                input.put("function", List.of(Map.of("locale", "en", "text", "Office")));
                input.put("email", "office-" + number + "@example.org");
            }
            case "editPartnerContact" -> {
                input.put("contactId", contactId(about));
                input.put(
                        "expectedVersion",
                        Objects.requireNonNull(about.version()).intValue());
                input.put("email", "office-" + number + "@example.org");
            }
            case "removePartnerContact" ->
                input.put(
                        "contactId",
                        number == 1
                                ? contactId(about)
                                : new GlobalId(
                                                "Contact",
                                                about.contacts().getLast().id().value())
                                        .text());
            case "recordProspect" -> {
                input.put("alias", "of-" + about.alias().value() + "-" + number);
                input.put("name", List.of(Map.of("locale", "en", "text", "A prospect")));
                input.put("kind", "OTHER");
            }
            case "dropProspect", "suspendPartner", "reinstatePartner" -> input.put("reason", "Reason " + number);
            default -> throw new AssertionError("No input for " + row.field());
        }
        return input;
    }

    private static String contactId(Partner partner) {
        return new GlobalId("Contact", partner.contacts().getFirst().id().value()).text();
    }

    private Map<String, Object> ask(Row row, Actor actor, IdempotencyKey key, Map<String, Object> input) {
        return asked.ask(actor, key, row.document(), Map.of("input", input));
    }

    /** All partners but for the outbox, which the relay empties. */
    private List<Document> stored() {
        var partners = mongo.getCollection("partners")
                .find()
                .sort(Sorts.ascending("_id"))
                .limit(10_000)
                .into(new ArrayList<>());
        partners.forEach(partner -> partner.remove("outbox"));
        return partners;
    }

    private static void assertDone(Row row, Map<String, Object> answer) {
        assertThat(answer).doesNotContainKey("errors");
        assertThat(answer.get("data")).asString().contains(row.field(), "userErrors=[]");
    }

    @Test
    void everyMutationHasARow(@Autowired GraphQlSource source) {
        var mutations = Objects.requireNonNull(source.schema().getMutationType()).getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName);
        assertThat(rows().map(Row::field)).containsExactlyInAnyOrderElementsOf(mutations.toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRepeatedMutationHasOneEffectAndTheSameAnswer(Row row) {
        var about = given.partner(row.target());
        var key = Asked.newKey();
        var input = input(row, about, 1);
        var before = stored();
        var first = ask(row, Callers.office(), key, input);
        assertDone(row, first);
        var after = stored();
        assertThat(after).isNotEqualTo(before);
        for (var n = 0; n < 3; n++) {
            assertThat(ask(row, Callers.office(), key, input)).isEqualTo(first);
        }
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anotherInputWithTheSameKeyIsABadRequest(Row row) {
        var about = given.partner(row.target());
        var key = Asked.newKey();
        assertDone(row, ask(row, Callers.office(), key, input(row, about, 1)));
        var after = stored();
        var answer = ask(row, Callers.office(), key, input(row, about, 2));
        assertThat(Asked.code(answer)).isEqualTo("BAD_REQUEST");
        assertThat(answer).asString().doesNotContain(key.values().getFirst());
        assertThat(stored()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAccountThatIsNotTheOfficesAnyMoreMayNotRepeatIt(Row row) {
        var about = given.partner(row.target());
        var own = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        assertDone(row, ask(row, acting(own, true), key, input));
        // It sees neither suspended partners nor dropped prospects.
        var expected = Set.of("suspendPartner", "dropProspect").contains(row.field()) ? "NOT_FOUND" : "FORBIDDEN";
        assertThat(Asked.code(ask(row, acting(own, false), key, input))).isEqualTo(expected);
    }

    @Test
    void aDroppedProspectIsFoundOnlyByTheAccountAndTheKeyThatDroppedIt() {
        var row = row("dropProspect");
        var about = given.partner(PartnerStatus.PROSPECT);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        assertDone(row, ask(row, Callers.office(), key, input));

        assertThat(Asked.code(ask(row, Callers.office(), Asked.newKey(), input)))
                .isEqualTo("NOT_FOUND");
        assertThat(Asked.code(ask(row, Callers.office(), new IdempotencyKey(List.of()), input)))
                .isEqualTo("NOT_FOUND");
        assertThat(Asked.code(ask(row, office("another"), key, input))).isEqualTo("NOT_FOUND");
        assertThat(Asked.code(ask(row, Actor.anonymous(), key, input))).isEqualTo("NOT_FOUND");
        var member = Callers.of(given.partner(PartnerStatus.ACTIVE), Role.PARTNER_ADMIN);
        assertThat(Asked.code(ask(row, member, key, input))).isEqualTo("NOT_FOUND");
        assertDone(row, ask(row, Callers.office(), key, input));
    }

    @Test
    void aPartnersAdminWhoLostTheRoleIsForbiddenToRepeat() {
        var row = row("addPartnerContact");
        var about = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        assertDone(row, ask(row, Callers.of(about, Role.PARTNER_ADMIN), key, input));
        for (var number : List.of(1, 2)) {
            assertThat(Asked.code(ask(row, Callers.of(about, Role.EDITOR), key, input(row, about, number))))
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void theSameKeyOfAnotherAccountOrganisationMutationOrTargetHasItsOwnEffect() {
        var row = row("addPartnerContact");
        var about = given.partner(PartnerStatus.ACTIVE);
        var another = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var callers = List.of(Callers.office(), office("another"), acting(about, true), acting(another, true));
        for (var caller : callers) {
            assertDone(row, ask(row, caller, key, input(row, about, 1)));
            assertDone(row, ask(row, caller, key, input(row, about, 1)));
        }
        assertThat(given.now(about.id()).contacts()).hasSize(2 + callers.size());

        assertDone(row, ask(row, Callers.office(), key, input(row, another, 1)));
        assertThat(given.now(another.id()).contacts()).hasSize(3);
        var suspend = row("suspendPartner");
        assertDone(suspend, ask(suspend, Callers.office(), key, input(suspend, about, 1)));
        assertThat(given.now(about.id()).status()).isEqualTo(PartnerStatus.SUSPENDED);
    }

    @Test
    void literalsAndVariablesAreTheSameInput() {
        var about = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var literal = """
                mutation { addPartnerContact(input: { visibleToMembers: false, email: "office@example.org",
                  function: { text: "Office", locale: "en" }, partnerId: "%s" }) { contact { id } } }""".formatted(Asked.globalId(about));
        var variable = """
                mutation ($id: ID!, $text: String!) { again: addPartnerContact(input: { partnerId: $id,
                  function: [{ locale: "en", text: $text }], email: "office@example.org" }) { contact { id } } }""";
        var first = asked.ask(Callers.office(), key, literal, Map.of());
        var second = asked.ask(Callers.office(), key, variable, Map.of("id", Asked.globalId(about), "text", "Office"));
        assertThat(String.valueOf(second.get("data")))
                .isEqualTo(String.valueOf(first.get("data")).replace("addPartnerContact=", "again="));
        assertThat(given.now(about.id()).contacts()).hasSize(3);

        // A null is given, unlike an absent field.
        var withNull = variable.replace("email:", "phone: null, email:");
        assertThat(Asked.code(asked.ask(
                        Callers.office(), key, withNull, Map.of("id", Asked.globalId(about), "text", "Office"))))
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void aRefusalIsNotKept() {
        var row = row("recordProspect");
        var about = given.partner(PartnerStatus.PROSPECT);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        input.put("alias", about.alias().value());
        for (var n = 0; n < 2; n++) {
            assertThat(ask(row, Callers.office(), key, input)).asString().contains("alias.taken");
        }
        var corrected = input(row, about, 2);
        assertDone(row, ask(row, Callers.office(), key, corrected));
        assertThat(Asked.code(ask(row, Callers.office(), key, input))).isEqualTo("BAD_REQUEST");
    }

    @Test
    void aRepeatedEditIsAnsweredAlthoughItsVersionIsOldAndWithTheObjectAsItIsNow() {
        var row = row("editPartner");
        var about = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        assertDone(row, ask(row, Callers.office(), key, input));
        var suspend = row("suspendPartner");
        assertDone(suspend, ask(suspend, Callers.office(), Asked.newKey(), input(suspend, about, 1)));
        var again = ask(row, Callers.office(), key, input);
        assertDone(row, again);
        assertThat(again).asString().contains("status=SUSPENDED");
        assertThat(ask(row, Callers.office(), Asked.newKey(), input)).asString().contains("CONFLICT");
    }

    @Test
    void aProspectThatWasDroppedIsNotRecordedAgainByARepeatedMutation() {
        var row = row("recordProspect");
        var about = given.partner(PartnerStatus.PROSPECT);
        var key = Asked.newKey();
        var input = input(row, about, 1);
        var first = ask(row, Callers.office(), key, input);
        var id = idOf(first, "recordProspect", "partner");
        var drop = row("dropProspect");
        assertDone(drop, ask(drop, Callers.office(), Asked.newKey(), input(drop, given.now(id), 1)));
        var after = stored();
        var again = ask(row, Callers.office(), key, input);
        assertDone(row, again);
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void twentyRequestsAtOnceWithOneKeyAddOneContact() throws Exception {
        var row = row("addPartnerContact");
        var about = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        var answers = Asked.together(IntStream.range(0, 20)
                .mapToObj(n ->
                        (Callable<Map<String, Object>>) () -> ask(row, Callers.office(), key, input(row, about, 1)))
                .toList());
        assertThat(answers).allSatisfy(answer -> assertDone(row, answer));
        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(given.now(about.id()).contacts()).hasSize(3);
    }

    @Test
    void twoNodesAtOnceHaveOneEffect(@Autowired Environment environment) throws Exception {
        try (var node = new SpringApplicationBuilder(ModuleApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.mongodb.uri=" + environment.getRequiredProperty("spring.mongodb.uri"),
                        "spring.graphql.schema.locations=classpath*:graphql/")
                .run()) {
            var other = new Asked(node.getBean(ExecutionGraphQlService.class));
            for (var row : rows().toList()) {
                for (var n = 0; n < 10; n++) {
                    assertOneEffect(row, List.of(asked, other, asked, other));
                }
            }
        }
    }

    private void assertOneEffect(Row row, List<Asked> clients) throws Exception {
        var about = given.partner(row.target());
        var key = Asked.newKey();
        Map<String, Object> variables = Map.of("input", input(row, about, 1));
        var partners = stored().size();
        var answers = Asked.together(clients.stream()
                .map(client -> (Callable<Map<String, Object>>)
                        () -> client.ask(Callers.office(), key, row.document(), variables))
                .toList());
        assertThat(answers).allSatisfy(answer -> assertDone(row, answer));
        assertThat(Set.copyOf(answers)).hasSize(1);
        if (row.field().equals("recordProspect")) {
            assertThat(stored()).hasSize(partners + 1);
        } else {
            assertThat(given.now(about.id()).version()).isEqualTo(Objects.requireNonNull(about.version()) + 1);
        }
    }

    @Test
    void neitherKeyNorDigestIsInAnEvent() {
        var row = row("addPartnerContact");
        var about = given.partner(PartnerStatus.ACTIVE);
        var key = Asked.newKey();
        assertDone(row, ask(row, Callers.office(), key, input(row, about, 1)));
        var kept = Objects.requireNonNull(mongo.getCollection("partners")
                        .find(Filters.eq("_id", about.id().value()))
                        .first())
                .get("keyedChanges", Document.class)
                .getList("changes", Document.class)
                .getFirst();
        var changes = given.now(about.id()).version();
        var events = mongo.getCollection("activity");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events.countDocuments(
                                Filters.eq("subject", about.id().value())))
                        .isEqualTo(Objects.requireNonNull(changes) + 1));
        assertThat(events.find(Filters.eq("subject", about.id().value())).into(new ArrayList<>()))
                .allSatisfy(event -> assertThat(event)
                        .asString()
                        .doesNotContain(
                                key.values().getFirst(), String.valueOf(kept.get("key")), kept.getString("input")));
    }

    private static PartnerId idOf(Map<String, Object> answer, String... path) {
        Object at = answer.get("data");
        for (var step : path) {
            at = ((Map<?, ?>) Objects.requireNonNull(at)).get(step);
        }
        var id = ((Map<?, ?>) Objects.requireNonNull(at)).get("id");
        return new PartnerId(GlobalId.parse(String.valueOf(id), "Partner"));
    }

    private static Actor office(String account) {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId(account), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    private static Actor acting(Partner partner, boolean office) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()),
                partner.id(),
                partner.alias(),
                partner.status(),
                Set.of(Role.PARTNER_ADMIN));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("office"), office, organisation, List.of(organisation));
    }
}
