package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.projects.ProjectVerb;
import de.smartcity.consortium.projects.ProjectVerb.Person;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one project as {@code docs/projects.md} has them, written down once more: partners, people and files are numbers, days pass one by
 * one, and an invitation is known by the digest that was shown of it.
 */
public final class ProjectModel {

    public static final String FORBIDDEN = "FORBIDDEN";
    public static final String CONFLICT = "CONFLICT";

    private static final List<ProjectPhase> WAY = List.of(
            ProjectPhase.IDEA,
            ProjectPhase.CONCEPT,
            ProjectPhase.PREPARATION,
            ProjectPhase.EXECUTION,
            ProjectPhase.CLOSING,
            ProjectPhase.COMPLETED);

    private final IntFunction<Person> people;
    private final boolean recorded;
    private final Map<Integer, PartnerStatus> statuses = new TreeMap<>();
    private final Map<GateKind, GateState> gates = new EnumMap<>(GateKind.class);
    private final List<Taking> takings = new ArrayList<>();
    private final Map<Integer, Integer> files = new LinkedHashMap<>();
    private final List<Copy> copies = new ArrayList<>();
    private LocalDate day;
    private ProjectPhase phase;
    private boolean paused;
    private boolean complete = true;
    private boolean withContact = true;
    private String mark;
    private @Nullable LocalDate startedOn;
    private @Nullable LocalDate endedOn;
    private @Nullable Offer offer;
    private boolean unable;
    private long version;
    private boolean changed;

    /** The coordination that was offered. */
    public record Offer(int to, boolean byOffice) {}

    /** Somebody who was named to consent. */
    public record Named(boolean deputy, @Nullable LocalDate until, boolean accepted) {}

    /** A member as a copy has it. */
    public record Was(
            int partner,
            ProjectRole role,
            LocalDate since,
            @Nullable LocalDate until) {}

    /** What a partner kept that has left. */
    public record Copy(
            int partner,
            LocalDate on,
            ProjectPhase phase,
            String mark,
            Map<GateKind, GateState> gates,
            List<Was> members,
            List<Integer> files) {}

    /** A partner's taking part, or its being asked to. */
    public static final class Taking {

        final int partner;
        final TreeMap<LocalDate, ProjectRole> roles = new TreeMap<>();
        final Map<Integer, Named> named = new LinkedHashMap<>();
        MembershipState state;

        @Nullable
        String digest;

        @Nullable
        LocalDate answerBy;

        @Nullable
        LocalDate offeredSince;

        @Nullable
        LocalDate since;

        @Nullable
        LocalDate leavingOn;

        @Nullable
        LocalDate until;

        Taking(int partner, MembershipState state) {
            this.partner = partner;
            this.state = state;
        }

        private Taking(Taking other) {
            this(other.partner, other.state);
            roles.putAll(other.roles);
            named.putAll(other.named);
            digest = other.digest;
            answerBy = other.answerBy;
            offeredSince = other.offeredSince;
            since = other.since;
            leavingOn = other.leavingOn;
            until = other.until;
        }

        ProjectRole role() {
            return roles.lastEntry().getValue();
        }

        boolean coordinates() {
            return isMember() && role() == ProjectRole.COORDINATOR;
        }

        boolean isMember() {
            return state == MembershipState.ACTIVE || state == MembershipState.LEAVING;
        }

        boolean isAsked() {
            return state == MembershipState.INVITED;
        }

        /** Whether the partner is a member or is asked to be one. */
        public boolean isPresent() {
            return isAsked() || isMember();
        }

        void end(MembershipState as) {
            state = as;
            leavingOn = null;
            named.clear();
        }

        public int partner() {
            return partner;
        }

        public MembershipState state() {
            return state;
        }

        public Map<LocalDate, ProjectRole> roles() {
            return roles;
        }

        public Map<Integer, Named> named() {
            return named;
        }

        public @Nullable LocalDate since() {
            return since;
        }

        public @Nullable LocalDate leavingOn() {
            return leavingOn;
        }

        public @Nullable LocalDate until() {
            return until;
        }
    }

    /** A project that has just begun. @param people by number @param recorded whether the office recorded it */
    public ProjectModel(
            IntFunction<Person> people,
            Map<Integer, PartnerStatus> statuses,
            boolean recorded,
            ProjectPhase phase,
            @Nullable LocalDate startedOn,
            String mark,
            LocalDate day) {
        this.people = people;
        this.statuses.putAll(statuses);
        this.recorded = recorded;
        this.phase = phase;
        this.startedOn = startedOn;
        this.mark = mark;
        this.day = day;
    }

    private ProjectModel(ProjectModel other) {
        this(other.people, other.statuses, other.recorded, other.phase, other.startedOn, other.mark, other.day);
        gates.putAll(other.gates);
        other.takings.forEach(taking -> takings.add(new Taking(taking)));
        files.putAll(other.files);
        copies.addAll(other.copies);
        paused = other.paused;
        complete = other.complete;
        withContact = other.withContact;
        endedOn = other.endedOn;
        offer = other.offer;
        unable = other.unable;
        version = other.version;
    }

    public ProjectModel copy() {
        return new ProjectModel(this);
    }

    /** The partner that begins the project, and coordinates it. */
    public void begin(int partner) {
        var taking = new Taking(partner, MembershipState.ACTIVE);
        taking.roles.put(day, ProjectRole.COORDINATOR);
        taking.since = day;
        takings.add(taking);
    }

    /** A partner that is asked. */
    public void ask(int partner, ProjectRole role, LocalDate answerBy, @Nullable LocalDate since) {
        takings.removeIf(taking -> taking.partner == partner && taking.since == null);
        var taking = new Taking(partner, MembershipState.INVITED);
        taking.roles.put(day, role);
        taking.answerBy = answerBy;
        taking.offeredSince = since;
        takings.add(taking);
    }

    /** What identifies the invitation that a partner was shown. */
    public void show(int partner, String digest) {
        present(partner).orElseThrow().digest = digest;
    }

    /** Somebody suspends a partner, reinstates it, or says that it has departed. */
    public void become(int partner, PartnerStatus status) {
        statuses.put(partner, status);
    }

    /**
     * What refuses a verb: FORBIDDEN, CONFLICT or rules, of which the answer names one or more; empty if nothing does.
     *
     * @param today when it is tried
     */
    public Set<String> refusals(ProjectVerb verb, LocalDate today) {
        var then = copy();
        then.pass(today);
        return then.refusals(verb);
    }

    /** Does what nothing refuses. */
    public void make(ProjectVerb verb, LocalDate today) {
        changed = false;
        pass(today);
        act(verb, people.apply(verb.person()));
        version += changed ? 1 : 0;
    }

    /** Does what is due. @return whether anything was */
    public boolean settle(LocalDate today) {
        changed = false;
        pass(today);
        version += changed ? 1 : 0;
        return changed;
    }

    /** Takes over what has become of the partners. @return whether it changed anything */
    public boolean follow(LocalDate today) {
        changed = false;
        pass(today);
        if (!hasEnded()) {
            for (var taking : takings) {
                if (taking.isPresent() && statuses.get(taking.partner) == PartnerStatus.DEPARTED) {
                    depart(taking);
                }
            }
            var now = coordinator().filter(taking -> !acts(taking.partner)).isPresent();
            if (unable && !now && offer != null && offer.byOffice()) {
                offer = null;
                changed = true;
            }
            changed |= now != unable;
            unable = now;
        }
        version += changed ? 1 : 0;
        return changed;
    }

    private void depart(Taking taking) {
        if (offer != null && offer.to() == taking.partner) {
            offer = null;
            changed = true;
        }
        if (taking.isAsked()) {
            taking.end(MembershipState.LAPSED);
            changed = true;
        } else if (!taking.coordinates()) {
            leave(taking, day);
        }
    }

    /** One day after the other. */
    private void pass(LocalDate today) {
        while (day.isBefore(today)) {
            day = day.plusDays(1);
            for (var taking : takings) {
                if (taking.isAsked() && day.isAfter(Objects.requireNonNull(taking.answerBy))) {
                    taking.end(MembershipState.LAPSED);
                    changed = true;
                }
                changed |= taking.named.values().removeIf(named -> named.until() != null && day.isAfter(named.until()));
            }
            takings.stream().filter(taking -> day.equals(taking.leavingOn)).forEach(taking -> leave(taking, day));
        }
    }

    private void leave(Taking taking, LocalDate on) {
        copies.add(new Copy(
                taking.partner,
                on,
                phase,
                mark,
                Map.copyOf(gates),
                takings.stream()
                        .filter(other -> other.since != null)
                        .map(other -> new Was(other.partner, other.role(), other.since, other.until))
                        .toList(),
                List.copyOf(files.keySet())));
        taking.end(MembershipState.LEFT);
        taking.until = on;
        changed = true;
    }

    // Who may

    private boolean acts(int partner) {
        return statuses.get(partner) == PartnerStatus.ACTIVE;
    }

    private boolean editsFor(Person person, Optional<Taking> taking) {
        return taking.filter(own -> own.partner == person.partner() && acts(own.partner))
                        .isPresent()
                && person.edits();
    }

    private boolean coordinates(Person person) {
        return coordinator().isEmpty() ? person.isOffice() : editsFor(person, coordinator());
    }

    private boolean attaches(Person person) {
        return coordinates(person) || editsFor(person, present(person.partner()).filter(Taking::isMember));
    }

    private boolean signsFor(int number, int partner) {
        var person = people.apply(number);
        return person.partner() == partner && acts(partner) && person.signs() && !person.isApp();
    }

    private boolean consentsFor(int number, int partner) {
        var person = people.apply(number);
        var named = present(partner).map(taking -> taking.named.get(number)).filter(Named::accepted);
        return signsFor(number, partner)
                || (person.partner() == partner && acts(partner) && !person.isApp() && named.isPresent());
    }

    private boolean permits(ProjectVerb verb) {
        var number = verb.person();
        var person = people.apply(number);
        var own = person.partner();
        var present = present(own);
        var takesPart = takings.stream().anyMatch(taking -> taking.partner == own);
        return switch (verb.kind()) {
            case EDIT, ADVANCE, RETURN, PAUSE, SET_GATES -> coordinates(person);
            case RESUME, CANCEL, INVITE, WITHDRAW_INVITATION -> coordinates(person) || (person.isOffice() && unable);
            case RECORD_GATE -> person.isOffice() || coordinates(person);
            case ATTACH -> attaches(person);
            case REMOVE ->
                files.containsKey(verb.file())
                        ? coordinates(person) || (attaches(person) && Objects.equals(files.get(verb.file()), own))
                        : attaches(person);
            case APPOINT -> person.isOffice();
            case HAND_OVER ->
                coordinator()
                        .filter(taking -> consentsFor(number, taking.partner))
                        .isPresent();
            case WITHDRAW_HAND_OVER ->
                (person.isOffice() && (offer == null || offer.byOffice()))
                        || coordinator()
                                .filter(taking -> consentsFor(number, taking.partner))
                                .isPresent();
            // Whoever consents for a partner that was asked once learns what has become of it.
            case ACCEPT, DECLINE, ACCEPT_COORDINATION, DECLINE_COORDINATION, LEAVE, WITHDRAW_LEAVE ->
                takesPart && consentsFor(number, own);
            case NAME -> present.isPresent() && signsFor(number, own);
            // Whoever was not named learns just that.
            case ACCEPT_REPRESENTATION -> present.isPresent() && acts(own) && !person.isApp();
            case END_REPRESENTATION ->
                present.isPresent()
                        && (signsFor(number, own) || (acts(own) && verb.account() == number && !person.isApp()));
        };
    }

    // What is possible

    private Set<String> refusals(ProjectVerb verb) {
        if (!permits(verb)) {
            return Set.of(FORBIDDEN);
        }
        if (hasEnded()) {
            return Set.of("project.ended");
        }
        var refusals = new TreeSet<String>();
        if (paused) {
            switch (verb.kind()) {
                case EDIT, RETURN, PAUSE, CANCEL, SET_GATES, RECORD_GATE, ATTACH, REMOVE -> {
                    return Set.of("project.paused");
                }
                case ADVANCE -> refusals.add("project.paused");
                default -> {}
            }
        }
        var own = present(people.apply(verb.person()).partner());
        switch (verb.kind()) {
            case EDIT -> unless(verb.version() == version, CONFLICT, refusals);
            case ADVANCE -> refuseToAdvance(verb.demandPhase(), refusals);
            case RETURN ->
                unless(
                        WAY.indexOf(phase) > 0 && WAY.get(WAY.indexOf(phase) - 1) == verb.phase(),
                        "phase.notNext",
                        refusals);
            case RESUME -> unless(paused, "project.notPaused", refusals);
            case SET_GATES ->
                gates.forEach((kind, state) ->
                        unless(verb.gates().contains(kind) || state == GateState.OPEN, "gate.recorded", refusals));
            case RECORD_GATE -> unless(gates.containsKey(verb.gate()), "gate.unknown", refusals);
            case ATTACH -> {
                unless(!files.containsKey(verb.file()), "file.twice", refusals);
                unless(files.size() < 50, "files.many", refusals);
            }
            case REMOVE -> unless(files.containsKey(verb.file()), "file.unknown", refusals);
            case INVITE -> refuseToInvite(verb, refusals);
            case WITHDRAW_INVITATION ->
                unless(
                        takings.stream()
                                .anyMatch(taking ->
                                        taking.isAsked() && verb.digest().equals(taking.digest)),
                        CONFLICT,
                        refusals);
            case ACCEPT, DECLINE ->
                unless(
                        own.filter(taking -> taking.isAsked() && verb.digest().equals(taking.digest))
                                .isPresent(),
                        CONFLICT,
                        refusals);
            case HAND_OVER -> {
                unless(offer == null, "handOver.open", refusals);
                unless(canSucceed(verb.partner()), "handOver.member", refusals);
            }
            case APPOINT -> {
                unless(coordinator().filter(taking -> acts(taking.partner)).isEmpty(), "coordinator.able", refusals);
                unless(
                        takings.stream()
                                .noneMatch(taking -> taking.isAsked() && taking.role() == ProjectRole.COORDINATOR),
                        "coordinator.unconfirmed",
                        refusals);
                unless(canSucceed(verb.partner()), "handOver.member", refusals);
                unless(acts(verb.partner()), "member.status", refusals);
            }
            case WITHDRAW_HAND_OVER -> unless(offer != null, "handOver.none", refusals);
            case ACCEPT_COORDINATION, DECLINE_COORDINATION ->
                unless(
                        offer != null
                                && offer.to() == people.apply(verb.person()).partner(),
                        "handOver.none",
                        refusals);
            case LEAVE -> {
                var on = verb.day();
                unless(on == null || (!on.isBefore(day) && !on.isAfter(day.plusYears(2))), "on.range", refusals);
                unless(is(own, MembershipState.ACTIVE), "membership.state", refusals);
                unless(own.filter(Taking::coordinates).isEmpty(), "coordinator.leaves", refusals);
            }
            case WITHDRAW_LEAVE -> unless(is(own, MembershipState.LEAVING), "membership.state", refusals);
            case NAME -> {
                unless(!Objects.equals(verb.deputy(), verb.account()), "deputy.same", refusals);
                unless(verb.day() == null || !verb.day().isBefore(day), "until.past", refusals);
            }
            case ACCEPT_REPRESENTATION ->
                unless(
                        own.map(taking -> taking.named.get(verb.person()))
                                .filter(named -> !named.accepted())
                                .isPresent(),
                        "representation.none",
                        refusals);
            case END_REPRESENTATION ->
                unless(
                        own.filter(taking -> taking.named.containsKey(verb.account()))
                                .isPresent(),
                        "representation.none",
                        refusals);
            case PAUSE, CANCEL -> {}
        }
        return refusals;
    }

    private static void unless(boolean holds, String refusal, Set<String> refusals) {
        if (!holds) {
            refusals.add(refusal);
        }
    }

    private static boolean is(Optional<Taking> taking, MembershipState state) {
        return taking.filter(own -> own.state == state).isPresent();
    }

    private boolean canSucceed(int partner) {
        return present(partner)
                .filter(taking -> taking.state == MembershipState.ACTIVE && !taking.coordinates())
                .isPresent();
    }

    private void refuseToAdvance(ProjectPhase to, Set<String> refusals) {
        if (WAY.indexOf(to) != WAY.indexOf(phase) + 1) {
            refusals.clear();
            refusals.add("phase.notNext");
            return;
        }
        var passed = gates.values().stream().allMatch(state -> state == GateState.PASSED || state == GateState.WAIVED);
        switch (to) {
            case CONCEPT -> {
                unless(complete, "summary.required", refusals);
                unless(complete, "areas.required", refusals);
            }
            case PREPARATION -> {
                unless(takings.stream().filter(Taking::isMember).count() >= 2, "members.few", refusals);
                unless(complete, "plannedStartsOn.required", refusals);
                unless(complete, "plannedEndsOn.required", refusals);
            }
            case EXECUTION -> unless(passed, "gate.open", refusals);
            case COMPLETED -> {
                unless(passed, "gate.open", refusals);
                unless(takings.stream().noneMatch(Taking::isAsked), "invitation.open", refusals);
                unless(offer == null, "handOver.open", refusals);
            }
            default -> {}
        }
    }

    private void refuseToInvite(ProjectVerb verb, Set<String> refusals) {
        var answerBy = Objects.requireNonNull(verb.day());
        var since = verb.since();
        unless(acts(verb.partner()), "member.status", refusals);
        unless(present(verb.partner()).isEmpty(), "member.present", refusals);
        unless(
                verb.role() != ProjectRole.COORDINATOR
                        || (offer == null
                                && takings.stream()
                                        .noneMatch(taking ->
                                                taking.isPresent() && taking.role() == ProjectRole.COORDINATOR)),
                "role.coordinator",
                refusals);
        unless(since == null || (recorded && coordinator().isEmpty()), "since.unexpected", refusals);
        unless(since == null || !since.isAfter(day), "since.future", refusals);
        unless(!answerBy.isBefore(day), "answerBy.past", refusals);
        unless(!answerBy.isAfter(day.plusDays(366)), "answerBy.far", refusals);
    }

    // What it does

    private void act(ProjectVerb verb, Person person) {
        var own = present(person.partner());
        changed |= verb.kind() != ProjectVerb.Kind.EDIT
                && verb.kind() != ProjectVerb.Kind.SET_GATES
                && verb.kind() != ProjectVerb.Kind.NAME;
        switch (verb.kind()) {
            case EDIT -> {
                // The mark is new.
                changed = true;
                mark = verb.mark();
                complete = verb.complete();
                withContact = true;
            }
            case ADVANCE, RETURN -> enter(verb.demandPhase());
            case PAUSE -> paused = true;
            case RESUME -> paused = false;
            case CANCEL -> {
                enter(ProjectPhase.CANCELLED);
                takings.stream().filter(Taking::isAsked).forEach(taking -> taking.end(MembershipState.WITHDRAWN));
                offer = null;
            }
            case SET_GATES -> {
                changed |= !gates.keySet().equals(verb.gates());
                gates.keySet().retainAll(verb.gates());
                verb.gates().forEach(kind -> gates.putIfAbsent(kind, GateState.OPEN));
            }
            case RECORD_GATE -> gates.put(Objects.requireNonNull(verb.gate()), Objects.requireNonNull(verb.decision()));
            case ATTACH -> files.put(verb.file(), person.partner());
            case REMOVE -> files.remove(verb.file());
            case INVITE ->
                ask(
                        verb.partner(),
                        Objects.requireNonNull(verb.role()),
                        Objects.requireNonNull(verb.day()),
                        verb.since());
            case WITHDRAW_INVITATION ->
                takings.stream()
                        .filter(taking -> taking.isAsked() && verb.digest().equals(taking.digest))
                        .forEach(taking -> taking.end(MembershipState.WITHDRAWN));
            case ACCEPT -> join(own.orElseThrow());
            case DECLINE -> own.orElseThrow().end(MembershipState.DECLINED);
            case HAND_OVER -> offer = new Offer(verb.partner(), false);
            case APPOINT -> offer = new Offer(verb.partner(), true);
            case WITHDRAW_HAND_OVER, DECLINE_COORDINATION -> offer = null;
            case ACCEPT_COORDINATION -> {
                coordinator().ifPresent(former -> former.roles.put(day, ProjectRole.PARTNER));
                own.orElseThrow().roles.put(day, ProjectRole.COORDINATOR);
                offer = null;
                withContact = false;
                unable = false;
            }
            case LEAVE -> leaving(own.orElseThrow(), verb.day() == null ? day.plusMonths(3) : verb.day());
            case WITHDRAW_LEAVE -> {
                own.orElseThrow().state = MembershipState.ACTIVE;
                own.orElseThrow().leavingOn = null;
            }
            case NAME -> name(own.orElseThrow(), verb);
            case ACCEPT_REPRESENTATION ->
                own.orElseThrow()
                        .named
                        .computeIfPresent(
                                verb.person(), (number, named) -> new Named(named.deputy(), named.until(), true));
            case END_REPRESENTATION -> own.orElseThrow().named.remove(verb.account());
        }
    }

    private void enter(ProjectPhase to) {
        phase = to;
        if (to == ProjectPhase.EXECUTION && startedOn == null) {
            startedOn = day;
        }
        if (to == ProjectPhase.PREPARATION) {
            startedOn = null;
        }
        if (hasEnded()) {
            endedOn = day;
        }
    }

    private void join(Taking taking) {
        var role = taking.role();
        taking.since = taking.offeredSince == null ? day : taking.offeredSince;
        taking.state = MembershipState.ACTIVE;
        taking.roles.clear();
        taking.roles.put(taking.since, role);
    }

    private void leaving(Taking taking, LocalDate on) {
        if (offer != null && offer.to() == taking.partner) {
            offer = null;
        }
        taking.state = MembershipState.LEAVING;
        taking.leavingOn = on;
        if (on.equals(day)) {
            leave(taking, day);
        }
    }

    private void name(Taking taking, ProjectVerb verb) {
        var before = Map.copyOf(taking.named);
        var named = new LinkedHashMap<Integer, Named>();
        Stream.of(Optional.of(verb.account()), Optional.ofNullable(verb.deputy()))
                .flatMap(Optional::stream)
                .forEach(account -> named.put(
                        account,
                        new Named(
                                !account.equals(verb.account()),
                                verb.day(),
                                before.containsKey(account)
                                        && before.get(account).accepted())));
        changed |= !List.copyOf(named.entrySet()).equals(List.copyOf(taking.named.entrySet()));
        taking.named.clear();
        taking.named.putAll(named);
    }

    // What can be seen

    public boolean hasEnded() {
        return phase == ProjectPhase.COMPLETED || phase == ProjectPhase.CANCELLED;
    }

    public Optional<Taking> coordinator() {
        return takings.stream().filter(Taking::coordinates).findFirst();
    }

    public Optional<Taking> present(int partner) {
        return takings.stream()
                .filter(taking -> taking.partner == partner && taking.isPresent())
                .findFirst();
    }

    public List<Taking> takings() {
        return takings;
    }

    public ProjectPhase phase() {
        return phase;
    }

    /** The phase after this one; null if there is none. */
    public @Nullable ProjectPhase next() {
        var index = WAY.indexOf(phase);
        return index < 0 || index == WAY.size() - 1 ? null : WAY.get(index + 1);
    }

    public boolean isPaused() {
        return paused;
    }

    public boolean hasContact() {
        return withContact;
    }

    public String mark() {
        return mark;
    }

    public @Nullable LocalDate startedOn() {
        return startedOn;
    }

    public @Nullable LocalDate endedOn() {
        return endedOn;
    }

    public @Nullable Offer offer() {
        return offer;
    }

    public Map<GateKind, GateState> gates() {
        return gates;
    }

    /** Files, each with the partner that attached it. */
    public Map<Integer, Integer> files() {
        return files;
    }

    public List<Copy> copies() {
        return copies;
    }

    public long version() {
        return version;
    }

    public boolean canAct(int partner) {
        return acts(partner);
    }

    /** What waits for whom: the kind of the task, the partner and the person by number or the role, and until when. */
    public Set<String> tasks() {
        var tasks = new HashSet<String>();
        if (hasEnded()) {
            return tasks;
        }
        for (var taking : takings) {
            if (taking.isAsked()) {
                var confirms = taking.offeredSince != null
                        || (coordinator().isEmpty() && taking.role() == ProjectRole.COORDINATOR);
                consent(
                        confirms ? "CONFIRM_PROJECT_MEMBERSHIP" : "ANSWER_PROJECT_INVITATION",
                        taking,
                        taking.answerBy,
                        tasks);
            }
            if (taking.isPresent()) {
                taking.named.forEach((number, named) -> {
                    if (!named.accepted()) {
                        tasks.add("ACCEPT_REPRESENTATION " + taking.partner + " " + number + " " + named.until());
                    }
                });
            }
            if (offer != null && taking.isMember() && offer.to() == taking.partner) {
                consent("ACCEPT_COORDINATION", taking, null, tasks);
            }
        }
        takings.stream()
                .filter(Taking::isMember)
                .flatMap(taking -> Stream.ofNullable(taking.leavingOn))
                .min(LocalDate::compareTo)
                .ifPresent(first -> coordinator()
                        .ifPresent(
                                taking -> tasks.add("PROJECT_MEMBER_LEAVING " + taking.partner + " EDITOR " + first)));
        if (coordinator().isEmpty()
                && takings.stream().noneMatch(taking -> taking.isAsked() && taking.role() == ProjectRole.COORDINATOR)) {
            tasks.add("NAME_COORDINATOR office null null");
        }
        if (coordinator().isPresent() && unable) {
            tasks.add("APPOINT_COORDINATOR office null null");
        }
        return tasks;
    }

    private static void consent(String kind, Taking taking, @Nullable LocalDate until, Set<String> tasks) {
        tasks.add(kind + " " + taking.partner + " SIGNATORY " + until);
        taking.named.forEach((number, named) -> {
            if (named.accepted()) {
                tasks.add(kind + " " + taking.partner + " " + number + " " + until);
            }
        });
    }
}
