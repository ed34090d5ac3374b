package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.AnswerState;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LeavingNoticeInput;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.letters.model.Notice;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Who sees which edition, as the rule is told: the database and the schema must agree with it on letters to which anything has happened. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterAudienceTest {

    private static final int LETTERS = 240;
    private static final int STEPS = 48;
    private static final List<PartnerId> PARTNERS =
            IntStream.range(0, 6).mapToObj(n -> PartnerId.next()).toList();
    private static final Set<AnswerState> GIVEN = EnumSet.of(AnswerState.SIGNED, AnswerState.DECLINED);
    private static final Set<EditionState> PUBLISHED =
            EnumSet.of(EditionState.IN_FORCE, EditionState.SUPERSEDED, EditionState.EXPIRED, EditionState.TERMINATED);

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Asked asked;

    private final Random random = new Random(20180709);
    private final List<LetterOfIntent> letters = new ArrayList<>();
    private int titles;

    @BeforeAll
    void lettersToWhichAnythingHasHappened(@Autowired Letters stored) {
        for (var n = 0; n < LETTERS; n++) {
            letters.add(stored.save(walk()));
        }
        var states = letters.stream()
                .flatMap(letter -> letter.editions().stream())
                .collect(Collectors.groupingBy(Edition::state, TreeMap::new, Collectors.counting()));
        assertThat(states).hasSize(EditionState.values().length);
        assertThat(states.values()).as("%s", states).allMatch(count -> count >= 5);
        assertThat(letters.stream()
                        .flatMap(letter -> letter.editions().stream())
                        .flatMap(edition -> edition.answers().stream())
                        .filter(answer -> answer.until() != null))
                .hasSizeGreaterThan(5);
    }

    /** A letter after some of its verbs, each by somebody who may call it. */
    private LetterOfIntent walk() {
        var today = LocalDate.of(2026, 1, 1);
        var initiator = any(PARTNERS);
        var terms = terms(initiator, today);
        var letter = LetterOfIntent.draft(by(LetterFixtures.editor(initiator), today), violations -> terms);
        var steps = random.nextInt(STEPS);
        for (var step = 0; step < steps; step++) {
            try {
                act(letter, today);
            } catch (RuleViolation | Conflict refused) {
                // It does not fit the letter's state.
            }
            today = today.plusDays(random.nextInt(3));
        }
        letter.settle(by(Actor.system(), today), today);
        return letter;
    }

    private void act(LetterOfIntent letter, LocalDate today) {
        var owner = by(LetterFixtures.signatory(letter.initiator()), today);
        var open = letter.editions().stream().filter(Edition::isOpen).toList();
        switch (random.nextInt(10)) {
            case 0 -> letter.settle(by(Actor.system(), today), today);
            case 1 -> {
                var terms = terms(letter.initiator(), today);
                letter.edit(
                        by(LetterFixtures.editor(letter.initiator()), today),
                        0,
                        new Edit<>(
                                Set.of("title", "parties", "visibility", "lapsesOn", "inForceOn", "endsOn"),
                                violations -> terms));
            }
            case 2 -> letter.amend(owner, today, edition -> LocalizedText.of(Map.of("de", "Text")));
            case 3 -> letter.offer(owner, today, 0, LetterFixtures::faces, files -> Map.of());
            case 4 -> {
                if (random.nextInt(3) == 0 && !open.isEmpty()) {
                    letter.withdrawOffer(
                            owner, today, Objects.requireNonNull(open.getLast().digest()));
                }
            }
            case 5 -> letter.inForce().ifPresent(edition -> giveNotice(letter, edition, today));
            default -> {
                if (!open.isEmpty()) {
                    answer(letter, any(open), today);
                }
            }
        }
    }

    private void answer(LetterOfIntent letter, Edition edition, LocalDate today) {
        var digest = Objects.requireNonNull(edition.digest());
        for (var answer : edition.answers()) {
            var change = by(LetterFixtures.signatory(answer.partner()), today);
            try {
                switch (random.nextInt(10)) {
                    case 0 -> letter.decline(change, today, digest, "No");
                    case 1 ->
                        letter.sign(
                                change,
                                today,
                                digest,
                                violations -> LetterFixtures.signatureWithReservation(),
                                () -> "x");
                    case 2 -> {
                        // Waits.
                    }
                    default -> letter.sign(change, today, digest, violations -> LetterFixtures.signature(), () -> "x");
                }
            } catch (RuleViolation | Conflict | Forbidden refused) {
                // It has answered already, or the edition is no longer open.
            }
        }
    }

    private void giveNotice(LetterOfIntent letter, Edition edition, LocalDate today) {
        var digest = Objects.requireNonNull(edition.digest());
        var notice = new LeavingNoticeInput("Mayor", "No more");
        var change = by(LetterFixtures.signatory(any(edition.answers()).partner()), today);
        switch (random.nextInt(8)) {
            case 0 ->
                letter.terminate(
                        by(LetterFixtures.signatory(letter.initiator()), today),
                        today,
                        digest,
                        violations -> notice,
                        () -> "x");
            case 1 -> letter.withdrawNotice(change, today, digest);
            case 2, 3, 4 -> letter.withdrawFrom(change, today, digest, violations -> notice, () -> "x");
            default -> {
                // It stays.
            }
        }
    }

    private EditionTerms terms(PartnerId initiator, LocalDate today) {
        var parties = new ArrayList<PartyTerms>();
        var names = new ArrayList<>(PARTNERS);
        Collections.shuffle(names, random);
        for (var partner : names.subList(0, 2 + random.nextInt(3))) {
            parties.add(new PartyTerms(
                    partner,
                    parties.isEmpty() || partner.equals(initiator) || random.nextInt(3) > 0
                            ? Requirement.REQUIRED
                            : Requirement.OPTIONAL));
        }
        return new EditionTerms(
                LocalizedText.of(Map.of("de", "Titel" + titles++ + "z")),
                LocalizedText.of(Map.of("de", "Text")),
                null,
                null,
                List.of(),
                parties,
                any(List.of(LetterVisibility.values())),
                random.nextBoolean(),
                SignatureMethod.IN_APP,
                random.nextInt(8),
                30,
                today.plusDays(random.nextInt(20)),
                random.nextInt(6) == 0 ? today.plusDays(3 + random.nextInt(6)) : null,
                random.nextInt(3) == 0 ? today.plusDays(20 + random.nextInt(10)) : null);
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static Change by(Actor actor, LocalDate day) {
        return Change.by(actor, day.atTime(12, 0).toInstant(ZoneOffset.UTC));
    }

    /** Every partner in every status, alone and for an account of the office, and who acts for none. */
    private static List<Actor> actors() {
        var actors = new ArrayList<Actor>();
        actors.add(Actor.anonymous());
        for (var office : List.of(false, true)) {
            actors.add(Actor.unattached(
                    Actor.Kind.PERSON, new AccountId("a"), office, NoActingOrganisation.NO_MEMBERSHIP, List.of()));
            Stream.concat(PARTNERS.stream(), Stream.of(PartnerId.next()))
                    .forEach(partner -> Arrays.stream(PartnerStatus.values()).forEach(status -> {
                        var organisation = new Organisation(
                                new OrganisationId("o"),
                                partner,
                                new PartnerAlias("an-alias"),
                                status,
                                Set.of(Role.VIEWER));
                        actors.add(Actor.acting(
                                Actor.Kind.PERSON, new AccountId("a"), office, organisation, List.of(organisation)));
                    }));
        }
        return actors;
    }

    /** The rule, as it is told: who sees this edition of the letter. */
    private static boolean sees(Actor actor, LetterOfIntent letter, Edition edition) {
        var partner = actor.organisation().map(Organisation::partner).orElse(null);
        var status = actor.organisation().map(Organisation::status).orElse(PartnerStatus.DEPARTED);
        var isActive = status == PartnerStatus.ACTIVE;
        var isAsked = isActive || status == PartnerStatus.ONBOARDING;
        if (letter.initiator().equals(partner) && isAsked) {
            return true;
        }
        if (edition.state() == EditionState.DRAFT) {
            return false;
        }
        if (actor.isOffice()) {
            return true;
        }
        if (partner != null
                && edition.terms().partners().contains(partner)
                && (isActive || (isAsked && isNow(partner, letter)))) {
            return true;
        }
        return switch (published(letter, edition)) {
            case PUBLIC -> true;
            case CONSORTIUM -> isActive;
            case PARTIES -> false;
        };
    }

    /** Whether it is a party of the edition that was offered last or is in force, and has not left it. */
    private static boolean isNow(PartnerId partner, LetterOfIntent letter) {
        var offered = letter.editions().stream()
                .filter(edition -> edition.state() != EditionState.DRAFT)
                .toList();
        return offered.stream()
                .filter(edition -> edition == offered.getLast() || edition.state() == EditionState.IN_FORCE)
                .flatMap(edition -> edition.answers().stream())
                .anyMatch(answer -> answer.partner().equals(partner) && answer.until() == null);
    }

    private static LetterVisibility published(LetterOfIntent letter, Edition edition) {
        if (!PUBLISHED.contains(edition.state())) {
            return LetterVisibility.PARTIES;
        }
        var wereInForce = letter.editions().stream()
                .filter(each -> PUBLISHED.contains(each.state()))
                .toList();
        var counts = wereInForce.stream()
                .filter(each -> each.state() == EditionState.IN_FORCE)
                .findFirst()
                .orElse(wereInForce.getLast());
        return Stream.of(edition, counts)
                .map(each -> each.terms().visibility())
                .min(LetterVisibility::compareTo)
                .orElseThrow();
    }

    @Test
    void theDatabaseFindsTheLettersOfWhichTheActorSeesAnEdition() {
        var pairs = 0;
        var admitted = 0;
        for (var actor : actors()) {
            var expected = ids(letter -> letter.editions().stream().anyMatch(edition -> sees(actor, letter, edition)));
            var held = actor.tokens(LetterAudience.RELATIONS);
            assertThat(found(Filters.in(DerivedPaths.AUDIENCE, held.keySet())))
                    .as("what %s sees", held.keySet())
                    .isEqualTo(expected);
            assertThat(ids(letter -> letter.editions().stream()
                            .map(new LetterAudience(letter)::of)
                            .anyMatch(audience -> !audience.viewpoints(held).isEmpty())))
                    .isEqualTo(expected);
            pairs += LETTERS;
            admitted += expected.size();
        }
        assertThat(pairs).isGreaterThanOrEqualTo(10_000);
        assertThat(admitted).as("neither all nor nothing").isBetween(pairs / 20, pairs * 19 / 20);
    }

    @Test
    void theSchemaShowsTheEditionsThatTheActorSees() {
        for (var actor : actors()) {
            if (actor.refusalToAsk().isPresent()) {
                continue;
            }
            var shown = new HashMap<String, Set<Integer>>();
            var document = "query ($after: String) { letters(first: 100, after: $after) {"
                    + " nodes { id editions { number } draft { number } } pageInfo { hasNextPage endCursor } } }";
            var cursor = Optional.<String>empty();
            do {
                Map<String, Object> page = asked.data(
                        actor,
                        document,
                        cursor.map(after -> Map.of("after", after)).orElse(Map.of()),
                        "letters");
                nodes(page).forEach(node -> shown.put(String.valueOf(node.get("id")), numbers(node)));
                var info = (Map<?, ?>) Objects.requireNonNull(page.get("pageInfo"));
                cursor = Optional.of(info)
                        .filter(more -> Boolean.TRUE.equals(more.get("hasNextPage")))
                        .map(more -> String.valueOf(more.get("endCursor")));
            } while (cursor.isPresent());
            var expected = new HashMap<String, Set<Integer>>();
            letters.forEach(letter -> {
                var numbers = letter.editions().stream()
                        .filter(edition -> sees(actor, letter, edition))
                        .map(Edition::number)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!numbers.isEmpty()) {
                    expected.put(LetterSteps.globalId(letter.id()), numbers);
                }
            });
            assertThat(shown)
                    .as("%s", actor.tokens(LetterAudience.RELATIONS).keySet())
                    .isEqualTo(expected);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> nodes(Map<String, Object> page) {
        return (List<Map<?, ?>>) Objects.requireNonNull(page.get("nodes"));
    }

    private static Set<Integer> numbers(Map<?, ?> node) {
        var numbers = new TreeSet<Integer>();
        ((List<?>) Objects.requireNonNull(node.get("editions")))
                .forEach(edition -> numbers.add((Integer) ((Map<?, ?>) edition).get("number")));
        if (node.get("draft") instanceof Map<?, ?> draft) {
            numbers.add((Integer) draft.get("number"));
        }
        return numbers;
    }

    @Test
    void theTitlesThatAnActorSeesFindTheLetter() {
        var hits = 0;
        for (var actor : actors()) {
            if (actor.refusalToAsk().isPresent()) {
                continue;
            }
            for (var n = 0; n < 6; n++) {
                var letter = any(letters);
                var edition = any(letter.editions());
                var title = edition.terms().title().texts().get("de");
                var holders = ids(each -> each.editions().stream()
                        .anyMatch(one ->
                                one.terms().title().equals(edition.terms().title()) && sees(actor, each, one)));
                List<Map<String, Object>> found = asked.data(
                        actor,
                        "query ($text: String) { letters(filter: { text: $text }) { nodes { id } } }",
                        Map.of("text", Objects.requireNonNull(title)),
                        "letters",
                        "nodes");
                assertThat(found.stream().map(node -> node.get("id")))
                        .as(
                                "%s for %s",
                                title, actor.tokens(LetterAudience.RELATIONS).keySet())
                        .containsExactlyInAnyOrderElementsOf(holders.stream()
                                .map(id -> LetterSteps.globalId(new LetterId(id)))
                                .toList());
                hits += found.size();
            }
        }
        assertThat(hits).isGreaterThan(50);
    }

    /** Each token alone: what its holders see of a letter, and with it as a party of what. */
    @Test
    void facetsAreOfTheEditionsThatTheHoldersOfTheirTokenSee() {
        var stranger = PartnerId.next();
        var tokens = new HashMap<String, Predicate<Sight>>();
        tokens.put("public", sight -> sight.isPublished(LetterVisibility.PUBLIC));
        tokens.put("consortium", sight -> sight.isPublished(LetterVisibility.CONSORTIUM));
        tokens.put("office", sight -> !sight.isDraft());
        Stream.concat(PARTNERS.stream(), Stream.of(stranger)).forEach(partner -> {
            tokens.put(
                    "owner:" + partner.value(),
                    sight -> sight.letter().initiator().equals(partner));
            tokens.put(
                    "party:" + partner.value(),
                    sight -> !sight.isDraft() && sight.names(partner) && isNow(partner, sight.letter()));
            tokens.put(
                    "former:" + partner.value(),
                    sight -> !sight.isDraft() && sight.names(partner) && !isNow(partner, sight.letter()));
        });
        tokens.forEach((token, seen) -> {
            for (var state : EditionState.values()) {
                assertThat(found(Filters.in(DerivedPaths.FACETS, token + " state=" + state)))
                        .as("%s %s", token, state)
                        .isEqualTo(ids(letter -> letter.editions().stream()
                                .filter(edition -> edition.state() == state)
                                .anyMatch(edition -> seen.test(new Sight(letter, edition)))));
            }
            for (var partner : PARTNERS) {
                assertThat(found(Filters.in(DerivedPaths.FACETS, token + " parties=" + partner.value())))
                        .as("%s %s", token, partner)
                        .isEqualTo(ids(letter -> letter.editions().stream()
                                .map(edition -> new Sight(letter, edition))
                                .filter(seen)
                                .anyMatch(sight -> token.contains(":") || token.equals("office")
                                        ? sight.names(partner)
                                        : sight.hasParty(partner))));
            }
            assertThat(found(Filters.in(DerivedPaths.FACETS, token + " awaitingMyAnswer=true")))
                    .as("%s awaited", token)
                    .isEqualTo(ids(letter -> PARTNERS.stream()
                            .filter(partner -> token.equals("party:" + partner.value()))
                            .anyMatch(partner -> isAwaited(partner, letter))));
        });
    }

    /** Who holds a relation also sees what everybody sees, and a former party, being a member, what members see. */
    private static boolean isAwaited(PartnerId partner, LetterOfIntent letter) {
        return letter.editions().stream()
                .anyMatch(edition -> edition.answers().stream()
                        .filter(answer -> answer.partner().equals(partner))
                        .filter(answer -> !GIVEN.contains(answer.state()))
                        .anyMatch(answer -> waits(edition, answer)));
    }

    private static boolean waits(Edition edition, Answer answer) {
        return edition.state() == EditionState.OFFERED
                || (edition.state() == EditionState.IN_FORCE
                        && answer.requirement() == Requirement.OPTIONAL
                        && !edition.notices().contains(Notice.CLOSED_TO_OPTIONAL));
    }

    private record Sight(LetterOfIntent letter, Edition edition) {

        boolean isDraft() {
            return edition.state() == EditionState.DRAFT;
        }

        boolean isPublished(LetterVisibility atLeast) {
            return !isDraft() && published(letter, edition).compareTo(atLeast) >= 0;
        }

        boolean names(PartnerId partner) {
            return edition.terms().partners().contains(partner);
        }

        boolean hasParty(PartnerId partner) {
            return edition.answers().stream()
                    .anyMatch(answer -> answer.partner().equals(partner)
                            && answer.state() == AnswerState.SIGNED
                            && answer.until() == null);
        }
    }

    private Set<UUID> ids(Predicate<LetterOfIntent> which) {
        return letters.stream().filter(which).map(letter -> letter.id().value()).collect(Collectors.toSet());
    }

    private Set<UUID> found(Bson filter) {
        return mongo.getCollection("letters")
                .find(filter)
                .projection(Projections.include("_id"))
                .map((Document letter) -> letter.get("_id", UUID.class))
                .into(new HashSet<>());
    }
}
