package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import graphql.schema.GraphQLObjectType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * The fields of a letter that each caller sees. The letter has a published first edition that its initiator wanted to end, which one party left, and
 * a second one superseded. That has other parties and is published, too, and there is a draft of a third. Of edition and party, the table is about the
 * first edition, and the last of its parties that the caller sees: the one that left, or else one that wanted to.
 */
@LetterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterFieldTableTest {

    /** Whoever saw only public letters before sees no more of this one: anonymous callers, and those of suspended partners. */
    private static final String TABLE = """
            type           | field                    | PUBLIC | SUSPENDED | CONSORTIUM | FORMER | LEFT | PARTY | OWNER | OFFICE
            LetterOfIntent | id                       | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | title                    | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | titleTranslations        | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | state                    | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | initiator                | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | parties                  | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | awaitingMyAnswer         |        |           |            |        |      | yes   |       |
            LetterOfIntent | currentEdition           | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | draft                    |        |           |            |        |      |       | yes   |
            LetterOfIntent | editions                 | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | activity                 |        |           |            | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | createdAt                | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            LetterOfIntent | updatedAt                |        |           |            |        |      |       | yes   |
            LetterOfIntent | version                  |        |           |            |        |      |       | yes   |
            LetterOfIntent | viewerCanEdit            |        |           |            |        |      |       | yes   |
            LetterOfIntent | viewerCanOffer           |        |           |            |        |      |       | yes   |
            LetterOfIntent | viewerCanWithdraw        |        |           |            |        |      |       |       |
            LetterOfIntent | viewerCanAmend           |        |           |            |        |      |       |       |
            LetterOfIntent | viewerCanSign            |        |           |            |        |      | yes   |       |
            LetterOfIntent | viewerCanDecline         |        |           |            |        |      | yes   |       |
            LetterOfIntent | viewerCanLiftReservation |        |           |            |        |      |       |       |
            LetterOfIntent | viewerCanLeave           |        |           |            |        |      |       |       |
            LetterOfIntent | viewerCanTerminate       |        |           |            |        |      |       | yes   |
            LetterOfIntent | viewerCanWithdrawNotice  |        |           |            |        |      |       |       |
            LetterOfIntent | hiddenFields             | yes    | yes       | yes        | yes    | yes  | yes   |       | yes
            Edition        | number                   | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | state                    | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | title                    | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | titleTranslations        | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | text                     |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | document                 |        |           |            |        |      |       |       |
            Edition        | annexes                  |        |           |            |        |      |       |       |
            Edition        | bindingLocale            |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | parties                  | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | visibility               | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | publishText              |        |           |            |        |      |       |       |
            Edition        | minimumMethod            |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | noticeDays               |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | accessionObjectionDays   |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | lapsesOn                 |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | inForceOn                |        |           |            |        |      |       |       |
            Edition        | endsOn                   | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | inForceSince             | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | closedSince              | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            Edition        | termination              |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | offeredAt                |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | digest                   |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | canonicalForm            |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | changesSince             |        |           |            | yes    | yes  | yes   | yes   | yes
            Edition        | hiddenFields             | yes    | yes       | yes        |        |      |       |       |
            EditionParty   | partner                  | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            EditionParty   | requirement              |        |           |            | yes    | yes  | yes   | yes   | yes
            EditionParty   | legalEntity              |        |           |            |        |      |       |       |
            EditionParty   | signaturesRequired       |        |           |            | yes    | yes  | yes   | yes   | yes
            EditionParty   | answer                   |        |           |            | yes    | yes  | yes   | yes   | yes
            EditionParty   | since                    | yes    | yes       | yes        | yes    | yes  | yes   | yes   | yes
            EditionParty   | notice                   |        |           |            | yes    | yes  | yes   | yes   | yes
            EditionParty   | until                    |        |           |            | yes    | yes  | yes   | yes   | yes
            EditionParty   | hiddenFields             | yes    | yes       | yes        |        |      |       |       |
            """;

    private static final Map<String, String> BELOW = Map.ofEntries(
            Map.entry("titleTranslations", "{ text }"),
            Map.entry("initiator", "{ id }"),
            Map.entry("LetterOfIntent.parties", "{ id }"),
            Map.entry("Edition.parties", "{ partner { id } }"),
            Map.entry("currentEdition", "{ number }"),
            Map.entry("draft", "{ number }"),
            Map.entry("editions", "{ number }"),
            Map.entry("activity", "{ nodes { type } }"),
            Map.entry("text", "{ content }"),
            Map.entry("document", "{ id }"),
            Map.entry("annexes", "{ id }"),
            Map.entry("changesSince", "(edition: 1) { changes { field } }"),
            Map.entry("partner", "{ id }"),
            Map.entry("legalEntity", "{ name }"),
            Map.entry("answer", "{ state }"),
            Map.entry("notice", "{ on }"),
            Map.entry("termination", "{ on }"));

    @Autowired
    private Asked asked;

    private final Map<String, Actor> callers = new LinkedHashMap<>();
    private String letter = "";

    @BeforeAll
    void aLetterWithThreeEditions(@Autowired Given given, @Autowired Written written, @Autowired LetterSteps steps) {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var former = given.partner(PartnerStatus.ACTIVE);
        var left = given.partner(PartnerStatus.ACTIVE);
        var third = given.partner(PartnerStatus.ACTIVE);
        var suspended = given.partner(PartnerStatus.SUSPENDED);
        var terms = Map.of("visibility", "PUBLIC", "endsOn", "2999-12-31", "noticeDays", 7);
        letter = written.inForce(terms, owner, party, former, left);
        var id = Written.letterId(letter);
        steps.on(LocalDate.now(ZoneId.of("Europe/Berlin")));
        steps.leave(id, left);
        steps.settle(id, LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(7));
        steps.leave(id, former);
        steps.terminate(id, owner);
        written.made(Written.signatory(owner), "amendLetter", Map.of("letterId", letter));
        written.made(
                Written.editor(owner),
                "editLetter",
                Map.of(
                        "letterId",
                        letter,
                        "expectedVersion",
                        written.version(letter, owner),
                        "parties",
                        List.of(
                                Map.of("partnerId", Asked.globalId(owner)),
                                Map.of("partnerId", Asked.globalId(third)),
                                Map.of("partnerId", Asked.globalId(party), "requirement", "OPTIONAL"))));
        var digest = written.offer(letter, owner);
        written.sign(letter, digest, Written.signatory(owner));
        written.sign(letter, digest, Written.signatory(third));
        written.made(Written.signatory(owner), "amendLetter", Map.of("letterId", letter));

        var both = new Role[] {Role.PARTNER_ADMIN, Role.SIGNATORY};
        callers.put("PUBLIC", Actor.anonymous());
        callers.put("SUSPENDED", Written.person(suspended, "all", both));
        callers.put("CONSORTIUM", Written.person(given.partner(PartnerStatus.ACTIVE), "all", both));
        callers.put("FORMER", Written.person(former, "all", both));
        callers.put("LEFT", Written.person(left, "all", both));
        callers.put("PARTY", Written.person(party, "all", both));
        callers.put("OWNER", Written.person(owner, "all", both));
        callers.put("OFFICE", Callers.office());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> isShown(value(Callers.office(), "LetterOfIntent", "activity")));
    }

    static Stream<Arguments> cells() {
        var lines = TABLE.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .toList();
        var head = lines.getFirst();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 2; column < head.size(); column++) {
                cells.add(Arguments.of(
                        head.get(column),
                        line.get(0),
                        line.get(1),
                        line.get(column).equals("yes")));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whoSeesWhat(String caller, String type, String field, boolean shown) {
        var actor = Objects.requireNonNull(callers.get(caller));

        assertThat(isShown(value(actor, type, field)))
                .as("%s of %s for %s", field, type, caller)
                .isEqualTo(shown);
    }

    @Test
    void theTableHasEveryField(@Autowired GraphQlSource source) {
        for (var type : List.of("LetterOfIntent", "Edition", "EditionParty")) {
            var fields = ((GraphQLObjectType)
                            Objects.requireNonNull(source.schema().getType(type)))
                    .getFieldDefinitions().stream()
                            .map(field -> field.getName())
                            .toList();
            assertThat(TABLE.lines()
                            .skip(1)
                            .map(line -> line.split("\\|"))
                            .filter(line -> line[0].trim().equals(type))
                            .map(line -> line[1].trim()))
                    .containsExactlyInAnyOrderElementsOf(fields);
        }
    }

    @Test
    void theHiddenFieldsAreNamed() {
        assertThat(value(Actor.anonymous(), "EditionParty", "hiddenFields"))
                .isEqualTo(List.of("answer", "legalEntity", "notice", "requirement", "signaturesRequired", "until"));
        assertThat(value(Actor.anonymous(), "Edition", "hiddenFields"))
                .isEqualTo(List.of(
                        "accessionObjectionDays",
                        "annexes",
                        "bindingLocale",
                        "canonicalForm",
                        "changesSince",
                        "digest",
                        "document",
                        "lapsesOn",
                        "minimumMethod",
                        "noticeDays",
                        "offeredAt",
                        "termination",
                        "text"));
    }

    private @Nullable Object value(Actor actor, String type, String field) {
        var selection = field + BELOW.getOrDefault(type + "." + field, BELOW.getOrDefault(field, ""));
        var path = switch (type) {
            case "LetterOfIntent" -> selection;
            case "Edition" -> "editions { " + selection + " }";
            default -> "editions { parties { " + selection + " } }";
        };
        @Nullable
        Object value = asked.data(
                actor, "query($id: ID!) { letter(id: $id) { " + path + " } }", Map.of("id", letter), "letter");
        if (!type.equals("LetterOfIntent")) {
            value = list(value, "editions").getFirst();
        }
        if (type.equals("EditionParty")) {
            value = list(value, "parties").getLast();
        }
        value = value instanceof Map<?, ?> object ? object.get(field) : null;
        return value instanceof Map<?, ?> page && page.containsKey("nodes") ? page.get("nodes") : value;
    }

    private static List<?> list(@Nullable Object object, String field) {
        return (List<?>) Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(object)).get(field));
    }

    private static boolean isShown(@Nullable Object value) {
        return value != null && !value.equals(false) && !value.equals(List.of());
    }
}
