package de.smartcity.consortium.projects.model;

import java.util.ArrayList;
import java.util.List;

/** What must be there before a project goes on to its next phase. */
public final class PhaseRequirements {

    private static final int MIN_MEMBERS = 2;

    private PhaseRequirements() {}

    /** What is missing for this phase; empty if nothing is. */
    public static List<Requirement> missing(ProjectPhase next, ProjectFacts project) {
        var missing = new ArrayList<Requirement>();
        demand(!project.paused(), "project.paused", "The project is paused.", List.of("paused"), missing);
        switch (next) {
            case CONCEPT -> demandConcept(project.content(), missing);
            case PREPARATION -> demandPreparation(project, missing);
            case EXECUTION -> demandGates(project, missing);
            case COMPLETED -> demandCompletion(project, missing);
            case IDEA, CLOSING, CANCELLED -> {}
        }
        return List.copyOf(missing);
    }

    private static void demandConcept(ProjectContent content, List<Requirement> missing) {
        var summary = content.summary();
        demand(
                summary != null && !summary.texts().isEmpty(),
                "summary.required",
                "The project needs a summary.",
                List.of("summary"),
                missing);
        demand(
                !content.areas().isEmpty(),
                "areas.required",
                "The project needs an area of activity.",
                List.of("areas"),
                missing);
    }

    private static void demandPreparation(ProjectFacts project, List<Requirement> missing) {
        demand(
                project.members().count() >= MIN_MEMBERS,
                "members.few",
                "The project needs at least " + MIN_MEMBERS + " members.",
                List.of("members"),
                missing);
        demand(
                project.content().plannedStartsOn() != null,
                "plannedStartsOn.required",
                "Plan the first day.",
                List.of("plannedStartsOn"),
                missing);
        demand(
                project.content().plannedEndsOn() != null,
                "plannedEndsOn.required",
                "Plan the last day.",
                List.of("plannedEndsOn"),
                missing);
    }

    private static void demandGates(ProjectFacts project, List<Requirement> missing) {
        for (var gate : project.gates()) {
            demand(
                    gate.state().isPassed(),
                    "gate.open",
                    "The gate " + gate.kind() + " is " + gate.state() + ".",
                    List.of("gates", gate.kind().name()),
                    missing);
        }
    }

    private static void demandCompletion(ProjectFacts project, List<Requirement> missing) {
        demandGates(project, missing);
        demand(
                project.invited().findAny().isEmpty(),
                "invitation.open",
                "An invitation waits for an answer: withdraw it, or wait.",
                List.of("members"),
                missing);
        demand(
                project.handOver() == null,
                "handOver.open",
                "The coordination is offered to a member: withdraw that, or wait.",
                List.of("handOver"),
                missing);
    }

    private static void demand(
            boolean holds, String code, String message, List<String> path, List<Requirement> missing) {
        if (!holds) {
            missing.add(new Requirement(code, message, path));
        }
    }
}
