package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * All pages together, in both directions and as every kind of caller, have exactly the letters that the tables here say, and no filter finds a letter
 * by what the caller does not see of it. The title of edition 1 of a letter of the kind {@code public} is the word {@code t1public}, its text
 * {@code x1public}.
 */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterPagesTest {

    /** The partners that callers act for, and others. */
    private static final String PARTNERS = "OPNSFMXY";

    /**
     * What the letters of each kind are: for each edition its state, its parties and who of them signed and did not leave, whether its text is found by whoever sees the
     * text (open and in force), whether the text is published with it, and its end. Partners are named by letters: the Owner, its Party, the iNvited
     * one, which is onboarding, the Suspended one, the Former party, a Member, and strangers.
     */
    private static final String EDITIONS = """
            kind       | edition | state      | parties | signed | text   | published | ends
            draft      | 1       | DRAFT      | OPNS    |        | found  |           |
            offered    | 1       | OFFERED    | OPNS    |        | found  |           | 2050-01-01
            withdrawn  | 1       | WITHDRAWN  | OPNS    |        |        | yes       |
            lapsed     | 1       | LAPSED     | OPNS    | P      |        | yes       |
            private    | 1       | IN_FORCE   | OPNS    | OPNS   | found  | yes       | 2100-01-01
            members    | 1       | IN_FORCE   | OPNS    | OPNS   | found  |           | 2200-01-01
            public     | 1       | IN_FORCE   | OPNS    | OPNS   | found  | yes       | 2300-01-01
            partly     | 1       | IN_FORCE   | OPNS    | OP     | found  |           |
            expired    | 1       | EXPIRED    | OPNS    | OPNS   |        | yes       | 2026-03-01
            narrowed   | 1       | SUPERSEDED | OF      | OF     |        | yes       | 2050-01-01
            narrowed   | 2       | IN_FORCE   | OPNS    | OPNS   | found  | yes       |
            passedon   | 1       | SUPERSEDED | OF      | OF     |        |           | 2050-01-01
            passedon   | 2       | IN_FORCE   | OPNS    | OPNS   | found  | yes       | 2600-01-01
            amended    | 1       | IN_FORCE   | OPNS    | OPNS   | found  | yes       | 2500-01-01
            amended    | 2       | DRAFT      | OFY     |        | found  | yes       | 2050-01-01
            reoffered  | 1       | IN_FORCE   | OF      | OF     | found  |           | 2400-01-01
            reoffered  | 2       | OFFERED    | OPNS    |        | found  | yes       | 2050-01-01
            tried      | 1       | WITHDRAWN  | OF      | F      |        | yes       |
            tried      | 2       | OFFERED    | OPNS    |        | found  | yes       |
            left       | 1       | IN_FORCE   | OPFN    | OP     | found  | yes       |
            ended      | 1       | TERMINATED | OPF     | OPF    |        | yes       |
            deserted   | 1       | TERMINATED | ON      | O      |        | yes       |
            theirs     | 1       | IN_FORCE   | PF      | PF     | found  |           |
            theirdraft | 1       | DRAFT      | PO      |        | found  |           |
            strangers  | 1       | IN_FORCE   | XY      | XY     | found  |           |
            """;

    /** The editions that each caller sees of each kind, with i from the inside: with its parties and its text. */
    private static final String SEEN = """
            kind       | OWNER | PARTY | INVITED | FORMER | MEMBER | SUSPENDED | PUBLIC | OFFICE
            draft      | 1i    |       |         |        |        |           |        |
            offered    | 1i    | 1i    | 1i      |        |        |           |        | 1i
            withdrawn  | 1i    | 1i    | 1i      |        |        |           |        | 1i
            lapsed     | 1i    | 1i    | 1i      |        |        |           |        | 1i
            private    | 1i    | 1i    | 1i      |        |        |           |        | 1i
            members    | 1i    | 1i    | 1i      | 1      | 1      |           |        | 1i
            public     | 1i    | 1i    | 1i      | 1      | 1      | 1         | 1      | 1i
            partly     | 1i    | 1i    | 1i      | 1      | 1      | 1         | 1      | 1i
            expired    | 1i    | 1i    | 1i      | 1      | 1      | 1         | 1      | 1i
            narrowed   | 1i 2i | 2i    | 2i      | 1i     |        |           |        | 1i 2i
            passedon   | 1i 2i | 1 2i  | 2i      | 1i 2   | 1 2    |           |        | 1i 2i
            amended    | 1i 2i | 1i    | 1i      | 1      | 1      | 1         | 1      | 1i
            reoffered  | 1i 2i | 1 2i  | 1 2i    | 1i     | 1      | 1         | 1      | 1i 2i
            tried      | 1i 2i | 2i    | 2i      | 1i     |        |           |        | 1i 2i
            left       | 1i    | 1i    | 1       | 1i     | 1      | 1         | 1      | 1i
            ended      | 1i    | 1i    | 1       | 1i     | 1      | 1         | 1      | 1i
            deserted   | 1i    |       |         |        |        |           |        | 1i
            theirs     |       | 1i    |         | 1i     |        |           |        | 1i
            theirdraft |       | 1i    |         |        |        |           |        |
            strangers  |       |       |         |        |        |           |        | 1i
            """;

    /** Which kinds wait for an answer of the caller's partner. */
    private static final Map<String, Set<String>> AWAITED = Map.of(
            "OWNER", Set.of("offered", "reoffered", "tried"),
            "PARTY", Set.of("offered", "reoffered", "tried"),
            "INVITED", Set.of("offered", "reoffered", "tried", "partly"));

    private static final String LETTERS = """
            query ($first: Int, $after: String, $last: Int, $before: String, $filter: LetterFilter, $orderBy: LetterOrder) {
              connection: letters(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
                totalCount totalCountIsExact nodes { id createdAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }""";
    private static final String LETTERS_OF_PARTNER = """
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
              partner(id: $id) { connection: letters(first: $first, after: $after, last: $last, before: $before) {
                nodes { id createdAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              } }
            }""";
    private static final String LETTERS_OF_PARTNERS = """
            query ($first: Int, $after: String, $last: Int, $before: String) {
              partners(first: 100) { nodes { id letters(first: $first, after: $after, last: $last, before: $before) {
                nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              } } }
            }""";

    /** @param edition from 1 */
    private record Ed(
            int edition, String state, String parties, String signed, boolean found, boolean published, String ends) {}

    /** What a caller sees of an edition. */
    private record Seen(Ed edition, boolean inside) {}

    @Autowired
    private Asked asked;

    @Autowired
    private LetterSteps steps;

    private final Map<Character, Partner> partners = new HashMap<>();
    private final Map<String, Actor> callers = new LinkedHashMap<>();
    /** The kind of each letter, by global id. */
    private final Map<String, String> letters = new LinkedHashMap<>();

    @BeforeAll
    void lettersOfEachKind(@Autowired Given given, @Autowired PartnerManagement management) {
        for (var name : PARTNERS.toCharArray()) {
            partners.put(name, given.partner(name == 'N' ? PartnerStatus.ONBOARDING : PartnerStatus.ACTIVE));
        }
        for (var copy = 0; copy < 3; copy++) {
            for (var line : lines(SEEN)) {
                // Many at the same time: the order must still be unique.
                steps.on(LocalDate.of(2026, 1, 1).plusDays(copy));
                letters.put(LetterSteps.globalId(made(line.getFirst())), line.getFirst());
            }
        }
        var deleted = steps.draft(partner('O'), terms("deleted", 1, "OP"));
        steps.deleteDraft(deleted, partner('O'));
        management.suspend(partner('S').id(), "For a test", Change.by(Actor.system(), Instant.now()));
        partners.put('S', given.now(partner('S').id()));

        callers.put("OWNER", Written.person(partner('O'), "viewer", Role.VIEWER));
        callers.put("PARTY", Written.person(partner('P'), "viewer", Role.VIEWER));
        callers.put("INVITED", Written.person(partner('N'), "viewer", Role.VIEWER));
        callers.put("FORMER", Written.person(partner('F'), "viewer", Role.VIEWER));
        callers.put("MEMBER", Written.person(partner('M'), "viewer", Role.VIEWER));
        callers.put("SUSPENDED", Written.person(partner('S'), "signatory", Role.PARTNER_ADMIN, Role.SIGNATORY));
        callers.put("PUBLIC", Actor.anonymous());
        callers.put("OFFICE", Callers.office());
    }

    private LetterId made(String kind) {
        var owner = partner('O');
        return switch (kind) {
            case "draft" -> steps.draft(owner, terms(kind, 1));
            case "offered" -> steps.offered(owner, terms(kind, 1).visibleTo(LetterVisibility.PUBLIC));
            case "withdrawn" -> {
                var letter = steps.offered(owner, terms(kind, 1).visibleTo(LetterVisibility.PUBLIC));
                steps.withdraw(letter, owner);
                yield letter;
            }
            case "lapsed" -> {
                var letter = steps.offered(
                        owner, terms(kind, 1).visibleTo(LetterVisibility.PUBLIC).lapsing(LocalDate.of(2026, 2, 1)));
                steps.sign(letter, partner('P'));
                steps.settle(letter, LocalDate.of(2026, 2, 2));
                yield letter;
            }
            case "private" -> inForce(terms(kind, 1), "OPNS");
            case "members" -> inForce(terms(kind, 1).visibleTo(LetterVisibility.CONSORTIUM), "OPNS");
            case "public" -> inForce(terms(kind, 1).visibleTo(LetterVisibility.PUBLIC), "OPNS");
            case "partly" ->
                inForce(
                        terms(kind, 1, "OP")
                                .andMaybe(partner('N'), partner('S'))
                                .visibleTo(LetterVisibility.PUBLIC),
                        "OP");
            case "expired" -> {
                var letter = inForce(terms(kind, 1).visibleTo(LetterVisibility.PUBLIC), "OPNS");
                steps.settle(letter, LocalDate.of(2026, 3, 2));
                yield letter;
            }
            case "narrowed" -> superseded(kind, terms(kind, 2).visibleTo(LetterVisibility.PARTIES));
            case "passedon" -> superseded(kind, terms(kind, 2).visibleTo(LetterVisibility.CONSORTIUM));
            case "amended" -> {
                var letter = inForce(terms(kind, 1).visibleTo(LetterVisibility.PUBLIC), "OPNS");
                steps.amend(letter, owner, terms(kind, 2).visibleTo(LetterVisibility.PUBLIC));
                yield letter;
            }
            case "reoffered" -> {
                var letter = inForce(terms(kind, 1).visibleTo(LetterVisibility.PUBLIC), "OF");
                steps.offerAnother(letter, owner, terms(kind, 2).visibleTo(LetterVisibility.PUBLIC));
                yield letter;
            }
            case "tried" -> {
                var letter = steps.offered(owner, terms(kind, 1).visibleTo(LetterVisibility.PUBLIC));
                steps.sign(letter, partner('F'));
                steps.withdraw(letter, owner);
                steps.offerAnother(letter, owner, terms(kind, 2).visibleTo(LetterVisibility.PUBLIC));
                yield letter;
            }
            case "left" -> {
                var letter = inForce(
                        terms(kind, 1).visibleTo(LetterVisibility.PUBLIC).withNotice(0), "OPFN");
                steps.leave(letter, partner('F'));
                steps.leave(letter, partner('N'));
                yield letter;
            }
            case "ended" -> {
                var letter = inForce(
                        terms(kind, 1).visibleTo(LetterVisibility.PUBLIC).withNotice(0), "OPF");
                steps.terminate(letter, owner);
                yield letter;
            }
            case "deserted" -> {
                var letter = inForce(terms(kind, 1).withNotice(0), "ON");
                steps.leave(letter, partner('N'));
                yield letter;
            }
            case "theirs" -> inForce(terms(kind, 1), "PF");
            case "theirdraft" -> steps.draft(partner('P'), terms(kind, 1));
            case "strangers" -> inForce(terms(kind, 1), "XY");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** The initiator is the first. */
    private LetterId inForce(Terms terms, String signing) {
        return steps.inForce(partner(signing.charAt(0)), terms, partners(signing.substring(1)));
    }

    private LetterId superseded(String kind, Terms second) {
        var letter = inForce(terms(kind, 1).visibleTo(LetterVisibility.PUBLIC), "OF");
        steps.offerAnother(letter, partner('O'), second);
        steps.sign(letter, partners("OPNS"));
        return letter;
    }

    private Terms terms(String kind, int edition) {
        return terms(kind, edition, edition(kind, edition).parties());
    }

    private Terms terms(String kind, int edition, String parties) {
        var terms = new Terms()
                .titled("t" + edition + kind)
                .saying("x" + edition + kind)
                .among(partners(parties));
        if (lines(EDITIONS).stream().anyMatch(line -> line.getFirst().equals(kind))) {
            var row = edition(kind, edition);
            if (row.published()) {
                terms.withPublicText();
            }
            if (!row.ends().isEmpty()) {
                terms.until(LocalDate.parse(row.ends()));
            }
        }
        return terms;
    }

    private Partner partner(char name) {
        return Objects.requireNonNull(partners.get(name));
    }

    private Partner[] partners(String names) {
        return names.chars().mapToObj(name -> partner((char) name)).toArray(Partner[]::new);
    }

    private static List<List<String>> lines(String table) {
        return table.lines()
                .skip(1)
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
                .toList();
    }

    private static List<Ed> editions(String kind) {
        return lines(EDITIONS).stream()
                .filter(line -> line.getFirst().equals(kind))
                .map(line -> new Ed(
                        Integer.parseInt(line.get(1)),
                        line.get(2),
                        line.get(3),
                        line.get(4),
                        line.get(5).equals("found"),
                        line.get(6).equals("yes"),
                        line.get(7)))
                .toList();
    }

    private static Ed edition(String kind, int number) {
        return editions(kind).get(number - 1);
    }

    private static List<Seen> seen(String kind, String caller) {
        var head = Arrays.stream(SEEN.lines().findFirst().orElseThrow().split("\\|"))
                .map(String::trim)
                .toList();
        var cell = lines(SEEN).stream()
                .filter(line -> line.getFirst().equals(kind))
                .findFirst()
                .orElseThrow()
                .get(head.indexOf(caller));
        return cell.isEmpty()
                ? List.of()
                : Arrays.stream(cell.split(" "))
                        .map(edition -> new Seen(
                                edition(kind, Integer.parseInt(edition.replace("i", ""))), edition.endsWith("i")))
                        .toList();
    }

    private static Predicate<List<Seen>> hasEditionIn(List<String> states) {
        return seen -> seen.stream()
                .anyMatch(edition -> states.contains(edition.edition().state()));
    }

    /** The state of a letter for somebody who sees these editions. */
    private static String state(List<Seen> seen) {
        for (var states : List.of(
                Set.of("IN_FORCE"),
                Set.of("OFFERED"),
                Set.of("EXPIRED", "TERMINATED", "SUPERSEDED"),
                Set.of("WITHDRAWN", "LAPSED"))) {
            for (var edition : seen) {
                if (states.contains(edition.edition().state())) {
                    return edition.edition().state();
                }
            }
        }
        return "DRAFT";
    }

    /** The letters that a caller sees and of which this holds. */
    private Set<String> expected(String caller, Predicate<List<Seen>> holds) {
        return letters.entrySet().stream()
                .filter(letter -> {
                    var seen = seen(letter.getValue(), caller);
                    return !seen.isEmpty() && holds.test(seen);
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Predicate<List<Seen>> isParty(char partner) {
        return seen -> seen.stream()
                .anyMatch(each -> (each.inside()
                                        ? each.edition().parties()
                                        : each.edition().signed())
                                .indexOf(partner)
                        >= 0);
    }

    private static Predicate<List<Seen>> endsBefore(LocalDate day) {
        return seen -> seen.stream()
                .map(Seen::edition)
                .anyMatch(edition -> edition.state().equals("IN_FORCE")
                        && !edition.ends().isEmpty()
                        && LocalDate.parse(edition.ends()).isBefore(day));
    }

    @Test
    void theTablesAgreeWithWhatEachCallerIsShownOfEachLetter() {
        var document = """
                query ($id: ID!) { letter(id: $id) { state draft { number }
                  editions { number state title text { content } parties { partner { id } answer { state } } } } }""";
        callers.forEach((caller, actor) -> letters.forEach((id, kind) -> {
            var as = kind + " for " + caller;
            var seen = seen(kind, caller);
            @Nullable Map<String, Object> shown = asked.data(actor, document, Map.of("id", id), "letter");
            if (shown == null || seen.isEmpty()) {
                assertThat(shown == null && seen.isEmpty()).as(as).isTrue();
                return;
            }
            assertThat(shown.get("state")).as(as).isEqualTo(state(seen));
            assertThat(list(shown, "editions").stream().map(LetterPagesTest::described))
                    .as(as)
                    .isEqualTo(seen.stream()
                            .filter(each -> !each.edition().state().equals("DRAFT"))
                            .map(each -> described(kind, each))
                            .toList());
            assertThat(shown.get("draft") != null)
                    .as(as)
                    .isEqualTo(seen.stream()
                            .anyMatch(each -> each.edition().state().equals("DRAFT")));
        }));
    }

    private String described(String kind, Seen seen) {
        var edition = seen.edition();
        return edition.edition() + " " + edition.state() + " t" + edition.edition() + kind
                + (seen.inside() || edition.published() ? " x" + edition.edition() + kind : "")
                + " " + globalIds(seen.inside() ? edition.parties() : edition.signed())
                + (seen.inside() ? " with answers" : "");
    }

    private static String described(Map<?, ?> edition) {
        var text = (Map<?, ?>) edition.get("text");
        var parties = list(edition, "parties");
        return edition.get("number") + " " + edition.get("state") + " " + edition.get("title")
                + (text == null ? "" : " " + text.get("content"))
                + " "
                + parties.stream()
                        .map(party ->
                                String.valueOf(((Map<?, ?>) Objects.requireNonNull(party.get("partner"))).get("id")))
                        .collect(Collectors.toCollection(TreeSet::new))
                + (parties.stream().anyMatch(party -> party.get("answer") != null) ? " with answers" : "");
    }

    private Set<String> globalIds(String names) {
        return Arrays.stream(partners(names)).map(Asked::globalId).collect(Collectors.toCollection(TreeSet::new));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Map<?, ?> of, String field) {
        return (List<Map<?, ?>>) Objects.requireNonNull(of.get(field));
    }

    @Test
    void lettersFromTheNewest() {
        walk(Map.of(), seen -> true, Collections.reverseOrder());
    }

    @Test
    void lettersFromTheOldest() {
        walk(Map.of("orderBy", Map.of("field", "CREATED_AT", "direction", "ASC")), seen -> true, String::compareTo);
    }

    @Test
    void aFilteredListHasPagesToo() {
        walk(
                Map.of("filter", Map.of("states", List.of("IN_FORCE"), "party", Asked.globalId(partner('P')))),
                seen -> hasEditionIn(List.of("IN_FORCE")).test(seen)
                        && isParty('P').test(seen),
                Collections.reverseOrder());
    }

    @Test
    void lettersInAState() {
        for (var states : List.of(
                List.of("DRAFT"),
                List.of("OFFERED"),
                List.of("IN_FORCE"),
                List.of("SUPERSEDED"),
                List.of("LAPSED"),
                List.of("WITHDRAWN"),
                List.of("EXPIRED"),
                List.of("TERMINATED"),
                List.of("OFFERED", "DRAFT"),
                List.<String>of())) {
            found(Map.of("states", states), hasEditionIn(states));
        }
    }

    @Test
    void lettersOfAParty() {
        for (var partner : PARTNERS.toCharArray()) {
            found(Map.of("party", Asked.globalId(partner(partner))), isParty(partner));
        }
    }

    @Test
    void lettersThatAwaitTheCallersAnswer() {
        callers.forEach((caller, actor) -> {
            var kinds = AWAITED.getOrDefault(caller, Set.of());
            assertThat(ids(actor, Map.of("awaitingMyAnswer", true)).stream().map(letters::get))
                    .as(caller)
                    .containsExactlyInAnyOrderElementsOf(
                            letters.values().stream().filter(kinds::contains).toList());
            assertThat(ids(actor, Map.of("awaitingMyAnswer", false)))
                    .as(caller)
                    .hasSameSizeAs(expected(caller, seen -> true));
        });
    }

    @Test
    void theFieldAgreesWithTheFilterForWhatAwaitsTheCallersAnswer() {
        callers.forEach((caller, actor) -> {
            List<Map<String, Object>> nodes = asked.data(
                    actor, "{ letters(first: 100) { nodes { id awaitingMyAnswer } } }", Map.of(), "letters", "nodes");
            assertThat(nodes.stream()
                            .filter(node -> Boolean.TRUE.equals(node.get("awaitingMyAnswer")))
                            .map(node -> node.get("id")))
                    .as(caller)
                    .containsExactlyElementsOf(ids(actor, Map.of("awaitingMyAnswer", true)));
        });
    }

    @Test
    void lettersByWordsOfTheTitlesThatTheCallerSees() {
        forEachEdition((kind, edition) -> found(
                Map.of("text", "T" + edition + kind), (letter, seen) -> letter.equals(kind) && sees(seen, edition)));
    }

    @Test
    void lettersByWordsOfTheTextsThatTheCallerSees() {
        forEachEdition((kind, edition) -> {
            var isFound = edition(kind, edition).found();
            var isPublished = edition(kind, edition).published();
            for (var words : List.of("x" + edition + kind, "x" + edition + kind + " t" + edition + kind)) {
                found(
                        Map.of("text", words),
                        (letter, seen) -> letter.equals(kind)
                                && isFound
                                && seen.stream()
                                        .anyMatch(each ->
                                                each.edition().edition() == edition && (each.inside() || isPublished)));
            }
        });
    }

    @Test
    void wordsOfTwoEditionsAreNotFoundTogether() {
        for (var kind : List.of("narrowed", "passedon", "amended", "reoffered", "tried")) {
            found(Map.of("text", "t1" + kind + " t2" + kind), seen -> false);
        }
    }

    @Test
    void lettersThatEndBeforeADay() {
        for (var day : List.of(
                "2050-01-02",
                "2100-01-01",
                "2100-01-02",
                "2200-01-02",
                "2300-01-02",
                "2400-01-02",
                "2500-01-02",
                "2600-01-02",
                "9999-12-31")) {
            found(Map.of("endsBefore", day), endsBefore(LocalDate.parse(day)));
        }
    }

    @Test
    void allConditionsHoldAtOnce() {
        var owner = Asked.globalId(partner('O'));
        found(
                Map.of("states", List.of("IN_FORCE", "EXPIRED"), "endsBefore", "2300-01-02", "party", owner),
                seen -> endsBefore(LocalDate.of(2300, 1, 2)).test(seen)
                        && isParty('O').test(seen));
        found(
                Map.of("states", List.of("OFFERED"), "endsBefore", "9999-12-31"),
                seen -> hasEditionIn(List.of("OFFERED")).test(seen)
                        && endsBefore(LocalDate.of(9999, 12, 31)).test(seen));
        found(
                Map.of("states", List.of("IN_FORCE"), "party", Asked.globalId(partner('N')), "text", "t1partly"),
                (kind, seen) -> kind.equals("partly") && isParty('N').test(seen));
        found(
                Map.of("party", Asked.globalId(partner('Y')), "text", "t2amended"),
                (kind, seen) -> kind.equals("amended") && sees(seen, 2));
        found(
                Map.of("text", "x1members", "endsBefore", "2300-01-01", "party", owner),
                (kind, seen) -> kind.equals("members") && seen.getFirst().inside());
        var awaited = Map.of("awaitingMyAnswer", true, "party", owner, "text", "x2", "states", List.of("OFFERED"));
        callers.forEach((caller, actor) -> assertThat(
                        ids(actor, awaited).stream().map(letters::get))
                .as(caller)
                .isEqualTo(
                        AWAITED.containsKey(caller)
                                ? Collections.nCopies(3, List.of("tried", "reoffered")).stream()
                                        .flatMap(List::stream)
                                        .toList()
                                : List.of()));
    }

    @Test
    void lettersOfOnePartner() {
        callers.forEach((caller, actor) -> partners.forEach((name, partner) -> {
            var variables = Map.<String, Object>of("id", Asked.globalId(partner));
            if (asked.<@Nullable Object>data(actor, LETTERS_OF_PARTNER, variables, "partner") == null) {
                assertThat(partner.status()).as("hidden from %s", caller).isNotEqualTo(PartnerStatus.ACTIVE);
                return;
            }
            walk(
                    caller + " on " + name,
                    actor,
                    LETTERS_OF_PARTNER,
                    variables,
                    expected(caller, isParty(name)),
                    Collections.reverseOrder(),
                    "partner",
                    "connection");
        }));
    }

    @Test
    void lettersOfSeveralPartners() {
        callers.forEach((caller, actor) -> {
            for (var size : List.of(2, 100)) {
                var ofPartners = lettersOfPartners(actor, Map.of("first", size));
                var backwards = lettersOfPartners(actor, Map.of("last", size));
                partners.forEach((name, partner) -> {
                    var first = ofPartners.get(Asked.globalId(partner));
                    if (first == null) {
                        assertThat(partner.status()).isNotEqualTo(PartnerStatus.ACTIVE);
                        return;
                    }
                    var as = "%s of %s, %s a page".formatted(caller, name, size);
                    var all = read(
                            actor,
                            LETTERS_OF_PARTNER,
                            Map.of("id", Asked.globalId(partner)),
                            "first",
                            100,
                            "partner",
                            "connection");
                    assertThat(ids(first)).as(as).isEqualTo(all.subList(0, Math.min(size, all.size())));
                    assertThat(info(first, "hasNextPage")).as(as).isEqualTo(size < all.size());
                    var last = Objects.requireNonNull(backwards.get(Asked.globalId(partner)));
                    assertThat(ids(last)).as(as).isEqualTo(all.subList(Math.max(0, all.size() - size), all.size()));
                    assertThat(info(last, "hasPreviousPage")).as(as).isEqualTo(size < all.size());
                });
            }
        });
    }

    @Test
    void aCursorIsOfTheLettersOfOnePartner() {
        var actor = Callers.office();
        var first = Objects.requireNonNull(
                lettersOfPartners(actor, Map.of("first", 1)).get(Asked.globalId(partner('P'))));
        for (var variables : List.of(
                Map.of("first", 1, "after", String.valueOf(info(first, "endCursor"))),
                Map.of("last", 1, "before", String.valueOf(info(first, "endCursor"))))) {
            assertThat(String.valueOf(
                            asked.ask(actor, LETTERS_OF_PARTNERS, variables).get("errors")))
                    .contains("code=BAD_REQUEST", "one at a time");
        }
        Map<String, Object> page = asked.data(
                actor,
                LETTERS_OF_PARTNER,
                Map.of("id", Asked.globalId(partner('P')), "first", 1),
                "partner",
                "connection");
        var other = Map.of("id", Asked.globalId(partner('F')), "after", String.valueOf(info(page, "endCursor")));
        assertThat(String.valueOf(asked.ask(actor, LETTERS_OF_PARTNER, other).get("errors")))
                .contains("code=BAD_REQUEST");
    }

    @Test
    void anAccountOfTheOfficeThatActsForAPartnerSeesWhatBothSee() {
        var own = callers.get("PARTY");
        var organisation = Objects.requireNonNull(own).organisation().orElseThrow();
        var both = Actor.acting(Actor.Kind.PERSON, new AccountId("both"), true, organisation, List.of(organisation));
        assertThat(ids(both, Map.of()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                expected("PARTY", seen -> true).stream(), expected("OFFICE", seen -> true).stream())
                        .collect(Collectors.toSet()));
        assertThat(ids(both, Map.of("awaitingMyAnswer", true)))
                .containsExactlyElementsOf(ids(own, Map.of("awaitingMyAnswer", true)));
        assertThat(ids(both, Map.of("text", "t1theirdraft")).stream().map(letters::get))
                .containsOnly("theirdraft");
        assertThat(ids(both, Map.of("text", "t2amended"))).isEmpty();
    }

    private Map<String, Map<String, Object>> lettersOfPartners(Actor actor, Map<String, Object> variables) {
        List<Map<String, Object>> nodes = asked.data(actor, LETTERS_OF_PARTNERS, variables, "partners", "nodes");
        var byId = new HashMap<String, Map<String, Object>>();
        nodes.forEach(node -> byId.put(String.valueOf(node.get("id")), connection(node)));
        return byId;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> connection(Map<String, Object> partner) {
        return (Map<String, Object>) Objects.requireNonNull(partner.get("letters"));
    }

    private interface OfEdition {
        void accept(String kind, int edition);
    }

    private interface OfLetter {
        boolean test(String kind, List<Seen> seen);
    }

    private static void forEachEdition(OfEdition test) {
        lines(EDITIONS).forEach(line -> test.accept(line.getFirst(), Integer.parseInt(line.get(1))));
    }

    private static boolean sees(List<Seen> seen, int edition) {
        return seen.stream().anyMatch(each -> each.edition().edition() == edition);
    }

    private void found(Map<String, Object> filter, Predicate<List<Seen>> holds) {
        found(filter, (kind, seen) -> holds.test(seen));
    }

    /** Each caller finds with the filter the letters that it sees and of which this holds. */
    private void found(Map<String, Object> filter, OfLetter holds) {
        callers.forEach((caller, actor) -> {
            var kinds = new HashSet<>(letters.values());
            kinds.removeIf(kind -> seen(kind, caller).isEmpty() || !holds.test(kind, seen(kind, caller)));
            assertThat(ids(actor, filter).stream().map(letters::get))
                    .as("%s for %s", filter, caller)
                    .containsExactlyInAnyOrderElementsOf(
                            letters.values().stream().filter(kinds::contains).toList());
        });
    }

    /** The letters that a filter finds, all on one page with the right total. */
    private List<String> ids(Actor actor, Map<String, Object> filter) {
        Map<String, Object> connection =
                asked.data(actor, LETTERS, Map.of("filter", filter, "first", 100), "connection");
        var ids = ids(connection);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(connection).containsEntry("totalCount", ids.size()).containsEntry("totalCountIsExact", true);
        return ids;
    }

    private void walk(Map<String, Object> arguments, Predicate<List<Seen>> holds, Comparator<String> order) {
        callers.forEach((caller, actor) -> {
            var expected = expected(caller, holds);
            walk(caller, actor, LETTERS, arguments, expected, order, "connection");
            assertThat(asked.<Map<String, Object>>data(actor, LETTERS, arguments, "connection"))
                    .containsEntry("totalCount", expected.size())
                    .containsEntry("totalCountIsExact", true);
        });
    }

    private void walk(
            String as,
            Actor actor,
            String document,
            Map<String, Object> arguments,
            Set<String> expected,
            Comparator<String> order,
            String... path) {
        List<String> whole = null;
        for (var size : List.of(1, 7, 100)) {
            var times = new ArrayList<String>();
            var forwards = read(actor, document, arguments, "first", size, times, path);
            assertThat(forwards).as("%s, %s a page", as, size).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(times).as("%s, %s a page", as, size).isSortedAccordingTo(order);
            var backwards = read(actor, document, arguments, "last", size, path);
            Collections.reverse(backwards);
            assertThat(backwards).as("%s, %s a page, backwards", as, size).isEqualTo(forwards);
            assertThat(whole == null || whole.equals(forwards))
                    .as("the same order whatever the size")
                    .isTrue();
            whole = forwards;
        }
    }

    private List<String> read(
            Actor actor, String document, Map<String, Object> arguments, String direction, int size, String... path) {
        return read(actor, document, arguments, direction, size, new ArrayList<>(), path);
    }

    /** The ids in the order read; backwards, each page from its end. */
    private List<String> read(
            Actor actor,
            String document,
            Map<String, Object> arguments,
            String direction,
            int size,
            List<String> times,
            String... path) {
        var read = new ArrayList<String>();
        @Nullable Object cursor = null;
        for (var more = true; more; ) {
            var variables = new HashMap<String, @Nullable Object>(arguments);
            variables.put(direction, size);
            variables.put(direction.equals("first") ? "after" : "before", cursor);
            Map<String, Object> connection = asked.data(actor, document, variables, path);
            var page = ids(connection);
            if (direction.equals("last")) {
                Collections.reverse(page);
            }
            read.addAll(page);
            list(connection, "nodes").forEach(node -> times.add(String.valueOf(node.get("createdAt"))));
            assertThat(info(connection, direction.equals("first") ? "hasPreviousPage" : "hasNextPage"))
                    .isEqualTo(cursor != null);
            more = Boolean.TRUE.equals(info(connection, direction.equals("first") ? "hasNextPage" : "hasPreviousPage"));
            cursor = info(connection, direction.equals("first") ? "endCursor" : "startCursor");
        }
        return read;
    }

    private static List<String> ids(Map<String, Object> connection) {
        var ids = new ArrayList<String>();
        list(connection, "nodes").forEach(node -> ids.add(String.valueOf(node.get("id"))));
        return ids;
    }

    private static @Nullable Object info(Map<String, Object> connection, String field) {
        return ((Map<?, ?>) Objects.requireNonNull(connection.get("pageInfo"))).get(field);
    }
}
