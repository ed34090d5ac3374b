package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Api.Answer;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerProfile;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Who may read and do what: every field of Query and Mutation, with the partner that it is about, as every kind of caller. A dash is null;
 * what is not {@code done} has changed nothing.
 */
@EndToEnd
class AccessTableTest {

    private static final String TABLE = """
            field                                 | ANONYMOUS       | STRANGER           | VIEWER             | EDITOR             | SIGNATORY          | ADMIN              | SUSPENDED          | ONBOARDING         | OFFICE
            Query.viewer                          | -               | huawei             | ude                | ude                | ude                | ude                | tourism            | harbour            | -
            Query.consortium                      | seen            | seen               | seen               | seen               | seen               | seen               | seen               | seen               | seen
            Query.areasOfActivity                 | seen            | seen               | seen               | seen               | seen               | seen               | seen               | seen               | seen
            Query.partner ude                     | seen            | seen               | seen               | seen               | seen               | seen               | seen               | seen               | seen
            Query.partner tourism                 | -               | -                  | -                  | -                  | -                  | -                  | seen               | -                  | seen
            Query.partner harbour                 | -               | -                  | -                  | -                  | -                  | -                  | -                  | seen               | seen
            Query.partner zbt                     | -               | -                  | -                  | -                  | -                  | -                  | -                  | -                  | seen
            Query.partnerByAlias ude              | UNAUTHENTICATED | seen               | seen               | seen               | seen               | seen               | -                  | -                  | seen
            Query.partnerByAlias tourism          | UNAUTHENTICATED | -                  | -                  | -                  | -                  | -                  | seen               | -                  | seen
            Query.partnerByAlias harbour          | UNAUTHENTICATED | -                  | -                  | -                  | -                  | -                  | -                  | seen               | seen
            Query.partnerByAlias zbt              | UNAUTHENTICATED | -                  | -                  | -                  | -                  | -                  | -                  | -                  | seen
            Query.partners                        | ude             | ude                | ude                | ude                | ude                | ude                | tourism ude        | harbour ude        | harbour tourism ude zbt
            Query.node ude                        | seen            | seen               | seen               | seen               | seen               | seen               | seen               | seen               | seen
            Query.node tourism                    | -               | -                  | -                  | -                  | -                  | -                  | seen               | -                  | seen
            Query.nodes                           | ude             | ude                | ude                | ude                | ude                | ude                | tourism ude        | harbour ude        | harbour tourism ude zbt
            Mutation.editPartner ude              | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING       | ROLE_MISSING       | ROLE_MISSING       | done               | OTHER_ORGANISATION | OTHER_ORGANISATION | done
            Mutation.editPartner tourism          | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | PARTNER_STATUS     | NOT_FOUND          | done
            Mutation.editPartner harbour          | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done               | done
            Mutation.editPartner zbt              | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done
            Mutation.addPartnerContact ude        | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING       | ROLE_MISSING       | ROLE_MISSING       | done               | OTHER_ORGANISATION | OTHER_ORGANISATION | done
            Mutation.addPartnerContact tourism    | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | PARTNER_STATUS     | NOT_FOUND          | done
            Mutation.addPartnerContact harbour    | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done               | done
            Mutation.removePartnerContact ude     | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING       | ROLE_MISSING       | ROLE_MISSING       | done               | OTHER_ORGANISATION | OTHER_ORGANISATION | done
            Mutation.removePartnerContact tourism | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | PARTNER_STATUS     | NOT_FOUND          | done
            Mutation.editPartnerContact ude       | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING       | ROLE_MISSING       | ROLE_MISSING       | done               | OTHER_ORGANISATION | OTHER_ORGANISATION | done
            Mutation.editPartnerContact tourism   | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | PARTNER_STATUS     | NOT_FOUND          | done
            Mutation.editPartnerContact harbour   | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done               | done
            Mutation.recordProspect               | UNAUTHENTICATED | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | done
            Mutation.dropProspect new             | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done
            Mutation.dropProspect ude             | UNAUTHENTICATED | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | status.prospect
            Mutation.suspendPartner chamber       | UNAUTHENTICATED | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | OFFICE_ONLY        | done
            Mutation.suspendPartner tourism       | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | OFFICE_ONLY        | NOT_FOUND          | status.active
            Mutation.suspendPartner harbour       | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | OFFICE_ONLY        | status.active
            Mutation.reinstatePartner chamber     | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | done
            Mutation.reinstatePartner tourism     | NOT_FOUND       | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | NOT_FOUND          | OFFICE_ONLY        | NOT_FOUND          | done
            """;

    private static final List<String> IN_EVERY_STATUS = List.of("harbour", "tourism", "ude", "zbt");

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Test
    void everyFieldHasARow(@Autowired GraphQlSource source) {
        var schema = source.schema();
        var fields = Stream.of(schema.getQueryType(), Objects.requireNonNull(schema.getMutationType()))
                .flatMap(type -> names(type).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        var rows = Stream.of(
                        rows().map(row -> row[0].split(" ")[0]),
                        LetterAccessTableTest.fields(),
                        CompetenceAccessTableTest.fields(),
                        ProjectAccessTableTest.fields())
                .flatMap(each -> each)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows).isEqualTo(fields);
    }

    @Test
    void everyCallerHasAColumn() {
        assertThat(callers()).containsExactly(Caller.values());
    }

    private static List<String> names(GraphQLObjectType type) {
        return type.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .map(name -> type.getName() + "." + name)
                .toList();
    }

    static List<Arguments> cells() {
        var callers = callers();
        var cells = new ArrayList<Arguments>();
        rows().forEach(row -> {
            for (var column = 1; column < row.length; column++) {
                cells.add(Arguments.of(row[0], callers.get(column - 1), row[column]));
            }
        });
        return cells;
    }

    private static List<Caller> callers() {
        var header = TABLE.lines().findFirst().orElseThrow().split("\\|");
        return Arrays.stream(header)
                .skip(1)
                .map(name -> Caller.valueOf(name.strip()))
                .toList();
    }

    private static Stream<String[]> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource("cells")
    void theCallerGetsTheExpectedResult(String row, Caller caller, String expected) {
        var field = row.split(" ")[0];
        var about = row.contains(" ") ? row.split(" ")[1] : "";
        if (field.startsWith("Query.")) {
            assertThat(question(caller, field.substring("Query.".length()), about))
                    .isEqualTo(expected);
        } else {
            assertThat(change(caller, field.substring("Mutation.".length()), about))
                    .isEqualTo(expected);
        }
    }

    private String question(Caller caller, String field, String about) {
        return switch (field) {
            case "viewer" ->
                text(api.ask(caller, "{ viewer { organisation { alias } } }"), "/viewer/organisation/alias");
            case "consortium" -> seen(api.ask(caller, "{ consortium { name } }"), "/consortium/name");
            case "areasOfActivity" -> seen(api.ask(caller, "{ areasOfActivity { name } }"), "/areasOfActivity/6/name");
            case "partner" ->
                seen(api.ask(caller, "query ($id: ID!) { partner(id: $id) { name } }", id(about)), "/partner/name");
            case "partnerByAlias" ->
                seen(
                        api.ask(
                                caller,
                                "query ($alias: String!) { partnerByAlias(alias: $alias) { name } }",
                                Map.of("alias", about)),
                        "/partnerByAlias/name");
            case "node" -> seen(api.ask(caller, "query ($id: ID!) { node(id: $id) { id } }", id(about)), "/node/id");
            case "nodes" -> {
                var ids = IN_EVERY_STATUS.stream().map(this::globalId).toList();
                yield known(
                        api.ask(caller, "query ($ids: [ID!]!) { found: nodes(ids: $ids) { id } }", Map.of("ids", ids)),
                        "");
            }
            case "partners" -> known(api.ask(caller, "{ found: partners(first: 100) { nodes { id } } }"), "/nodes");
            default -> throw new AssertionError("No query for " + field);
        };
    }

    private static String text(Answer answer, String pointer) {
        if (answer.failed()) {
            return answer.refusal();
        }
        return answer.data(pointer).asString("-");
    }

    private static String seen(Answer answer, String pointer) {
        var text = text(answer, pointer);
        return !answer.failed() && !text.equals("-") ? "seen" : text;
    }

    /** The partners of {@link #IN_EVERY_STATUS} that are in a list. */
    private String known(Answer answer, String pointer) {
        var ids = new TreeSet<String>();
        answer.data("/found" + pointer).forEach(node -> ids.add(node.path("id").asString("-")));
        return IN_EVERY_STATUS.stream()
                .filter(alias -> ids.contains(globalId(alias)))
                .collect(Collectors.joining(" "));
    }

    private String change(Caller caller, String field, String about) {
        var alias = arrange(field, about);
        var before = alias.isEmpty() ? null : world.partner(alias).version();
        var answer = ask(caller, field, alias);
        var outcome = answer.outcome(field);
        if (!alias.isEmpty() && !(outcome.equals("done") && field.equals("dropProspect"))) {
            var after = world.partner(alias).version();
            assertThat(!Objects.equals(before, after))
                    .as("something was changed")
                    .isEqualTo(outcome.equals("done"));
        }
        restore(alias);
        return outcome;
    }

    /** Prepares the change, and returns the alias of the partner that it is about. */
    private String arrange(String field, String about) {
        if (about.equals("new")) {
            var alias = "p" + UUID.randomUUID().toString().substring(0, 8);
            world.management()
                    .recordProspect(
                            violations -> new PartnerDraft(
                                    new PartnerAlias(alias),
                                    new PartnerProfile(
                                            LocalizedText.of(Map.of("en", "A prospect")),
                                            null,
                                            PartnerKind.OTHER,
                                            List.of(),
                                            List.of(),
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            1)),
                            Change.by(Actor.system(), Instant.now()));
            return alias;
        }
        if (Set.of("removePartnerContact", "editPartnerContact").contains(field)
                && world.partner(about).contacts().isEmpty()) {
            world.management()
                    .addContact(
                            world.id(about),
                            violations -> new Contact(
                                    ContactId.next(),
                                    LocalizedText.of(Map.of("en", "An office")),
                                    new EmailAddress("office@example.org"),
                                    null,
                                    false),
                            Change.by(Actor.system(), Instant.now()));
        }
        if (field.equals("reinstatePartner") && world.partner(about).status() == PartnerStatus.ACTIVE) {
            world.management().suspend(world.id(about), "For a test", Change.by(Actor.system(), Instant.now()));
        }
        return about;
    }

    private void restore(String alias) {
        if (alias.equals("chamber") && world.partner(alias).status() == PartnerStatus.SUSPENDED) {
            world.management().reinstate(world.id(alias), "After a test", Change.by(Actor.system(), Instant.now()));
        }
        if (alias.equals("tourism") && world.partner(alias).status() == PartnerStatus.ACTIVE) {
            world.management().suspend(world.id(alias), "After a test", Change.by(Actor.system(), Instant.now()));
        }
        if (!alias.isEmpty() && IN_EVERY_STATUS.contains(alias)) {
            world.partner(alias)
                    .contacts()
                    .forEach(contact -> world.management()
                            .removeContact(
                                    world.id(alias),
                                    violations -> contact.id(),
                                    Change.by(Actor.system(), Instant.now())));
        }
    }

    private Answer ask(Caller caller, String field, String alias) {
        var input = new HashMap<String, Object>();
        switch (field) {
            case "editPartner" -> {
                input.put("partnerId", globalId(alias));
                input.put("expectedVersion", world.partner(alias).version());
                input.put("website", "https://www.example.org/" + UUID.randomUUID());
            }
            case "addPartnerContact" -> {
                input.put("partnerId", globalId(alias));
                input.put("function", List.of(Map.of("locale", "en", "text", "Press office")));
                input.put("email", "press@example.org");
            }
            case "removePartnerContact" -> {
                input.put("partnerId", globalId(alias));
                input.put("contactId", contactId(alias));
            }
            case "editPartnerContact" -> {
                input.put("partnerId", globalId(alias));
                input.put("contactId", contactId(alias));
                input.put("expectedVersion", world.partner(alias).version());
                input.put("email", "press-" + UUID.randomUUID() + "@example.org");
            }
            case "recordProspect" -> {
                input.put("alias", "p" + UUID.randomUUID().toString().substring(0, 8));
                input.put("name", List.of(Map.of("locale", "en", "text", "A prospect")));
                input.put("kind", "OTHER");
            }
            case "dropProspect", "suspendPartner", "reinstatePartner" -> {
                input.put("partnerId", globalId(alias));
                input.put("reason", "For a test");
            }
            default -> throw new AssertionError("No input for " + field);
        }
        var type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
        return api.ask(
                caller,
                "mutation ($input: " + type + "!) { " + field + "(input: $input) { userErrors { rule } } }",
                Map.of("input", input));
    }

    private Map<String, String> id(String alias) {
        return Map.of("id", globalId(alias));
    }

    private String contactId(String alias) {
        var contact = world.partner(alias).contacts().getFirst().id();
        return new GlobalId("Contact", contact.value()).text();
    }

    private String globalId(String alias) {
        return new GlobalId("Partner", world.id(alias).value()).text();
    }
}
