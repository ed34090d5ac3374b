package de.smartcity.consortium.projects;

import de.smartcity.consortium.projects.ProjectVerb.Kind;
import de.smartcity.consortium.projects.ProjectVerb.Person;
import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.GateState;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The verbs of one person on one project: mostly sensible ones, by what was shown last, and some by what was shown before or never. */
public final class RandomProjectVerbs {

    private static final List<Kind> OF_COORDINATOR = List.of(
            Kind.EDIT,
            Kind.EDIT,
            Kind.ADVANCE,
            Kind.ADVANCE,
            Kind.ADVANCE,
            Kind.RETURN,
            Kind.PAUSE,
            Kind.SET_GATES,
            Kind.RECORD_GATE,
            Kind.RECORD_GATE,
            Kind.ATTACH,
            Kind.REMOVE,
            Kind.INVITE,
            Kind.INVITE,
            Kind.INVITE,
            Kind.INVITE,
            Kind.INVITE,
            Kind.WITHDRAW_INVITATION);
    private static final List<Kind> OF_OFFICE =
            List.of(Kind.RECORD_GATE, Kind.APPOINT, Kind.APPOINT, Kind.APPOINT, Kind.WITHDRAW_HAND_OVER);
    private static final List<Kind> OF_EDITOR = List.of(Kind.ATTACH, Kind.REMOVE);
    private static final List<Kind> OF_CONSENT = List.of(
            Kind.ACCEPT,
            Kind.DECLINE,
            Kind.ACCEPT_COORDINATION,
            Kind.DECLINE_COORDINATION,
            Kind.LEAVE,
            Kind.LEAVE,
            Kind.WITHDRAW_LEAVE,
            Kind.WITHDRAW_LEAVE,
            Kind.HAND_OVER);
    private static final List<Kind> OF_COORDINATORS_CONSENT =
            List.of(Kind.HAND_OVER, Kind.HAND_OVER, Kind.HAND_OVER, Kind.WITHDRAW_HAND_OVER, Kind.LEAVE);
    private static final GateKind[] GATES = GateKind.values();
    private static final int FILES = 8;

    private final Random random;
    private final int number;
    private final Person person;
    private final List<Person> people;
    private final int partners;
    private int made;

    /** @param number of the person @param people all, by number @param partners how many there are */
    public RandomProjectVerbs(long seed, int number, List<Person> people, int partners) {
        this.random = new Random(seed * 1_000 + number);
        this.number = number;
        this.person = people.get(number);
        this.people = people;
        this.partners = partners;
    }

    /**
     * What is seen of a project.
     *
     * @param coordinator by number; {@link Person#OFFICE} while nobody is
     * @param members by number
     * @param successor the partner that the coordination is offered to; null for none
     * @param paused whether it is
     * @param gates those that apply
     * @param digests of the open invitations, by partner
     */
    public record Seen(
            long version,
            ProjectPhase phase,
            boolean paused,
            int coordinator,
            List<Integer> members,
            @Nullable Integer successor,
            Set<GateKind> gates,
            Map<Integer, String> digests) {}

    /** What people were shown of a project, by whichever answer came last. */
    public static final class Shown {

        private final List<String> digests = new ArrayList<>();
        private Seen last = new Seen(0, ProjectPhase.IDEA, false, Person.OFFICE, List.of(), null, Set.of(), Map.of());

        public synchronized void see(Seen seen) {
            if (seen.version() >= last.version()) {
                last = seen;
                seen.digests().values().stream()
                        .filter(digest -> !digests.contains(digest))
                        .forEach(digests::add);
            }
        }

        synchronized Seen last() {
            return last;
        }

        synchronized List<String> digests() {
            return List.copyOf(digests);
        }
    }

    /** True in so many of a hundred cases. */
    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** What the person does next. */
    public ProjectVerb next(Shown shown, LocalDate today) {
        var seen = shown.last();
        var verb = ProjectVerb.of(kind(seen), number, number + "." + made++);
        return switch (verb.kind()) {
            case PAUSE, RESUME, CANCEL, WITHDRAW_HAND_OVER, ACCEPT_COORDINATION, DECLINE_COORDINATION -> verb;
            case WITHDRAW_LEAVE, ACCEPT_REPRESENTATION -> verb;
            case EDIT ->
                verb.editing(
                        chance(90) ? seen.version() : Math.max(0, seen.version() - 1 - random.nextInt(3)), chance(85));
            case ADVANCE -> verb.to(beside(seen.phase(), 1));
            case RETURN -> verb.to(beside(seen.phase(), -1));
            case SET_GATES -> verb.with(gates(seen));
            case RECORD_GATE -> verb.deciding(GATES[random.nextInt(GATES.length)], any(List.of(GateState.values())));
            case ATTACH, REMOVE -> verb.ofFile(random.nextInt(FILES));
            case INVITE -> verb.toPartner(random.nextInt(partners)).offering(role(seen), answerBy(today), since(today));
            case ACCEPT, DECLINE -> verb.shown(digest(shown, seen.digests().get(person.partner())));
            case WITHDRAW_INVITATION ->
                verb.shown(digest(
                        shown,
                        seen.digests().isEmpty()
                                ? null
                                : any(List.copyOf(seen.digests().values()))));
            case HAND_OVER, APPOINT -> verb.toPartner(successor(seen));
            case LEAVE -> verb.on(chance(20) ? null : today.plusDays(chance(10) ? -1 : chance(5) ? 800 : day(20)));
            case NAME ->
                verb.naming(colleague(), chance(50) ? null : colleague()).on(until(today));
            case END_REPRESENTATION -> verb.naming(chance(60) ? number : colleague(), null);
        };
    }

    private Kind kind(Seen seen) {
        if (chance(4)) {
            return any(List.of(Kind.values()));
        }
        if (person.isOffice() && seen.coordinator() != Person.OFFICE) {
            return any(OF_OFFICE);
        }
        if (person.partner() == seen.coordinator() && (person.isOffice() || person.edits())) {
            if (seen.paused() && chance(50)) {
                return Kind.RESUME;
            }
            return chance(1) ? Kind.CANCEL : any(OF_COORDINATOR);
        }
        if (person.isApp() || person.edits()) {
            return any(OF_EDITOR);
        }
        if (seen.digests().containsKey(person.partner()) && chance(50)) {
            return chance(75) ? Kind.ACCEPT : Kind.DECLINE;
        }
        if (chance(20)) {
            return person.signs() ? Kind.NAME : Kind.ACCEPT_REPRESENTATION;
        }
        if (chance(10)) {
            return Kind.END_REPRESENTATION;
        }
        if (person.partner() == seen.coordinator()) {
            return any(OF_COORDINATORS_CONSENT);
        }
        if (seen.successor() != null && seen.successor() == person.partner() && chance(60)) {
            return chance(70) ? Kind.ACCEPT_COORDINATION : Kind.DECLINE_COORDINATION;
        }
        return any(OF_CONSENT);
    }

    private int successor(Seen seen) {
        return seen.members().isEmpty() || chance(20) ? random.nextInt(partners) : any(seen.members());
    }

    private ProjectPhase beside(ProjectPhase phase, int by) {
        var all = ProjectPhase.values();
        if (chance(5)) {
            return all[random.nextInt(all.length)];
        }
        return all[Math.clamp((long) phase.ordinal() + by, 0, all.length - 1)];
    }

    private Set<GateKind> gates(Seen seen) {
        var gates = EnumSet.noneOf(GateKind.class);
        gates.addAll(seen.gates());
        var some = GATES[random.nextInt(GATES.length)];
        if (!gates.remove(some)) {
            gates.add(some);
        }
        return gates;
    }

    private ProjectRole role(Seen seen) {
        if (seen.coordinator() == Person.OFFICE && !seen.digests().isEmpty() && chance(40)) {
            return ProjectRole.COORDINATOR;
        }
        return chance(seen.coordinator() == Person.OFFICE ? 50 : 3)
                ? ProjectRole.COORDINATOR
                : any(List.of(ProjectRole.PARTNER, ProjectRole.ASSOCIATED));
    }

    private LocalDate answerBy(LocalDate today) {
        return today.plusDays(chance(3) ? -1 : chance(3) ? 367 : day(15));
    }

    private @Nullable LocalDate since(LocalDate today) {
        return chance(85) ? null : today.minusDays(chance(10) ? -1 : day(400));
    }

    private @Nullable LocalDate until(LocalDate today) {
        return chance(50) ? null : today.plusDays(chance(5) ? -1 : day(15));
    }

    private int day(int bound) {
        return random.nextInt(bound);
    }

    private String digest(Shown shown, @Nullable String own) {
        if (own != null && chance(92)) {
            return own;
        }
        var all = shown.digests();
        return all.isEmpty() || chance(30)
                ? "%016x".formatted(random.nextLong()).repeat(4)
                : any(all);
    }

    /** Somebody of the same partner; the person itself, too. */
    private int colleague() {
        var colleagues = IntStream.range(0, people.size())
                .filter(other -> people.get(other).partner() == person.partner()
                        && !people.get(other).isApp())
                .boxed()
                .toList();
        return any(colleagues);
    }
}
