package de.smartcity.consortium.endtoend;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GraphQL requests about joint projects; ids are global ids. */
final class ProjectRequests {

    /** All of a member. */
    private static final String MEMBER =
            " { partner { id name } role state since leavingOn until invitation { asked digest inviter { id } } answer { account }"
                    + " representatives { account deputy acceptedAt } hiddenFields }";

    /** All of a project but its activity. */
    private static final String FIELDS =
            """
             id title titleTranslations { text } acronym summary contactFunction areas { code } phase paused startsOn plannedStartsOn
             plannedEndsOn startedOn endedOn visibility coordinator { id } gates { kind state reference reason document { id } } needs { level }
             references { value } files { file { id url } audience by { id } hiddenFields } handOver { to { id } reason } nextPhase { phase
             missing { code path } } foundingLetter { id } asLeft { at title phase members { partner { id } } files { file { id } } }
             createdAt updatedAt version viewerCanEdit viewerCanAdvance viewerCanRecordGates viewerCanInvite viewerCanAttachFiles
             viewerCanAnswer viewerCanLeave viewerCanHandOver viewerCanAnswerHandOver viewerCanWithdrawHandOver viewerCanAppointCoordinator
             viewerCanNameRepresentatives viewerCanAcceptRepresentation hiddenFields ownReferences { id version references { key } }""" + " members" + MEMBER + " later: members(on: \"2090-01-01\")" + MEMBER + " viewerMembership" + MEMBER;

    /** A fragment with all of a project. */
    static final String EVERYTHING = " fragment everything on JointProject {" + FIELDS
            + " activity(first: 5) { nodes { id type account changed reason } edges { cursor } pageInfo { hasNextPage } } }";

    private ProjectRequests() {}

    /** A day in the consortium's time zone, so many days from today. */
    static String day(int fromToday) {
        return LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(fromToday).toString();
    }

    static Request project(String id) {
        return Request.of("query ($id: ID!) { jointProject(id: $id) { id phase } }", Map.of("id", id));
    }

    static Request everythingOf(String id) {
        return Request.of(
                "query ($id: ID!) { jointProject(id: $id) { ...everything } }" + EVERYTHING, Map.of("id", id));
    }

    static Request candidates(String id) {
        return Request.of(
                "query ($id: ID!) { candidateMembers(projectId: $id) { partners { partner { id } score } uncovered { level } } }",
                Map.of("id", id));
    }

    /**
     * A page of projects.
     *
     * @param arguments in GraphQL, with the variable value
     */
    static Request projects(String arguments, String value) {
        var field = "jointProjects(" + arguments
                + ") { totalCount totalCountIsExact edges { cursor node { id } }"
                + " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        return Request.of("query ($value: String!) { " + field + " }", Map.of("value", value));
    }

    /** A change with the least input and more. */
    static Request change(String mutation, ProjectTarget target, Map<String, ?> more) {
        return Request.of(document(mutation), Map.of("input", input(mutation, target, more)));
    }

    static String document(String mutation) {
        var shown = mutation.equals("setOwnReferences")
                ? "ownReferences { version }"
                : "project { id version members { partner { id } invitation { digest } } }";
        return "mutation ($input: " + Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input!) { "
                + mutation + "(input: $input) { " + shown + " userErrors { code rule message path currentVersion } } }";
    }

    /** The least input with which a change of a project is accepted in its state, and more. */
    static Map<String, Object> input(String mutation, ProjectTarget target, Map<String, ?> more) {
        var input = least(mutation, target);
        input.putAll(more);
        return input;
    }

    private static Map<String, Object> least(String mutation, ProjectTarget target) {
        if (List.of("proposeProject", "foundProject", "recordOngoingProject").contains(mutation)) {
            return beginning(mutation, target);
        }
        var input = new HashMap<String, Object>(Map.of("projectId", target.project()));
        switch (mutation) {
            case "editProject" ->
                input.putAll(Map.of("expectedVersion", target.version(), "plannedEndsOn", "2099-12-31"));
            case "advanceProject" -> input.put("phase", "CONCEPT");
            case "returnProject" -> input.putAll(Map.of("phase", "IDEA", "reason", "For a test"));
            case "pauseProject", "cancelProject" -> input.put("reason", "For a test");
            case "setGates" -> input.put("gates", List.of("COUNCIL"));
            case "recordGate" ->
                input.putAll(Map.of("gate", "COUNCIL", "state", "WAIVED", "decidedBy", "Council", "reason", "A test"));
            case "attachProjectFile", "removeProjectFile" -> input.put("file", target.file());
            case "inviteProjectMember" -> input.putAll(invitation(target.partner()));
            case "acceptProjectInvitation", "declineProjectInvitation", "withdrawProjectInvitation" ->
                input.put("digest", target.digest());
            case "handOverCoordination" -> input.put("partnerId", target.partner());
            case "appointCoordinator" -> input.putAll(Map.of("partnerId", target.partner(), "reason", "For a test"));
            case "nameRepresentative", "endRepresentation" -> input.put("account", target.account());
            case "setOwnReferences" ->
                input.putAll(Map.of(
                        "expectedVersion",
                        0,
                        "references",
                        List.of(Map.of("system", "Accounting", "key", target.reference()))));
            default -> {}
        }
        return input;
    }

    private static Map<String, Object> beginning(String mutation, ProjectTarget target) {
        var input = new HashMap<String, Object>(Map.of(
                // The last of all, so that pages that other tests ask for are the same.
                "title", List.of(text("Zz " + target.word())),
                "summary", List.of(text("What it is about")),
                "areas", List.of("MOBILITY"),
                "needs", List.of(Map.of("competence", "RESEARCH", "level", "KNOWS")),
                "references", List.of(Map.of("kind", "GRANT", "value", target.reference()))));
        if (mutation.equals("recordOngoingProject")) {
            var member = invitation(target.partner());
            member.putAll(Map.of("role", "COORDINATOR", "since", "2026-01-01"));
            input.putAll(Map.of("phase", "CONCEPT", "members", List.of(member)));
        }
        return input;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("locale", "en", "text", text);
    }

    private static Map<String, Object> invitation(String partner) {
        return new HashMap<>(
                Map.of("partnerId", partner, "role", "PARTNER", "asked", "To take part", "answerBy", day(30)));
    }
}
