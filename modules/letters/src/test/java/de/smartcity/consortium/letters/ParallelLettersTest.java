package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterVerb.Kind;
import de.smartcity.consortium.letters.LetterVerb.Party;
import de.smartcity.consortium.letters.LetterVerb.Person;
import de.smartcity.consortium.letters.RandomVerbs.Shown;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.TestPropertySource;

/**
 * Twelve partners with two accounts each send random verbs to one letter at the same time, in rounds between which days may pass. Every third partner
 * signs jointly.
 */
@LetterTest
@Import(ParallelLettersTest.Time.class)
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class ParallelLettersTest {

    private static final int PARTNERS = 12;
    private static final int ROUNDS = 4;
    /**
     * So many of each person in a round that fewer than 50 verbs with a key are made in it: then each of them is recognised when it is repeated,
     * whatever others do meanwhile.
     */
    private static final int VERBS = 4;

    private static final int WITH_KEY = 40;

    private static final Set<String> OUTCOMES = Set.of(
            LetterHistory.MADE,
            "FORBIDDEN",
            "NOT_FOUND",
            "version.stale",
            "digest.stale",
            "edition.noDraft",
            "edition.notOffered",
            "edition.concluded",
            "edition.open",
            "editions.many",
            "lapsesOn.past",
            "inForceOn.past",
            "endsOn.past",
            "endsOn.early",
            "signature.sameAccount",
            "signatures.many",
            "answer.complete",
            "answer.final",
            "answer.declined",
            "reservation.none",
            "parties.few",
            "initiator.leaves",
            "notice.given",
            "notice.none");

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock clockOfRounds() {
            return new SettableClock(Instant.parse("2026-11-30T10:00:00Z"));
        }
    }

    @Autowired
    private SettableClock clock;

    @Autowired
    private ConsortiumZone zone;

    @Autowired
    private Asked asked;

    @Autowired
    private Job<LetterId> daysOfLetters;

    @Autowired
    private MongoDatabaseFactory databases;

    private final List<Partner> partners = new ArrayList<>();
    private final List<Party> parties = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();

    ParallelLettersTest(@Autowired Given given, @Autowired Written written) {
        for (var number = 0; number < PARTNERS; number++) {
            var partner = given.partner(PartnerStatus.ACTIVE);
            var needed = number % 3 == 0 ? 2 : 1;
            partners.add(needed == 2 ? written.signingJointly(partner) : partner);
            parties.add(new Party(Asked.globalId(partner), needed));
            for (var name : List.of("first", "second")) {
                var actor = Written.person(partner, name, Role.EDITOR, Role.SIGNATORY);
                actors.add(actor);
                people.add(new Person(number, actor.account().orElseThrow().value(), true, true));
            }
        }
    }

    @Test
    void aLetterIsWhatTheRulesMakeOfTheVerbsThatWereAcceptedAtOnce() throws Exception {
        var made = EnumSet.noneOf(Kind.class);
        var all = EnumSet.complementOf(EnumSet.of(Kind.DRAFT));
        // What happens at once is chance; mostly four letters are enough.
        for (var seed = 1L; seed <= 4 || (seed <= 12 && !made.equals(all)); seed++) {
            made.addAll(new Run(seed).rounds().made().keySet());
        }
        assertThat(made).isEqualTo(all);
    }

    @Test
    @Tag("long")
    void aLetterIsWhatTheRulesMakeOfTheVerbsInManyHistories() throws Exception {
        for (var seed : LongStream.range(1_000, 1_060).toArray()) {
            new Run(seed).rounds();
        }
    }

    /** One letter. */
    private final class Run {

        private final long seed;
        private final Random random;
        /** Where no days pass, the job does nothing, and the version counts the verbs. */
        private final boolean daysPass;

        private final List<RandomVerbs> verbs;
        private final Shown shown = new Shown();
        private final LetterHistory history;
        private final String letter;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.daysPass = seed % 2 == 1;
            this.verbs = IntStream.range(0, people.size())
                    .mapToObj(person -> new RandomVerbs(seed, person, people.get(person), PARTNERS, true))
                    .toList();
            var draft = verbs.getFirst().draft(today());
            this.history = new LetterHistory(parties, people, draft);
            var answer = ask(draft, new IdempotencyKey(List.of()), "");
            assertThat(Written.outcome(answer)).isEqualTo(LetterHistory.MADE);
            this.letter = String.valueOf(letter(answer).get("id"));
        }

        LetterHistory rounds() throws Exception {
            try {
                send(verbs.getFirst().offer(shown), verbs.getFirst());
                for (var round = 0; round < ROUNDS; round++) {
                    if (daysPass) {
                        clock.advance(Duration.ofDays(random.nextInt(6)));
                    }
                    round();
                }
                settle();
                assertThat(OUTCOMES).containsAll(history.outcomes().keySet());
                history.check(
                        databases.getMongoDatabase(), Written.letterId(letter).value(), today(), daysPass);
                assertVerified();
            } catch (AssertionError failed) {
                throw new AssertionError("Seed " + seed + ": " + history.outcomes(), failed);
            }
            return history;
        }

        private void round() throws Exception {
            var calls = new ArrayList<Callable<Boolean>>();
            for (var person = 0; person < people.size(); person++) {
                var own = verbs.get(person);
                calls.add(() -> {
                    for (var n = 0; n < VERBS; n++) {
                        send(own.next(shown, today()), own);
                    }
                    return true;
                });
            }
            if (daysPass) {
                calls.add(() -> {
                    settle();
                    return true;
                });
            }
            Collections.shuffle(calls, random);
            Asked.together(calls);
        }

        private void settle() {
            if (daysPass) {
                daysOfLetters.verb().accept(Written.letterId(letter), new Moment(clock.instant(), zone.zone()));
            }
        }

        private LocalDate today() {
            return new Moment(clock.instant(), zone.zone()).today();
        }

        private void send(LetterVerb verb, RandomVerbs own) throws Exception {
            var hasKey = own.chance(WITH_KEY);
            var key = hasKey ? Asked.newKey() : new IdempotencyKey(List.of());
            Callable<String> request = () -> outcome(ask(verb, key, letter));
            var times = hasKey && own.chance(50) ? 2 : 1;
            var since = history.now();
            var outcomes = Asked.together(Collections.nCopies(times, request));
            var outcome = outcomes.contains(LetterHistory.MADE) ? LetterHistory.MADE : outcomes.getFirst();
            if (hasKey && outcome.equals(LetterHistory.MADE) && own.chance(50)) {
                assertThat(request.call()).as("%s, repeated with its key", verb).isEqualTo(outcome);
            }
            history.answered(verb, today(), since, outcome);
        }

        private Map<String, Object> ask(LetterVerb verb, IdempotencyKey key, String id) {
            return asked.ask(actors.get(verb.person()), key, verb.request(), Map.of("input", verb.input(id, parties)));
        }

        private String outcome(Map<String, Object> answer) {
            var outcome = Written.outcome(answer);
            var now = letter(answer);
            if (!now.isEmpty()) {
                var digests = new HashMap<Integer, String>();
                String inForce = null;
                for (var edition : (List<?>) Objects.requireNonNull(now.get("editions"))) {
                    var offered = (Map<?, ?>) edition;
                    if (offered.get("digest") instanceof String digest
                            && offered.get("number") instanceof Integer number) {
                        digests.put(number, digest);
                        inForce = "IN_FORCE".equals(offered.get("state")) ? digest : inForce;
                    }
                }
                shown.see(now.get("version") instanceof Integer version ? version : 0, digests, inForce);
            }
            return outcome;
        }

        /** Empty where none is shown. */
        private static Map<?, ?> letter(Map<String, Object> answer) {
            return answer.get("data") instanceof Map<?, ?> data
                            && data.values().iterator().next() instanceof Map<?, ?> payload
                            && payload.get("letter") instanceof Map<?, ?> now
                    ? now
                    : Map.of();
        }

        private void assertVerified() {
            Map<String, Object> verified = asked.data(
                    Callers.office(),
                    "query ($id: ID!) { verifyLetter(letterId: $id) { verified editions { differences } } }",
                    Map.of("id", letter),
                    "verifyLetter");
            assertThat(verified).containsEntry("verified", true);
        }
    }
}
