package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Who may do what with a letter: each verb for each kind of caller, on a letter whose first edition was superseded by a second, and a third is drafted
 * or offered. The former party signed the first only, the one that left was a party of the second; an onboarding and a suspended partner are parties
 * of the others.
 */
@LetterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterAccessTest {

    private static final String TABLE = """
            verb               | O.EDITOR | O.ADMIN | O.SIGNATORY | O.VIEWER | O.APP  | PARTY | P.EDITOR | P.APP  | LEFT  | FORMER | ONBOARDING | MEMBER | SUSPENDED | ANONYMOUS | OFFICE
            draftLetter        | made     | made    | ROLE        | ROLE     | made   | ROLE  | made     | ROLE   | made  | made   | STATUS     | made   | STATUS    | NOBODY    | NO_ORG
            editLetter         | made     | made    | ROLE        | ROLE     | made   | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            deleteLetterDraft  | made     | made    | ROLE        | ROLE     | made   | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            offerLetter        | ROLE     | ROLE    | made        | ROLE     | PERSON | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            withdrawOffer      | ROLE     | ROLE    | made        | ROLE     | PERSON | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            amendLetter        | ROLE     | ROLE    | made        | ROLE     | PERSON | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            signLetter         | ROLE     | ROLE    | made        | ROLE     | PERSON | made  | ROLE     | PERSON | STALE | STALE  | made       | none   | none      | none      | NO_ORG
            declineLetter      | ROLE     | ROLE    | made        | ROLE     | PERSON | made  | ROLE     | PERSON | STALE | STALE  | made       | none   | none      | none      | NO_ORG
            liftReservation    | ROLE     | ROLE    | made        | ROLE     | PERSON | made  | ROLE     | PERSON | STALE | STALE  | made       | none   | none      | none      | NO_ORG
            withdrawFromLetter | ROLE     | ROLE    | STAYS       | ROLE     | PERSON | made  | ROLE     | PERSON | STALE | STALE  | made       | none   | none      | none      | NO_ORG
            terminateLetter    | ROLE     | ROLE    | made        | ROLE     | PERSON | OTHER | OTHER    | OTHER  | OTHER | OTHER  | OTHER      | none   | none      | none      | NO_ORG
            withdrawNotice     | ROLE     | ROLE    | made        | ROLE     | PERSON | made  | ROLE     | PERSON | STALE | STALE  | made       | none   | none      | none      | NO_ORG
            """;

    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Berlin"));

    @Autowired
    private Written written;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private Letters letters;

    private final Map<String, Actor> callers = new LinkedHashMap<>();
    private final Map<String, String> refusing = new HashMap<>();
    private @Nullable Partner owner;
    private @Nullable Partner party;
    private @Nullable Partner former;
    private @Nullable Partner left;
    private @Nullable Partner onboarding;
    private @Nullable Partner suspended;

    @BeforeAll
    void callers(@Autowired Given given, @Autowired PartnerManagement management) {
        steps.on(TODAY);
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
        former = given.partner(PartnerStatus.ACTIVE);
        left = given.partner(PartnerStatus.ACTIVE);
        onboarding = given.partner(PartnerStatus.ONBOARDING);
        suspended = given.partner(PartnerStatus.ACTIVE);
        var member = given.partner(PartnerStatus.ACTIVE);
        // Of each verb one letter on which the refused ones try.
        verbs().forEach(verb -> refusing.put(verb, letterFor(verb)));

        callers.put("O.EDITOR", Written.person(owner, "someone", Role.EDITOR));
        callers.put("O.ADMIN", Written.person(owner, "someone", Role.PARTNER_ADMIN));
        callers.put("O.SIGNATORY", Written.person(owner, "someone", Role.SIGNATORY));
        callers.put("O.VIEWER", Written.person(owner, "someone", Role.VIEWER));
        callers.put("O.APP", app(owner, Role.EDITOR, Role.SIGNATORY));
        callers.put("PARTY", Written.person(party, "someone", Role.SIGNATORY));
        callers.put("P.EDITOR", Written.person(party, "someone", Role.EDITOR));
        callers.put("P.APP", app(party, Role.SIGNATORY));
        callers.put("FORMER", all(former));
        callers.put("LEFT", all(left));
        callers.put("ONBOARDING", all(onboarding));
        callers.put("MEMBER", all(member));
        callers.put(
                "SUSPENDED",
                Written.account(
                        Actor.Kind.PERSON,
                        suspended,
                        PartnerStatus.SUSPENDED,
                        "s",
                        Role.PARTNER_ADMIN,
                        Role.SIGNATORY));
        callers.put("ANONYMOUS", Actor.anonymous());
        callers.put("OFFICE", Callers.office());
        management.suspend(suspended.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        // The cells in which something is made need further letters, with the partner that can no longer answer.
        suspended = given.now(suspended.id());
    }

    private static Actor all(Partner partner) {
        return Written.person(partner, "someone", Role.PARTNER_ADMIN, Role.SIGNATORY);
    }

    private static Actor app(Partner partner, Role... roles) {
        return Written.account(Actor.Kind.APP, partner, partner.status(), "app", roles);
    }

    private static Stream<String> verbs() {
        return TABLE.lines().skip(1).map(line -> line.split("\\|")[0].trim());
    }

    static Stream<Arguments> cells() {
        var lines = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
                .toList();
        var head = lines.getFirst();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 1; column < head.size(); column++) {
                cells.add(Arguments.of(line.getFirst(), head.get(column), line.get(column)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whoMayDoWhat(String verb, String caller, String outcome) {
        var letter = outcome.equals("made") ? letterFor(verb) : Objects.requireNonNull(refusing.get(verb));
        var before = stored(letter);

        var answer = written.answer(Objects.requireNonNull(callers.get(caller)), verb, input(verb, letter));

        assertThat(outcome(answer, verb))
                .as("%s by %s: %s", verb, caller, answer)
                .isEqualTo(outcome);
        if (!outcome.equals("made")) {
            assertThat(stored(letter).version())
                    .as("a refused verb changes nothing")
                    .isEqualTo(before.version());
        }
    }

    private LetterOfIntent stored(String letter) {
        return letters.findById(Written.letterId(letter)).orElseThrow();
    }

    private static String outcome(Map<String, Object> answer, String verb) {
        if (answer.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
            var extensions = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) errors.getFirst()).get("extensions"));
            if (Objects.equals(extensions.get("code"), "NOT_FOUND")) {
                return "none";
            }
            var reason = String.valueOf(
                    extensions.get("reason") instanceof Map<?, ?> why ? why.get("code") : extensions.get("reason"));
            return switch (reason) {
                case "ROLE_MISSING" -> "ROLE";
                case "OTHER_ORGANISATION" -> "OTHER";
                case "PERSON_ONLY" -> "PERSON";
                case "PARTNER_STATUS" -> "STATUS";
                case "NOT_SIGNED_IN" -> "NOBODY";
                case "NO_ACTING_ORGANISATION" -> "NO_ORG";
                default -> extensions.toString();
            };
        }
        var payload = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(answer.get("data"))).get(verb);
        if (payload == null || !(payload.get("userErrors") instanceof List<?> errors)) {
            return answer.toString();
        }
        if (errors.isEmpty()) {
            return "made";
        }
        return switch (String.valueOf(((Map<?, ?>) errors.getFirst()).get("rule"))) {
            case "digest.stale" -> "STALE";
            case "initiator.leaves" -> "STAYS";
            default -> answer.toString();
        };
    }

    private Map<String, Object> input(String verb, String letter) {
        var edition = stored(letter).lastOffered().orElseThrow();
        var digest = Objects.requireNonNull(edition.digest());
        var version = Objects.requireNonNull(stored(letter).version());
        return switch (verb) {
            case "draftLetter" -> Map.of("title", List.of(Written.text("de", "Ein weiterer Brief")));
            case "editLetter" -> Map.of("letterId", letter, "expectedVersion", version, "noticeDays", 7);
            case "deleteLetterDraft", "offerLetter" -> Map.of("letterId", letter, "expectedVersion", version);
            case "withdrawOffer", "withdrawNotice" -> Map.of("letterId", letter, "digest", digest);
            case "amendLetter" -> Map.of("letterId", letter);
            case "signLetter" -> Written.signature(letter, digest);
            case "declineLetter" -> Map.of("letterId", letter, "digest", digest, "comment", "No");
            case "liftReservation" -> Written.lifting(letter, digest);
            case "withdrawFromLetter", "terminateLetter" -> Written.notice(letter, digest);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    /** A letter in the state in which the verb can be called. */
    private String letterFor(String verb) {
        var letter = withTwoEditions();
        if (verb.equals("withdrawNotice")) {
            var id = Written.letterId(letter);
            steps.terminate(id, owner());
            steps.leave(id, present(party));
            steps.leave(id, present(onboarding));
        }
        if (Set.of("amendLetter", "withdrawFromLetter", "terminateLetter", "withdrawNotice")
                .contains(verb)) {
            return letter;
        }
        written.made(Written.signatory(owner()), "amendLetter", Map.of("letterId", letter));
        if (Set.of("draftLetter", "editLetter", "deleteLetterDraft", "offerLetter")
                .contains(verb)) {
            return letter;
        }
        var digest = written.offer(letter, owner());
        if (verb.equals("liftReservation")) {
            for (var partner : List.of(owner(), present(party), present(onboarding))) {
                var input = new HashMap<>(Written.signature(letter, digest));
                input.put("reservation", Map.of("body", "City council", "expectedBy", "2999-01-01"));
                written.made(Written.signatory(partner), "signLetter", input);
            }
        }
        return letter;
    }

    private String withTwoEditions() {
        var letter = written.inForce(Map.of(), owner(), present(former));
        written.made(Written.signatory(owner()), "amendLetter", Map.of("letterId", letter));
        var parties = new ArrayList<Map<String, String>>();
        var asks = new ArrayList<>(List.of(owner(), present(party), present(onboarding), present(left)));
        if (present(suspended).status() == PartnerStatus.ACTIVE) {
            asks.add(present(suspended));
        }
        asks.forEach(partner -> parties.add(Map.of("partnerId", Asked.globalId(partner))));
        written.made(
                officeOfOwner(),
                "editLetter",
                Map.of(
                        "letterId",
                        letter,
                        "expectedVersion",
                        written.version(letter, owner()),
                        "parties",
                        parties,
                        "noticeDays",
                        7));
        var digest = written.offer(letter, owner());
        asks.forEach(partner -> written.sign(letter, digest, Written.signatory(partner)));
        var id = Written.letterId(letter);
        steps.leave(id, present(left));
        steps.settle(id, TODAY.plusDays(7));
        return letter;
    }

    /** An editor of the owner who is of the office, too: nobody else sees the onboarding partner. */
    private Actor officeOfOwner() {
        var organisation = new Organisation(
                Objects.requireNonNull(owner().organisation()),
                owner().id(),
                owner().alias(),
                PartnerStatus.ACTIVE,
                Set.of(Role.EDITOR));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("both"), true, organisation, List.of(organisation));
    }

    private Partner owner() {
        return present(owner);
    }

    private static Partner present(@Nullable Partner partner) {
        return Objects.requireNonNull(partner);
    }
}
