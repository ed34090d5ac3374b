package de.smartcity.consortium.projects;

import de.smartcity.consortium.projects.model.GateDecision;
import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.GateState;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do with a project. Partners, people and files are numbers.
 *
 * @param person by number
 * @param mark a text that no other verb has: the acronym, reason, comment or task that it gives
 * @param version the version that an edit expects
 * @param complete whether an edit gives all that phases demand, or takes it away
 * @param phase to which it leads
 * @param gates that apply
 * @param gate whose state it records
 * @param decision the state
 * @param partner that it invites, or offers the coordination to
 * @param role of an invitation
 * @param digest of an invitation
 * @param day the last to answer or to represent, or that of leaving
 * @param since of an invitation
 * @param account who is named, or whose representation ends
 * @param deputy who is named, too
 * @param file that it attaches or removes
 */
public record ProjectVerb(
        Kind kind,
        int person,
        String mark,
        long version,
        boolean complete,
        @Nullable ProjectPhase phase,
        Set<GateKind> gates,
        @Nullable GateKind gate,
        @Nullable GateState decision,
        int partner,
        @Nullable ProjectRole role,
        String digest,
        @Nullable LocalDate day,
        @Nullable LocalDate since,
        int account,
        @Nullable Integer deputy,
        int file) {

    /** The components that an edit gives. */
    static final Set<String> EDITED =
            Set.of("acronym", "summary", "areas", "plannedStartsOn", "plannedEndsOn", "contactFunction");

    /** The verbs, with the event that each records. */
    public enum Kind {
        EDIT("PROJECT_EDITED"),
        ADVANCE("PROJECT_ADVANCED"),
        RETURN("PROJECT_RETURNED"),
        PAUSE("PROJECT_PAUSED"),
        RESUME("PROJECT_RESUMED"),
        CANCEL("PROJECT_CANCELLED"),
        SET_GATES("PROJECT_GATES_SET"),
        RECORD_GATE("PROJECT_GATE_RECORDED"),
        ATTACH("PROJECT_FILE_ATTACHED"),
        REMOVE("PROJECT_FILE_REMOVED"),
        INVITE("PROJECT_MEMBER_INVITED"),
        WITHDRAW_INVITATION("PROJECT_INVITATION_WITHDRAWN"),
        ACCEPT("PROJECT_MEMBER_JOINED"),
        DECLINE("PROJECT_INVITATION_DECLINED"),
        HAND_OVER("PROJECT_COORDINATION_OFFERED"),
        APPOINT("PROJECT_COORDINATION_OFFERED"),
        WITHDRAW_HAND_OVER("PROJECT_COORDINATION_WITHDRAWN"),
        ACCEPT_COORDINATION("PROJECT_COORDINATION_ACCEPTED"),
        DECLINE_COORDINATION("PROJECT_COORDINATION_DECLINED"),
        LEAVE("PROJECT_MEMBER_LEAVING"),
        WITHDRAW_LEAVE("PROJECT_LEAVE_WITHDRAWN"),
        NAME("PROJECT_REPRESENTATIVE_NAMED"),
        ACCEPT_REPRESENTATION("PROJECT_REPRESENTATION_ACCEPTED"),
        END_REPRESENTATION("PROJECT_REPRESENTATION_ENDED");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        String event() {
            return event;
        }

        /** Whether it may change nothing although nothing refuses it, so that there may be events of what was due alone. */
        boolean mayBeIdle() {
            return this == SET_GATES || this == NAME;
        }
    }

    /**
     * Somebody who acts.
     *
     * @param partner that the person acts for; {@value #OFFICE} for the office
     */
    public record Person(int partner, String name, boolean edits, boolean signs, boolean isApp) {

        /** In the place of a partner. */
        public static final int OFFICE = -1;

        public boolean isOffice() {
            return partner == OFFICE;
        }
    }

    /** A verb that says nothing but what is to be done. */
    public static ProjectVerb of(Kind kind, int person, String mark) {
        return new ProjectVerb(
                kind, person, mark, 0, true, null, Set.of(), null, null, 0, null, "", null, null, 0, null, 0);
    }

    public ProjectVerb editing(long expected, boolean all) {
        return new ProjectVerb(
                kind, person, mark, expected, all, phase, gates, gate, decision, partner, role, digest, day, since,
                account, deputy, file);
    }

    public ProjectVerb to(ProjectPhase other) {
        return new ProjectVerb(
                kind, person, mark, version, complete, other, gates, gate, decision, partner, role, digest, day, since,
                account, deputy, file);
    }

    public ProjectVerb with(Set<GateKind> applying) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, applying, gate, decision, partner, role, digest, day,
                since, account, deputy, file);
    }

    public ProjectVerb deciding(GateKind which, GateState state) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, which, state, partner, role, digest, day, since,
                account, deputy, file);
    }

    public ProjectVerb toPartner(int other) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, other, role, digest, day, since,
                account, deputy, file);
    }

    public ProjectVerb offering(ProjectRole offered, LocalDate answerBy, @Nullable LocalDate from) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, partner, offered, digest, answerBy,
                from, account, deputy, file);
    }

    public ProjectVerb shown(String seen) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, partner, role, seen, day, since,
                account, deputy, file);
    }

    public ProjectVerb on(@Nullable LocalDate other) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, partner, role, digest, other,
                since, account, deputy, file);
    }

    public ProjectVerb naming(int named, @Nullable Integer second) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, partner, role, digest, day, since,
                named, second, file);
    }

    public ProjectVerb ofFile(int which) {
        return new ProjectVerb(
                kind, person, mark, version, complete, phase, gates, gate, decision, partner, role, digest, day, since,
                account, deputy, which);
    }

    /** The phase of a verb that leads to one. */
    public ProjectPhase demandPhase() {
        return Objects.requireNonNull(phase);
    }

    /** What an edit gives, with the mark as the acronym. */
    ProjectContent content() {
        var all = ProjectFixtures.with(ProjectFixtures.content(), "acronym", mark);
        return complete
                ? all
                : ProjectFixtures.with(
                        all, "summary", null, "areas", List.of(), "plannedStartsOn", null, "plannedEndsOn", null);
    }

    /** What an invitation offers, with the mark as what is asked. */
    InvitationTerms terms() {
        return new InvitationTerms(Objects.requireNonNull(role), mark, null, null, Objects.requireNonNull(day), since);
    }

    /** What was decided about the gate. */
    GateDecision gateDecision(LocalDate today) {
        var state = Objects.requireNonNull(decision);
        var decided = state == GateState.PASSED || state == GateState.CONDITIONAL;
        return new GateDecision(
                Objects.requireNonNull(gate),
                state,
                decided ? today : null,
                state == GateState.OPEN ? null : "City council",
                decided ? "26-0815" : null,
                null,
                state == GateState.CONDITIONAL ? "A second bid" : null,
                state == GateState.WAIVED ? "Below the limit" : null);
    }

    @Override
    public String toString() {
        return Stream.of(
                        kind,
                        person,
                        kind == Kind.EDIT ? version + " " + complete : null,
                        phase,
                        gates.isEmpty() ? null : gates,
                        gate,
                        decision,
                        partner == 0 ? null : partner,
                        role,
                        digest.isEmpty() ? null : digest.substring(0, 6),
                        day,
                        since,
                        account == 0 ? null : account,
                        deputy,
                        file == 0 ? null : file)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
