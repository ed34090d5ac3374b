package de.smartcity.consortium.projects;

import static de.smartcity.consortium.projects.ProjectFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.ProjectVerb.Kind;
import de.smartcity.consortium.projects.RandomProjectVerbs.Shown;
import de.smartcity.consortium.projects.application.ProjectManagement;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.JointProjects;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.ProjectCopy;
import de.smartcity.consortium.projects.model.ProjectModel;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.TestPropertySource;

/**
 * Many people send random verbs to one project at the same time, in rounds between which days pass. The events of the project say in which order those
 * were made that were accepted. In that order the rules must accept them, too, and make of them what is stored; and each that was refused must have met
 * a moment, between being sent and answered, at which the rules refuse it. A verb is known by its instant, which no other has.
 */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class ParallelProjectsTest {

    private static final int PARTNERS = 6;
    private static final int ROUNDS = 4;
    private static final int VERBS_OF_A_ROUND = 60;
    private static final int WITH_KEY = 40;
    private static final Duration PART = Duration.ofMillis(1);

    @Autowired
    private ProjectManagement management;

    @Autowired
    private JointProjects projects;

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private Job<ProjectId> daysOfProjects;

    @Autowired
    private MongoOperations mongo;

    private final List<Partner> partners;

    ParallelProjectsTest(@Autowired Given given) {
        partners = given.members(PARTNERS);
    }

    @Test
    void aProjectIsWhatTheRulesMakeOfTheVerbsThatWereAcceptedAtOnce() throws Exception {
        var made = EnumSet.noneOf(Kind.class);
        var refused = new TreeMap<String, Long>();
        for (var seed = 1L; seed <= 3; seed++) {
            var run = new Run(seed);
            run.rounds();
            made.addAll(run.made());
            run.refused().forEach((outcome, times) -> refused.merge(outcome, times, Long::sum));
        }
        assertThat(made)
                .contains(Kind.EDIT, Kind.ADVANCE, Kind.INVITE, Kind.ACCEPT, Kind.ATTACH, Kind.LEAVE, Kind.HAND_OVER);
        assertThat(refused).containsKeys("[FORBIDDEN]", "[CONFLICT]", "[phase.notNext]");
    }

    @Test
    @Tag("long")
    void aProjectIsWhatTheRulesMakeOfTheVerbsInManyHistories() throws Exception {
        for (var seed : LongStream.range(1_000, 1_060).toArray()) {
            new Run(seed).rounds();
        }
    }

    /**
     * A verb and its answer; that of no verb is the service's own, when it does what is due.
     *
     * @param since the moment at which it was sent
     * @param until the moment at which it was answered
     * @param refusals nothing if it was made
     */
    private record Sent(
            @Nullable ProjectVerb verb, LocalDate today, Instant at, int since, int until, List<String> refusals) {

        boolean isMade() {
            return refusals.isEmpty();
        }

        ProjectVerb demandVerb() {
            return Objects.requireNonNull(verb);
        }
    }

    /** One project. */
    private final class Run {

        private final long seed;
        private final Random random;
        private final ProjectCast cast = new ProjectCast(
                partners.stream().map(Partner::id).toList(), new CopyOnWriteArrayList<>(List.of(FileId.next())));
        private final List<RandomProjectVerbs> verbs = new ArrayList<>();
        private final Shown shown = new Shown();
        private final AtomicInteger moments = new AtomicInteger();
        private final AtomicInteger parts = new AtomicInteger();
        private final List<Sent> all = new CopyOnWriteArrayList<>();
        /** By the mark of the verb that invites. */
        private final Map<String, String> digests = new ConcurrentHashMap<>();

        private final ProjectId project;
        private final LocalDate begun;
        private Instant now = NOW;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            IntStream.range(0, cast.people().size())
                    .forEach(number -> verbs.add(new RandomProjectVerbs(seed, number, cast.people(), PARTNERS)));
            this.begun = today();
            this.project = management.propose(in -> ProjectFixtures.content(), Change.by(cast.actor(0), instant()));
            look();
        }

        Set<Kind> made() {
            return all.stream()
                    .filter(sent -> sent.isMade() && sent.verb() != null)
                    .map(sent -> sent.demandVerb().kind())
                    .collect(Collectors.toSet());
        }

        Map<String, Long> refused() {
            return all.stream()
                    .filter(sent -> !sent.isMade())
                    .collect(Collectors.groupingBy(sent -> sent.refusals().toString(), Collectors.counting()));
        }

        void rounds() throws Exception {
            try {
                inviteAll();
                for (var round = 0; round < ROUNDS; round++) {
                    round();
                    now = now.plus(Duration.ofDays(random.nextInt(6)));
                }
                settle();
                check();
            } catch (AssertionError failed) {
                throw new AssertionError("Seed " + seed + ": " + refused(), failed);
            }
        }

        /** The others are asked, and all but one accept. */
        private void inviteAll() throws Exception {
            for (var partner = 1; partner < PARTNERS; partner++) {
                send(ProjectVerb.of(Kind.INVITE, 0, "invite " + partner)
                        .toPartner(partner)
                        .offering(ProjectRole.PARTNER, today().plusDays(7), null));
            }
            for (var partner = 2; partner < PARTNERS; partner++) {
                var signatory = partner * ProjectCast.ACCOUNTS + 1;
                send(ProjectVerb.of(Kind.ACCEPT, signatory, "accept " + partner)
                        .shown(Objects.requireNonNull(digests.get("invite " + partner))));
            }
        }

        private void round() throws Exception {
            var picked = new TreeMap<Integer, Integer>();
            Stream.generate(() -> cast.someone(random, shown.last(), 4))
                    .limit(VERBS_OF_A_ROUND)
                    .forEach(one -> picked.merge(one, 1, Integer::sum));
            var calls = new ArrayList<Callable<Boolean>>();
            picked.forEach((person, times) -> calls.add(() -> {
                for (var n = 0; n < times; n++) {
                    send(next(verbs.get(person)));
                }
                return true;
            }));
            calls.add(() -> {
                settle();
                return true;
            });
            Collections.shuffle(calls, random);
            Asked.together(calls);
        }

        private LocalDate today() {
            return now.atZone(ProjectSteps.BERLIN).toLocalDate();
        }

        private Instant instant() {
            return now.plus(PART.multipliedBy(parts.incrementAndGet()));
        }

        private void settle() {
            var since = moments.incrementAndGet();
            var at = instant();
            daysOfProjects.verb().accept(project, new Moment(at, ProjectSteps.BERLIN));
            all.add(new Sent(null, today(), at, since, moments.incrementAndGet(), List.of()));
        }

        private ProjectVerb next(RandomProjectVerbs own) {
            var next = own.next(shown, today());
            return switch (next.kind()) {
                case ATTACH, REMOVE -> withFile(next);
                // Else most projects would end in their first round.
                case CANCEL -> next.mark().hashCode() % 10 == 0 ? next : next(own);
                default -> next;
            };
        }

        private void send(ProjectVerb verb) throws Exception {
            var actor = cast.actor(verb.person());
            var at = instant();
            var key = verb.mark().hashCode() % 100 < WITH_KEY
                    ? ChangeKey.of(actor, verb.kind().name(), seed + " " + verb.mark(), Map.of("input", verb.mark()))
                    : null;
            var change = new Change(actor, at, key);
            var since = moments.incrementAndGet();
            Callable<List<String>> request = () -> ProjectCast.refusals(() -> act(verb, change));
            var outcomes = Asked.together(Collections.nCopies(key == null ? 1 : 2, request));
            var outcome = outcomes.contains(List.<String>of()) ? List.<String>of() : outcomes.getFirst();
            all.add(new Sent(verb, today(), at, since, moments.incrementAndGet(), outcome));
            look();
        }

        /** Attaches a new one, and removes one of the last. */
        private ProjectVerb withFile(ProjectVerb verb) {
            var person = cast.people().get(verb.person());
            var files = cast.files();
            if (verb.kind() == Kind.REMOVE || person.isOffice()) {
                return verb.ofFile(Math.max(0, files.size() - 1 - verb.file()));
            }
            var file = steps.upload(partners.get(person.partner())).id();
            synchronized (files) {
                files.add(file);
                return verb.ofFile(files.size() - 1);
            }
        }

        /** What somebody sees of the project now. */
        private void look() {
            var stored = projects.findById(project).orElseThrow();
            stored.invited()
                    .map(each -> Objects.requireNonNull(each.invitation()))
                    .forEach(each -> digests.put(each.terms().asked(), each.digest()));
            shown.see(cast.seen(stored));
        }

        private void act(ProjectVerb verb, Change change) {
            var partner = cast.partners().get(verb.partner());
            switch (verb.kind()) {
                case EDIT ->
                    management.edit(
                            project, verb.version(), new Edit<>(ProjectVerb.EDITED, in -> verb.content()), change);
                case ADVANCE -> management.advance(project, verb.demandPhase(), change);
                case RETURN -> management.returnTo(project, verb.demandPhase(), in -> new Reason(verb.mark()), change);
                case PAUSE -> management.pause(project, in -> new Reason(verb.mark()), change);
                case RESUME -> management.resume(project, change);
                case CANCEL -> management.cancel(project, in -> new Reason(verb.mark()), change);
                case SET_GATES -> management.setGates(project, verb.gates(), change);
                case RECORD_GATE -> management.recordGate(project, in -> verb.gateDecision(begun), change);
                case ATTACH ->
                    management.attachFile(project, cast.files().get(verb.file()), FileAudience.MEMBERS, change);
                case REMOVE -> management.removeFile(project, cast.files().get(verb.file()), change);
                case INVITE -> management.invite(project, partner, in -> verb.terms(), change);
                case WITHDRAW_INVITATION -> management.withdrawInvitation(project, verb.digest(), change);
                case ACCEPT -> management.accept(project, verb.digest(), change);
                case DECLINE -> management.decline(project, verb.digest(), verb.mark(), change);
                case HAND_OVER -> management.handOver(project, partner, change);
                case APPOINT -> management.appoint(project, partner, in -> new Reason(verb.mark()), change);
                case WITHDRAW_HAND_OVER -> management.withdrawHandOver(project, change);
                case ACCEPT_COORDINATION -> management.acceptCoordination(project, change);
                case DECLINE_COORDINATION -> management.declineCoordination(project, change);
                case LEAVE -> management.leave(project, verb.day(), change);
                case WITHDRAW_LEAVE -> management.withdrawLeave(project, change);
                case NAME -> management.nameRepresentative(project, in -> cast.naming(verb), change);
                case ACCEPT_REPRESENTATION -> management.acceptRepresentation(project, change);
                case END_REPRESENTATION -> management.endRepresentation(project, cast.account(verb.account()), change);
            }
        }

        // Afterwards

        private void check() {
            var stored = projects.findById(project).orElseThrow();
            var types = new LinkedHashMap<Instant, List<String>>();
            for (var event : events()) {
                types.computeIfAbsent(event.getDate("at").toInstant(), at -> new ArrayList<>())
                        .add(event.getString("type"));
            }
            types.pollFirstEntry();
            var known = all.stream().collect(Collectors.toMap(Sent::at, sent -> sent));
            assertThat(types.keySet()).as("what was recorded was sent").isSubsetOf(known.keySet());
            var saved = types.keySet().stream().map(known::get).toList();
            assertInTime(saved);

            var model =
                    new ProjectModel(cast.people()::get, cast.statuses(), false, ProjectPhase.IDEA, null, "DP", begun);
            model.begin(0);
            var open = open(saved);
            explain(open, model, 0);
            for (var index = 0; index < saved.size(); index++) {
                replay(saved.get(index), model, types);
                explain(open, model, index + 1);
            }
            assertThat(open).as("answered as the rules never would: %s", saved).isEmpty();
            cast.compare(stored, copies(stored), model, saved);
        }

        private void replay(Sent sent, ProjectModel model, Map<Instant, List<String>> types) {
            var version = model.version();
            if (sent.verb() == null) {
                assertThat(model.settle(sent.today())).as("was due: %s", sent).isTrue();
                return;
            }
            var verb = sent.demandVerb();
            assertThat(sent.refusals()).as("%s", sent).isEmpty();
            assertThat(model.refusals(verb, sent.today())).as("%s", sent).isEmpty();
            if (!verb.kind().mayBeIdle()) {
                // What was due may be of the same type.
                assertThat(types.get(sent.at()))
                        .as("%s", sent)
                        .contains(verb.kind().event());
            }
            model.make(verb, sent.today());
            assertThat(model.version()).as("%s", sent).isEqualTo(version + 1);
            if (verb.kind() == Kind.INVITE && digests.containsKey(verb.mark())) {
                model.show(verb.partner(), Objects.requireNonNull(digests.get(verb.mark())));
            }
        }

        /** What was answered before another was sent was saved before it. */
        private static void assertInTime(List<Sent> saved) {
            var sentLast = 0;
            for (var sent : saved) {
                assertThat(sent.until())
                        .as("%s before what was sent after its answer", sent)
                        .isGreaterThan(sentLast);
                sentLast = Math.max(sentLast, sent.since());
            }
        }

        /** What saved nothing, with how many others were saved before it at least and at most. */
        private record Open(Sent sent, int least, int most) {}

        private List<Open> open(List<Sent> saved) {
            return all.stream()
                    .filter(sent -> !saved.contains(sent))
                    .map(sent -> new Open(
                            sent,
                            IntStream.range(0, saved.size())
                                            .filter(index -> saved.get(index).until() < sent.since())
                                            .max()
                                            .orElse(-1)
                                    + 1,
                            IntStream.range(0, saved.size())
                                    .filter(index -> saved.get(index).since() > sent.until())
                                    .min()
                                    .orElse(saved.size())))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        private void explain(List<Open> open, ProjectModel model, int saves) {
            open.removeIf(each -> each.least() <= saves && saves <= each.most() && isRight(each.sent(), model));
        }

        /** Whether the rules would answer so, too, and save nothing. */
        private static boolean isRight(Sent sent, ProjectModel model) {
            var then = model.copy();
            if (sent.verb() == null) {
                return !then.settle(sent.today());
            }
            var refusals = then.refusals(sent.demandVerb(), sent.today());
            if (!sent.isMade()) {
                return refusals.containsAll(sent.refusals());
            }
            then.make(sent.demandVerb(), sent.today());
            return refusals.isEmpty() && then.version() == model.version();
        }

        /** The events of the project in their order: those in the log, and those that still wait. */
        private List<Document> events() {
            // Before the log, so that an event that is published meanwhile is in at least one of both.
            var stored = Objects.requireNonNull(mongo.getCollection("jointProjects")
                    .find(Filters.eq("_id", project.value()))
                    .limit(1)
                    .first());
            var events = mongo.getCollection("activity")
                    .find(Filters.eq("subject", project.value()))
                    .sort(Sorts.ascending("_id"))
                    .into(new ArrayList<>());
            var published = events.stream().map(event -> event.get("event")).collect(Collectors.toSet());
            stored.get("outbox", Document.class).getList("events", Document.class).stream()
                    .filter(event -> !published.contains(event.get("_id")))
                    .forEach(events::add);
            assertThat(events.getFirst()).containsEntry("type", "PROJECT_PROPOSED");
            return events;
        }

        /** Those that memberships refer to. */
        private List<ProjectCopy> copies(JointProject stored) {
            var ids = stored.memberships().stream()
                    .map(Membership::copy)
                    .filter(Objects::nonNull)
                    .toList();
            return mongo.find(Query.query(Criteria.where("_id").in(ids)), ProjectCopy.class);
        }
    }
}
