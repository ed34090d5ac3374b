package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.LetterRequests.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@link AccessTableTest} for letters: the university's or one that it signed, in some state, as every kind of caller. The module's own test has more kinds of parties. */
@EndToEnd
class LetterAccessTableTest {

    private static final String TABLE = """
            field                            | ANONYMOUS       | STRANGER  | VIEWER       | EDITOR       | SIGNATORY    | ADMIN        | SUSPENDED      | ONBOARDING     | OFFICE
            Query.letter draft               | -               | -         | seen         | seen         | seen         | seen         | -              | -              | -
            Query.letter offered             | -               | -         | seen         | seen         | seen         | seen         | -              | -              | seen
            Query.letters offered            | -               | -         | seen         | seen         | seen         | seen         | -              | -              | seen
            Query.verifyLetter offered       | -               | -         | seen         | seen         | seen         | seen         | -              | -              | seen
            Mutation.draftLetter none        | UNAUTHENTICATED | done      | ROLE_MISSING | done         | ROLE_MISSING | done         | PARTNER_STATUS | PARTNER_STATUS | NO_ACTING_ORGANISATION
            Mutation.editLetter draft        | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | done         | ROLE_MISSING | done         | NOT_FOUND      | NOT_FOUND      | NOT_FOUND
            Mutation.deleteLetterDraft draft | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | done         | ROLE_MISSING | done         | NOT_FOUND      | NOT_FOUND      | NOT_FOUND
            Mutation.offerLetter draft       | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NOT_FOUND
            Mutation.withdrawOffer offered   | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.signLetter offered      | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.declineLetter offered   | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.liftReservation reserved | NOT_FOUND      | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.withdrawFromLetter joined | NOT_FOUND     | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.terminateLetter inForce | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.withdrawNotice ending   | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            Mutation.amendLetter withdrawn   | NOT_FOUND       | NOT_FOUND | ROLE_MISSING | ROLE_MISSING | done         | ROLE_MISSING | NOT_FOUND      | NOT_FOUND      | NO_ACTING_ORGANISATION
            """;

    @Autowired
    private Api api;

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

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource("cells")
    void theCallerGetsTheExpectedResult(String row, Caller caller, String expected) {
        var field = row.split(" ")[0].split("\\.");
        var requests = new LetterRequests(api);
        var letter = requests.written(row.split(" ")[1].equals("none") ? "draft" : row.split(" ")[1]);

        assertThat(
                        field[0].equals("Query")
                                ? question(caller, field[1], letter)
                                : requests.change(caller, field[1], letter).outcome(field[1]))
                .isEqualTo(expected);
    }

    private String question(Caller caller, String field, Written letter) {
        var document = switch (field) {
            case "letter" -> "query ($id: ID!) { letter(id: $id) { id } }";
            case "letters" -> "{ letters(first: 1) { nodes { id } } }";
            case "verifyLetter" -> "query ($id: ID!) { verifyLetter(letterId: $id) { verified } }";
            default -> throw new AssertionError("No query for " + field);
        };
        var answer = api.ask(caller, document, field.equals("letters") ? Map.of() : Map.of("id", letter.id()));
        if (answer.failed()) {
            return answer.refusal();
        }
        // The newest letter that somebody sees who sees this one is this one.
        var seen = switch (field) {
            case "letters" -> answer.data("/letters/nodes/0/id").asString("").equals(letter.id());
            case "letter" -> answer.data("/letter/id").asString("").equals(letter.id());
            default -> answer.data("/verifyLetter/verified").asBoolean(false);
        };
        return seen ? "seen" : "-";
    }
}
