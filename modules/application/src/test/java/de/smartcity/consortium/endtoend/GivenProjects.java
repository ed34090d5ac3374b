package de.smartcity.consortium.endtoend;

import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Projects in the states that tests need, made over HTTP by the people of two organisations. */
final class GivenProjects {

    private static final Request UPLOAD = new Request(
            "POST",
            "/files",
            "",
            List.of("Content-Type", "application/pdf", "Content-Disposition", "attachment; filename=\"plan.pdf\""),
            "%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n");

    private final URI service;
    private final Organisation own;
    private final Organisation other;

    /**
     * An organisation and its people.
     *
     * @param partner its global id
     */
    record Organisation(String partner, Party viewer, Party editor, Party signatory) {

        /** One of the sandbox. */
        static Organisation ofSandbox(String partner, String alias) {
            return new Organisation(
                    partner, person("viewer", alias), person("editor", alias), person("signatory", alias));
        }

        private static Party person(String role, String alias) {
            return Party.of(role + " of " + alias, role + "@" + alias + ".sandbox");
        }
    }

    GivenProjects(URI service, Organisation own, Organisation other) {
        this.service = service;
        this.own = own;
        this.other = other;
    }

    /** A new project; MEMBERS see it, unless the state says otherwise. */
    ProjectTarget in(String state) {
        return switch (state) {
            case "none" -> ProjectTarget.absent().withPartner(own.partner);
            case "proposed" -> proposed(own, "MEMBERS");
            case "public" -> proposed(own, "PUBLIC");
            case "consortium" -> proposed(own, "CONSORTIUM");
            case "concept" -> made(own.editor, "advanceProject", proposed(own, "MEMBERS"));
            case "paused" -> made(own.editor, "pauseProject", proposed(own, "MEMBERS"));
            case "gated" -> made(own.editor, "setGates", proposed(own, "MEMBERS"));
            case "upload" -> withUpload(proposed(own, "MEMBERS"));
            case "attached" -> made(own.editor, "attachProjectFile", withUpload(proposed(own, "MEMBERS")));
            case "named" -> made(own.signatory, "nameRepresentative", withViewer(proposed(own, "MEMBERS")));
            case "inviting" -> inviting(own, other);
            case "shared" -> shared(own, other);
            case "handedOver" -> made(own.signatory, "handOverCoordination", shared(own, other));
            case "invited" -> inviting(other, own);
            case "member" -> shared(other, own);
            case "offered" -> made(other.signatory, "handOverCoordination", shared(other, own));
            case "leaving" -> made(own.signatory, "leaveProject", shared(other, own));
            case "left" ->
                made(own.signatory, "leaveProject", shared(other, own), Map.of("on", ProjectRequests.day(0)));
            default -> throw new AssertionError("No project for " + state);
        };
    }

    ProjectTarget proposed(Organisation by, String visibility) {
        var plan = ProjectTarget.absent().withPartner(by == own ? other.partner : own.partner);
        return made(by.editor, "proposeProject", plan, Map.of("visibility", visibility));
    }

    private ProjectTarget inviting(Organisation by, Organisation asked) {
        return made(by.editor, "inviteProjectMember", proposed(by, "MEMBERS").withPartner(asked.partner));
    }

    private ProjectTarget shared(Organisation by, Organisation asked) {
        return made(asked.signatory, "acceptProjectInvitation", inviting(by, asked));
    }

    private ProjectTarget withViewer(ProjectTarget target) {
        return target.withAccount(answer(own.viewer, Request.of("{ viewer { account } }", Map.of()))
                .at("/data/viewer/account")
                .asString());
    }

    private ProjectTarget withUpload(ProjectTarget target) {
        return target.withFile(upload(own.editor));
    }

    /** The id of a new upload. */
    String upload(Party by) {
        return answer(by, UPLOAD).at("/id").asString();
    }

    ProjectTarget made(Party by, String mutation, ProjectTarget target) {
        return made(by, mutation, target, Map.of());
    }

    /** The target after a change. */
    ProjectTarget made(Party by, String mutation, ProjectTarget target, Map<String, ?> more) {
        var answer = answer(by, ProjectRequests.change(mutation, target, more));
        var project = answer.at("/data/" + mutation + "/project");
        if (answer.has("errors")
                || !answer.at("/data/" + mutation + "/userErrors").isEmpty()) {
            throw new AssertionError(mutation + ": " + answer);
        }
        var shown = project.path("members")
                .valueStream()
                .filter(member -> member.at("/partner/id").asString("").equals(target.partner()))
                .map(member -> member.at("/invitation/digest").asString(""))
                .findFirst()
                .orElse("");
        return target.as(
                project.path("id").asString(target.project()),
                project.path("version").asInt(target.version()),
                shown.isEmpty() ? target.digest() : shown);
    }

    /** The target with its version as somebody reads it who may edit it. */
    ProjectTarget asReadBy(Party editor, ProjectTarget target) {
        var version = answer(
                        editor,
                        Request.of(
                                "query ($id: ID!) { jointProject(id: $id) { version } }",
                                Map.of("id", target.project())))
                .at("/data/jointProject/version")
                .asInt();
        return target.as(target.project(), version, target.digest());
    }

    private JsonNode answer(Party by, Request request) {
        return JsonMapper.shared().readTree(by.sends(request).send(service).body());
    }
}
