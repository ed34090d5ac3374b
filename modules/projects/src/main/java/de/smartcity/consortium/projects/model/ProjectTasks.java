package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Task;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits for partners and the office because of a project. */
final class ProjectTasks {

    private ProjectTasks() {}

    static Collection<Task> of(ProjectFacts project) {
        if (project.phase().isEnd()) {
            return List.of();
        }
        return Stream.of(
                        project.invited()
                                .flatMap(each ->
                                        toAnswer(each, project.coordinator().isEmpty())),
                        project.memberships().stream()
                                .filter(each -> each.state().isPresent())
                                .flatMap(ProjectTasks::toRepresent),
                        ofCoordination(project),
                        ofLeaving(project),
                        ofOffice(project))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<Task> toAnswer(Membership asked, boolean unconfirmed) {
        var invitation = asked.invitation();
        if (invitation == null) {
            return Stream.of();
        }
        var terms = invitation.terms();
        var kind = terms.since() != null || (unconfirmed && terms.role() == ProjectRole.COORDINATOR)
                ? ProjectTask.CONFIRM_PROJECT_MEMBERSHIP
                : ProjectTask.ANSWER_PROJECT_INVITATION;
        return consent(kind, asked, terms.answerBy());
    }

    /** For signatories, and for each representative. */
    private static Stream<Task> consent(ProjectTask kind, Membership of, @Nullable LocalDate due) {
        return Stream.concat(
                Stream.of(new Task(kind, of.partner(), due, Role.SIGNATORY, null)),
                of.representatives().stream()
                        .filter(Representative::isAccepted)
                        .map(person -> new Task(kind, of.partner(), due, null, person.account())));
    }

    private static Stream<Task> toRepresent(Membership membership) {
        return membership.representatives().stream()
                .filter(person -> !person.isAccepted())
                .map(person -> new Task(
                        ProjectTask.ACCEPT_REPRESENTATION,
                        membership.partner(),
                        person.until(),
                        null,
                        person.account()));
    }

    private static Stream<Task> ofCoordination(ProjectFacts project) {
        var handOver = project.handOver();
        return handOver == null
                ? Stream.of()
                : project.present(handOver.to()).stream()
                        .flatMap(to -> consent(ProjectTask.ACCEPT_COORDINATION, to, null));
    }

    /** One task for the first that leaves: it sends the coordinator to the project. */
    private static Stream<Task> ofLeaving(ProjectFacts project) {
        var first = project.members()
                .map(Membership::leavingOn)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
        return first
                .flatMap(day -> project.coordinator()
                        .map(coordinator ->
                                new Task(ProjectTask.PROJECT_MEMBER_LEAVING, coordinator, day, Role.EDITOR, null)))
                .stream();
    }

    private static Stream<Task> ofOffice(ProjectFacts project) {
        if (project.coordinator().isEmpty()) {
            return project.invited().anyMatch(each -> each.role() == ProjectRole.COORDINATOR)
                    ? Stream.of()
                    : Stream.of(new Task(ProjectTask.NAME_COORDINATOR, null, null, null, null));
        }
        return project.coordinatorUnable()
                ? Stream.of(new Task(ProjectTask.APPOINT_COORDINATOR, null, null, null, null))
                : Stream.of();
    }
}
