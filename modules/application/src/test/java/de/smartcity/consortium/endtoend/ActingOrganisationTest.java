package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.sandbox.TestKeycloak;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;

/** Signed-in callers without an acting organisation are refused with the reason, and never treated as anonymous. */
@EndToEnd
class ActingOrganisationTest {

    private static final Set<String> ANSWERED = Set.of("viewer", "consortium", "areasOfActivity");

    @Autowired
    private Api api;

    @Autowired
    private GraphQlSource source;

    @Autowired
    private ExecutionGraphQlService graphQl;

    @ParameterizedTest
    @EnumSource(value = NoActingOrganisation.class, names = "NOT_SIGNED_IN", mode = EnumSource.Mode.EXCLUDE)
    void unmarkedRootFieldsAreRefusedWithTheReason(NoActingOrganisation why) {
        var actor = Actor.unattached(Actor.Kind.PERSON, new AccountId("somebody"), false, why, List.of());
        var refused = new ArrayList<String>();
        for (var field : rootFields()) {
            var answer = ask(actor, document(field));
            if (ANSWERED.contains(field.field().getName())) {
                assertThat(answer).as(field.toString()).doesNotContainKey("errors");
                continue;
            }
            refused.add(field.field().getName());
            assertThat((List<?>) Objects.requireNonNull(answer.get("errors")))
                    .as(field.toString())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Map.class,
                            error -> assertThat(error.get("extensions"))
                                    .isEqualTo(Map.of(
                                            "code",
                                            "FORBIDDEN",
                                            "classification",
                                            "FORBIDDEN",
                                            "reason",
                                            Map.of("code", "NO_ACTING_ORGANISATION", "noOrganisation", why.name()))));
        }
        assertThat(refused)
                .contains("partners", "partner", "node", "nodes", "editPartner")
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(value = NoActingOrganisation.class)
    void introspectionAndTypeNamesAreAlwaysAnswered(NoActingOrganisation why) {
        var actor = why == NoActingOrganisation.NOT_SIGNED_IN
                ? Actor.anonymous()
                : Actor.unattached(Actor.Kind.APP, new AccountId("some-app"), false, why, List.of());
        assertThat(ask(actor, "{ __typename __schema { queryType { name } } __type(name: \"Partner\") { name } }"))
                .isEqualTo(Map.of(
                        "data",
                        Map.of(
                                "__typename",
                                "Query",
                                "__schema",
                                Map.of("queryType", Map.of("name", "Query")),
                                "__type",
                                Map.of("name", "Partner"))));
        assertThat(ask(actor, "mutation { __typename }")).isEqualTo(Map.of("data", Map.of("__typename", "Mutation")));
    }

    @Test
    void anUnknownAliasInTheHeaderIsRefusedEvenForTheOffice() {
        for (var username : List.of("editor@ude.sandbox", "office@consortium.sandbox", "liaison@consortium.sandbox")) {
            var answer = asked(username, Map.of("X-Acting-Organisation", "dui5burg"), "{ partners { totalCount } }");
            assertThat(answer.code()).as(username).isEqualTo("FORBIDDEN");
            var why = username.startsWith("office") ? "SCOPE_MISSING" : "NOT_A_MEMBER";
            assertThat(answer.body()
                            .at("/errors/0/extensions/reason/noOrganisation")
                            .asString())
                    .as(username)
                    .isEqualTo(why);
        }
    }

    @Test
    void aRepeatedHeaderIsRefused() throws Exception {
        var request = HttpRequest.newBuilder(api.graphQl())
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Api.token("liaison@consortium.sandbox"))
                .header("X-Acting-Organisation", "ims")
                .header("X-Acting-Organisation", "ude")
                .POST(BodyPublishers.ofString("{\"query\":\"{ partners { totalCount } }\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("NOT_A_MEMBER");
        }
    }

    @Test
    void aRefusedFieldLeavesTheOthers() {
        var answer = asked(
                "liaison@consortium.sandbox",
                Map.of(),
                "{ __typename viewer { noOrganisation { reason } } partners { totalCount } nodes(ids: []) { id } }");
        assertThat(answer.data("/viewer/noOrganisation/reason").asString()).isEqualTo("SEVERAL_ORGANISATIONS");
        assertThat(answer.data("/__typename").asString()).isEqualTo("Query");
        assertThat(answer.data("/partners").isNull()).isTrue();
        assertThat(answer.data("/nodes").isNull()).isTrue();
    }

    @Test
    void severalOrganisationsWithoutAHeaderAreRefused() {
        var answer = asked("liaison@consortium.sandbox", Map.of(), "{ partners { totalCount } }");
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.body()
                        .at("/errors/0/extensions/reason/noOrganisation")
                        .asString())
                .isEqualTo("SEVERAL_ORGANISATIONS");
    }

    @Test
    void theHeaderIsCaseInsensitive() {
        var alias = "{ viewer { organisation { alias } } }";
        for (var named : List.of("ims", "IMS", " Ims ")) {
            assertThat(asked("liaison@consortium.sandbox", Map.of("X-Acting-Organisation", named), alias)
                            .data("/viewer/organisation/alias")
                            .asString())
                    .as(named)
                    .isEqualTo("ims");
        }
    }

    @Test
    void aTokenWithoutTheScopeIsRefusedWithTheReason() {
        var token = TestKeycloak.shared().token("editor@ude.sandbox", "openid");
        var answer = api.ask(token, Map.of(), "{ partners { totalCount } }", Map.of());
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.body()
                        .at("/errors/0/extensions/reason/noOrganisation")
                        .asString())
                .isEqualTo("SCOPE_MISSING");
    }

    @Test
    void theOfficeWithoutAnOrganisationActsAsTheOffice() {
        var answer = asked("office@consortium.sandbox", Map.of(), "{ partners { totalCount } }");
        assertThat(answer.failed()).isFalse();
        assertThat(answer.data("/partners/totalCount").asInt()).isGreaterThanOrEqualTo(13);
    }

    private Api.Answer asked(String username, Map<String, String> headers, String document) {
        return api.ask(Api.token(username), headers, document, Map.of());
    }

    private record RootField(GraphQLObjectType type, GraphQLFieldDefinition field) {
        @Override
        public String toString() {
            return type.getName() + "." + field.getName();
        }
    }

    private List<RootField> rootFields() {
        var schema = source.schema();
        return Stream.of(schema.getQueryType(), Objects.requireNonNull(schema.getMutationType()))
                .flatMap(type -> type.getFieldDefinitions().stream().map(field -> new RootField(type, field)))
                .toList();
    }

    /** The smallest document with the field. */
    private static String document(RootField root) {
        var arguments = root.field().getArguments().stream()
                .filter(argument -> GraphQLTypeUtil.isNonNull(argument.getType()))
                .map(argument -> argument.getName() + ": " + literal(argument.getType()))
                .collect(Collectors.joining(", "));
        return root.type().getName().toLowerCase(Locale.ROOT) + " { "
                + root.field().getName() + (arguments.isEmpty() ? "" : "(" + arguments + ")") + " { __typename } }";
    }

    private static String literal(GraphQLType type) {
        return switch (GraphQLTypeUtil.unwrapNonNull(type)) {
            case GraphQLList list -> "[" + literal(list.getWrappedType()) + "]";
            case GraphQLInputObjectType object ->
                object.getFieldDefinitions().stream()
                        .filter(ActingOrganisationTest::isNeeded)
                        .map(field -> field.getName() + ": " + literal(field.getType()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
            case GraphQLEnumType values -> values.getValues().getFirst().getName();
            case GraphQLNamedType scalar ->
                switch (scalar.getName()) {
                    case "Int" -> "0";
                    case "Date" -> "\"2018-07-09\"";
                    default -> "\"nonsense\"";
                };
            default -> throw new AssertionError("No literal for " + type);
        };
    }

    private static boolean isNeeded(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
    }

    private Map<String, Object> ask(Actor actor, String document) {
        var request = new DefaultExecutionGraphQlRequest(
                document, null, Map.of(), null, UUID.randomUUID().toString(), null);
        request.configureExecutionInput((input, builder) ->
                builder.graphQLContext(Map.of(Actor.class, actor)).build());
        var answer = new LinkedHashMap<>(
                Objects.requireNonNull(graphQl.execute(request).block())
                        .getExecutionResult()
                        .toSpecification());
        answer.remove("extensions");
        return answer;
    }
}
