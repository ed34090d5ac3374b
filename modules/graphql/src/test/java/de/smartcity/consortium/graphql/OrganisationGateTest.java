package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.GraphQlApplication.Calls;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Actor.Kind;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Signed-in callers must act for an organisation or as the office; otherwise all fields are refused except those marked. */
@GraphQlTest
class OrganisationGateTest {

    /** One of each kind of root field: a list, a page, an object, a scalar, an asynchronous one, and changes. */
    private static final List<String> ROOT_FIELDS = List.of(
            "{ things(n: 1) { name } }",
            "{ thingConnection(n: 1) { totalCount } }",
            "{ node(id: \"VGhpbmcAAAAAAAAAAAcAAAAAAAAAAQ\") { id } }",
            "{ nodes(ids: []) { id } }",
            "{ account }",
            "{ later(n: 1) { name } }",
            "{ fails(how: \"\") }",
            "{ failsLater(how: \"\") }",
            "mutation { rename(input: {how: \"\"}) { owner { name } } }",
            "mutation { renameLater(input: {how: \"\"}) { owner { name } } }");

    @Autowired
    private Api api;

    @Autowired
    private Calls calls;

    @BeforeEach
    void clearLoads() {
        calls.forget();
    }

    static Stream<Arguments> reasonsAndRootFields() {
        return Stream.of(NoActingOrganisation.values())
                .filter(why -> why != NoActingOrganisation.NOT_SIGNED_IN)
                .flatMap(why -> ROOT_FIELDS.stream().map(document -> Arguments.of(why, document)));
    }

    @ParameterizedTest
    @MethodSource("reasonsAndRootFields")
    void aRootFieldIsForbiddenWithTheReasonWithoutAnActingOrganisation(NoActingOrganisation why, String document) {
        var response = api.ask(document, Map.of(), Callers.unattached(why));

        var errors = errors(response);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().get("message")).isEqualTo(why.message());
        assertThat((List<?>) errors.getFirst().get("path")).hasSize(1);
        assertThat(errors.getFirst().get("extensions"))
                .isEqualTo(Map.of(
                        "code",
                        "FORBIDDEN",
                        "classification",
                        "FORBIDDEN",
                        "reason",
                        Map.of("code", "NO_ACTING_ORGANISATION", "noOrganisation", why.name())));
        assertThat(calls.made()).as("nothing is done").isEmpty();
    }

    static Stream<Arguments> callersAndRootFields() {
        return Stream.of(
                        Actor.anonymous(),
                        Actor.system(),
                        Callers.office(),
                        Callers.officeOf(Callers.partner(1)),
                        Callers.of(Callers.partner(1), PartnerStatus.ACTIVE),
                        Callers.of(Callers.partner(1), PartnerStatus.ONBOARDING),
                        Callers.of(Callers.partner(1), PartnerStatus.SUSPENDED))
                .flatMap(actor -> ROOT_FIELDS.stream().map(document -> Arguments.of(actor, document)));
    }

    @ParameterizedTest
    @MethodSource("callersAndRootFields")
    void allOtherActorsPass(Actor actor, String document) {
        assertThat(api.ask(document, Map.of(), actor)).doesNotContainKey("errors");
    }

    @Test
    void theOfficeIsRefusedWhenItNamesAForeignOrganisation() {
        // Such an account does not act as the office.
        var actor = Actor.unattached(
                Kind.PERSON, new AccountId("office"), false, NoActingOrganisation.NOT_A_MEMBER, List.of());

        assertThat(errors(api.ask("{ account }", Map.of(), actor))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(NoActingOrganisation.class)
    void viewerIsAlwaysAnsweredWithTheReasonForNoOrganisation(NoActingOrganisation why) {
        var actor = why == NoActingOrganisation.NOT_SIGNED_IN ? Actor.anonymous() : Callers.unattached(why);

        var response = api.ask("{ viewer { noOrganisation { reason message } } open }", Map.of(), actor);

        assertThat(response)
                .isEqualTo(Map.of(
                        "data",
                        Map.of(
                                "viewer",
                                Map.of("noOrganisation", Map.of("reason", why.name(), "message", why.message())),
                                "open",
                                "open")));
    }

    @Test
    void aMarkedMutationOfAnotherModuleIsAnswered() {
        assertThat(api.ask("mutation { open { owner { name } } }", Map.of(), stranger()))
                .isEqualTo(Map.of("data", Map.of("open", Map.of("owner", Map.of("name", "Owner 1")))));
    }

    @Test
    void introspectionIsAlwaysAnswered() {
        var response = api.ask(
                "{ __typename __type(name: \"Thing\") { name } __schema { queryType { name } } }",
                Map.of(),
                stranger());

        assertThat(response)
                .isEqualTo(Map.of(
                        "data",
                        Map.of(
                                "__typename",
                                "Query",
                                "__type",
                                Map.of("name", "Thing"),
                                "__schema",
                                Map.of("queryType", Map.of("name", "Query")))));
        assertThat(api.ask("mutation { __typename }", Map.of(), stranger()))
                .isEqualTo(Map.of("data", Map.of("__typename", "Mutation")));
    }

    @Test
    void otherFieldsAreAnsweredBesideAForbiddenOne() {
        var response = api.ask("{ viewer { kind } no: node(id: \"garbage\") { id } open }", Map.of(), stranger());

        var data = new HashMap<String, @Nullable Object>(Map.of("viewer", Map.of("kind", "PERSON"), "open", "open"));
        data.put("no", null);
        assertThat(response.get("data")).isEqualTo(data);
        assertThat(errors(response)).hasSize(1);
        assertThat(errors(response).getFirst().get("path")).isEqualTo(List.of("no"));
    }

    private static Actor stranger() {
        return Callers.unattached(NoActingOrganisation.SEVERAL_ORGANISATIONS);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> errors(Map<String, Object> response) {
        assertThat(response).containsKey("errors");
        return (List<Map<String, Object>>) Objects.requireNonNull(response.get("errors"));
    }
}
