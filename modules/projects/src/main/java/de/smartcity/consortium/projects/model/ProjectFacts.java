package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts about a project that permissions, audiences and phases need; implemented by the aggregate and the stored record. */
public interface ProjectFacts {

    /** The project's id. */
    ProjectId id();

    /** What its coordinator writes about it; its visibility, and for phases all of it. */
    ProjectContent content();

    /** Where it stands. */
    ProjectPhase phase();

    /** Whether it is paused. */
    boolean paused();

    /** The gates that apply. */
    List<Gate> gates();

    /** All memberships; of each at least partner, roles, state and representatives. */
    List<Membership> memberships();

    /** The offer of the coordination that waits for an answer; null for none. */
    @Nullable
    HandOver handOver();

    /** Whether the coordinator's partner is SUSPENDED or DEPARTED, as known last. */
    boolean coordinatorUnable();

    /** The member that coordinates it; empty until the coordinator of a recorded project has confirmed. */
    default Optional<PartnerId> coordinator() {
        return members()
                .filter(each -> each.role() == ProjectRole.COORDINATOR)
                .map(Membership::partner)
                .findFirst();
    }

    /** The membership of a partner that is a member or is invited. */
    default Optional<Membership> present(PartnerId partner) {
        return memberships().stream()
                .filter(each -> each.state().isPresent() && each.partner().equals(partner))
                .findFirst();
    }

    /** Those that are members now. */
    default Stream<Membership> members() {
        return memberships().stream().filter(each -> each.state().isMember());
    }

    /** Those that are invited now. */
    default Stream<Membership> invited() {
        return memberships().stream().filter(each -> each.state() == MembershipState.INVITED);
    }
}
