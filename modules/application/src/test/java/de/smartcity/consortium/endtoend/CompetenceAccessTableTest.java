package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.CompetenceProfiles;
import de.smartcity.consortium.endtoend.Api.Answer;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@link AccessTableTest} for competences: those of partners that have them in the loaded data, and the changes of profiles. The university has an
 * entry for members only, ARTIFICIAL_INTELLIGENCE.
 */
@EndToEnd
class CompetenceAccessTableTest {

    private static final String TABLE = """
            field                                             | ANONYMOUS       | STRANGER           | VIEWER       | EDITOR       | SIGNATORY    | ADMIN        | SUSPENDED          | ONBOARDING         | OFFICE
            Query.competence none RESEARCH                    | seen            | seen               | seen         | seen         | seen         | seen         | seen               | seen               | seen
            Query.competences none RESEARCH                   | seen            | seen               | seen         | seen         | seen         | seen         | seen               | seen               | seen
            Query.competentPartners ude RESEARCH              | seen            | seen               | seen         | seen         | seen         | seen         | seen               | seen               | seen
            Query.competentPartners ude ARTIFICIAL_INTELLIGENCE | -             | seen               | seen         | seen         | seen         | seen         | -                  | -                  | seen
            Query.competentPartners tourism TOURISM           | -               | -                  | -            | -            | -            | -            | -                  | -                  | -
            Query.coverage ude RESEARCH                       | seen            | seen               | seen         | seen         | seen         | seen         | seen               | seen               | seen
            Query.coverage ude ARTIFICIAL_INTELLIGENCE        | -               | seen               | seen         | seen         | seen         | seen         | -                  | -                  | seen
            Query.coverage tourism TOURISM                    | -               | -                  | -            | -            | -            | -            | -                  | -                  | -
            Mutation.editCompetenceProfile ude                | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING | done         | ROLE_MISSING | done         | OTHER_ORGANISATION | OTHER_ORGANISATION | NO_ACTING_ORGANISATION
            Mutation.editCompetenceProfile tourism            | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | PARTNER_STATUS     | NOT_FOUND          | NO_ACTING_ORGANISATION
            Mutation.editCompetenceProfile harbour            | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND          | done               | NO_ACTING_ORGANISATION
            Mutation.editCompetenceProfile zbt                | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND          | NOT_FOUND          | NO_ACTING_ORGANISATION
            Mutation.publishCompetenceProfile ude             | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING | ROLE_MISSING | done         | done         | OTHER_ORGANISATION | OTHER_ORGANISATION | NO_ACTING_ORGANISATION
            Mutation.publishCompetenceProfile tourism         | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | PARTNER_STATUS     | NOT_FOUND          | NO_ACTING_ORGANISATION
            Mutation.publishCompetenceProfile harbour         | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND          | PARTNER_STATUS     | NO_ACTING_ORGANISATION
            Mutation.discardCompetenceDraft ude               | UNAUTHENTICATED | OTHER_ORGANISATION | ROLE_MISSING | done         | ROLE_MISSING | done         | OTHER_ORGANISATION | OTHER_ORGANISATION | NO_ACTING_ORGANISATION
            Mutation.discardCompetenceDraft tourism           | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | PARTNER_STATUS     | NOT_FOUND          | NO_ACTING_ORGANISATION
            Mutation.discardCompetenceDraft harbour           | NOT_FOUND       | NOT_FOUND          | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND    | NOT_FOUND          | done               | NO_ACTING_ORGANISATION
            """;

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Autowired
    private CompetenceProfiles profiles;

    /** The fields of Query and Mutation that have a row here. */
    static Stream<String> fields() {
        return rows().map(row -> row.getFirst().split(" ")[0]);
    }

    private static Stream<List<String>> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList());
    }

    static List<Arguments> cells() {
        var cells = new ArrayList<Arguments>();
        rows().forEach(row -> {
            for (var caller : Caller.values()) {
                cells.add(Arguments.of(row.getFirst(), caller, row.get(caller.ordinal() + 1)));
            }
        });
        return cells;
    }

    /** A profile follows its partner's status a moment later. */
    @BeforeEach
    void awaitTheSuspension() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !Objects.requireNonNull(profile("tourism").derived())
                        .audience()
                        .tokens()
                        .contains("consortium"));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource("cells")
    void theCallerGetsTheExpectedResult(String row, Caller caller, String expected) {
        var words = row.split(" ");
        var field = words[0].split("\\.");
        assertThat(
                        field[0].equals("Query")
                                ? question(caller, field[1], words[1], words[2])
                                : change(caller, field[1], words[1]))
                .isEqualTo(expected);
    }

    private String question(Caller caller, String field, String alias, String competence) {
        var document = "query ($c: String!) { found: "
                + switch (field) {
                    case "competence" -> "competence(code: $c) { code }";
                    case "competences" -> "competences(filter: { text: $c }) { nodes { code } }";
                    case "competentPartners" -> "competentPartners(competence: $c) { nodes { partner { id } } }";
                    case "coverage" ->
                        "coverage(needs: [{ competence: $c, level: KNOWS }]) { partners { partner { id } } }";
                    default -> throw new AssertionError("No query for " + field);
                }
                + " }";
        var value = field.equals("competences") ? "resear" : competence;
        var answer = api.ask(caller, document, Map.of("c", value));
        if (answer.failed()) {
            return answer.refusal();
        }
        var sought = alias.equals("none") ? competence : globalId(alias);
        return answer.data("/found").toString().contains("\"" + sought + "\"") ? "seen" : "-";
    }

    /** What is not done has changed nothing; what is, is undone. */
    private String change(Caller caller, String field, String alias) {
        if (!field.equals("editCompetenceProfile") && !alias.equals("tourism")) {
            draft(alias, "A function for a test");
        }
        var before = version(alias);
        var outcome = ask(
                        caller,
                        field,
                        alias,
                        functionFor(field, UUID.randomUUID().toString()))
                .outcome(field);
        assertThat(version(alias) != before).as("something was changed").isEqualTo(outcome.equals("done"));
        restore(field, alias, outcome);
        return outcome;
    }

    private void restore(String field, String alias, String outcome) {
        var stored = profiles.findById(world.id(alias));
        if (stored.isPresent() && stored.get().draft() != null) {
            made(admin(alias), "discardCompetenceDraft", alias, Map.of());
        }
        if (field.equals("publishCompetenceProfile") && outcome.equals("done")) {
            draft(alias, "Demonstration data: transfer office");
            made(admin(alias), "publishCompetenceProfile", alias, Map.of());
        }
    }

    private void draft(String alias, String function) {
        made(admin(alias), "editCompetenceProfile", alias, functionFor("editCompetenceProfile", function));
    }

    private static Map<String, Object> functionFor(String field, String function) {
        return field.equals("editCompetenceProfile")
                ? Map.of("contactFunction", List.of(Map.of("locale", "en", "text", function)))
                : Map.of();
    }

    private static Caller admin(String alias) {
        return alias.equals("harbour") ? Caller.ONBOARDING : Caller.ADMIN;
    }

    private void made(Caller caller, String field, String alias, Map<String, ?> more) {
        assertThat(ask(caller, field, alias, more).outcome(field)).isEqualTo("done");
    }

    private Answer ask(Caller caller, String field, String alias, Map<String, ?> more) {
        var input = new HashMap<String, Object>(more);
        input.put("partnerId", globalId(alias));
        input.put("expectedVersion", version(alias));
        var type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
        return api.ask(
                caller,
                "mutation ($input: " + type + "!) { " + field + "(input: $input) { userErrors { rule } } }",
                Map.of("input", input));
    }

    private CompetenceProfile profile(String alias) {
        return profiles.findById(world.id(alias)).orElseThrow();
    }

    private long version(String alias) {
        return profiles.findById(world.id(alias))
                .map(CompetenceProfile::version)
                .orElse(0L);
    }

    private String globalId(String alias) {
        return new GlobalId("Partner", world.id(alias).value()).text();
    }
}
