package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.ProjectAudience;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A membership with those who see it, shown only through {@link ProjectTable}.
 *
 * @param project whose membership it is
 * @param on the day whose role is shown; null for the present one
 */
public record ShownMember(
        StoredProject project,
        Membership membership,
        @Nullable LocalDate on) {

    /** All memberships of a project. */
    static List<ShownMember> of(StoredProject project) {
        return project.memberships().stream()
                .map(each -> new ShownMember(project, each, null))
                .toList();
    }

    /** The membership of a partner that is a member or invited; null if it is neither. */
    static @Nullable ShownMember present(StoredProject project, Actor actor) {
        return actor.organisation()
                .map(Organisation::partner)
                .flatMap(project::present)
                .map(own -> new ShownMember(project, own, null))
                .orElse(null);
    }

    ShownMember on(LocalDate day) {
        return new ShownMember(project, membership, day);
    }

    DerivedFields derived() {
        return new DerivedFields(ProjectAudience.of(project, membership), null, null, null, null);
    }

    ProjectRole role() {
        return on == null ? membership.role() : membership.roleOn(on);
    }

    /** As the key of what is loaded for it; all of a project would be long to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShownMember shown
                && shown.membership.id().equals(membership.id())
                && Objects.equals(shown.on, on);
    }

    @Override
    public int hashCode() {
        return Objects.hash(membership.id(), on);
    }
}
