package de.smartcity.consortium.projects;

import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.JointProjects;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and changes projects through the schema, as people of their partners and the office do. A project is named by its global id. */
final class ProjectSteps {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String PAYLOAD =
            "{ project { id phase } userErrors { code rule path message currentVersion } }";

    private final Asked asked;
    private final JointProjects projects;
    private final FileUploads uploads;

    ProjectSteps(Asked asked, JointProjects projects, FileUploads uploads) {
        this.asked = asked;
        this.projects = projects;
        this.uploads = uploads;
    }

    /** The day that it is in the consortium's time zone. */
    static LocalDate today() {
        return LocalDate.now(BERLIN);
    }

    /** A person of a partner, by whose name accounts differ. */
    static Actor person(Partner partner, String name, Role... roles) {
        return account(Actor.Kind.PERSON, false, partner, partner.status(), name, roles);
    }

    /** An account of a partner as if that were in this status. */
    static Actor account(
            Actor.Kind kind, boolean office, Partner partner, PartnerStatus status, String name, Role... roles) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()), partner.id(), partner.alias(), status, Set.of(roles));
        return Actor.acting(
                kind,
                new AccountId(name + "-of-" + partner.alias().value()),
                office,
                organisation,
                List.of(organisation));
    }

    static Actor editor(Partner partner) {
        return person(partner, "editor", Role.EDITOR);
    }

    static Actor signatory(Partner partner) {
        return person(partner, "signatory", Role.SIGNATORY);
    }

    static Actor viewer(Partner partner) {
        return person(partner, "viewer", Role.VIEWER);
    }

    /** A person with all roles. */
    static Actor all(Partner partner) {
        return person(partner, "all", Role.PARTNER_ADMIN, Role.SIGNATORY);
    }

    static String accountOf(Actor actor) {
        return actor.account().orElseThrow().value();
    }

    static List<Map<String, String>> text(String text) {
        return List.of(Map.of("locale", "en", "text", text));
    }

    static ProjectId projectId(String project) {
        return new ProjectId(GlobalId.parse(project, "JointProject"));
    }

    /** The project as it is stored now. */
    JointProject stored(String project) {
        return projects.findById(projectId(project)).orElseThrow();
    }

    long version(String project) {
        return Objects.requireNonNull(stored(project).version());
    }

    /** A new project of a coordinator that nobody but its members sees, unless more says so. */
    String propose(Partner coordinator, Map<String, ? extends @Nullable Object> more) {
        var input = new HashMap<String, @Nullable Object>();
        input.put("title", text("A project"));
        input.putAll(more);
        return id(made(editor(coordinator), "proposeProject", input));
    }

    /** A project that the office records; of its members, the first is the coordinator. */
    String record(Map<String, ? extends @Nullable Object> more, Partner... members) {
        var input = new HashMap<String, @Nullable Object>();
        input.put("title", text("A recorded project"));
        input.put("phase", "IDEA");
        input.put("members", recorded(members));
        input.putAll(more);
        return id(made(Callers.office(), "recordOngoingProject", input));
    }

    static List<Map<String, Object>> recorded(Partner... members) {
        return Arrays.stream(members)
                .map(member -> {
                    var asks = terms(member, member == members[0] ? "COORDINATOR" : "PARTNER");
                    asks.put("since", today().minusYears(1).toString());
                    return asks;
                })
                .toList();
    }

    /** A letter of intent of these partners that is in force and visible to the consortium. */
    String letter(Partner initiator, Partner... others) {
        return letter("CONSORTIUM", initiator, others);
    }

    String letter(String visibility, Partner initiator, Partner... others) {
        var drafted = change(
                editor(initiator),
                "draftLetter",
                Map.of(
                        "title", text("A letter"),
                        "text", text("We cooperate."),
                        "bindingLocale", "en",
                        "visibility", visibility,
                        "lapsesOn", today().plusYears(1).toString(),
                        "parties",
                                Arrays.stream(others)
                                        .map(party -> Map.of("partnerId", Asked.globalId(party)))
                                        .toList()),
                "{ letter { id version } userErrors { rule path } }");
        var letter = (Map<?, ?>) Objects.requireNonNull(drafted.get("letter"));
        var id = String.valueOf(letter.get("id"));
        var offered = change(
                signatory(initiator),
                "offerLetter",
                Map.of("letterId", id, "expectedVersion", Objects.requireNonNull(letter.get("version"))),
                "{ letter { currentEdition { digest } } userErrors { rule path } }");
        var edition = (Map<?, ?>) Objects.requireNonNull(
                ((Map<?, ?>) Objects.requireNonNull(offered.get("letter"))).get("currentEdition"));
        var signature = Map.of(
                "letterId", id,
                "digest", String.valueOf(edition.get("digest")),
                "locale", "en",
                "function", "Managing director",
                "mandate", "STATUTORY");
        var sign = "{ userErrors { rule path } }";
        change(signatory(initiator), "signLetter", signature, sign);
        Arrays.stream(others).forEach(party -> change(signatory(party), "signLetter", signature, sign));
        return id;
    }

    /** A project that a partner founds from a letter and to which it invites these other parties. */
    String found(String letter, Map<String, ?> more, Partner coordinator, Partner... invited) {
        var input = new HashMap<String, Object>();
        input.put("letterId", letter);
        input.put("title", text("A founded project"));
        input.put(
                "invitations",
                Arrays.stream(invited).map(partner -> terms(partner, "PARTNER")).toList());
        input.putAll(more);
        return id(made(editor(coordinator), "foundProject", input));
    }

    /** What a partner is offered, as the schema takes it. */
    static Map<String, Object> terms(Partner partner, String role) {
        return new HashMap<>(Map.of(
                "partnerId",
                Asked.globalId(partner),
                "role",
                role,
                "asked",
                "To take part",
                "answerBy",
                today().plusDays(30).toString()));
    }

    static Map<String, Object> of(String project) {
        return of(project, Map.of());
    }

    static Map<String, Object> of(String project, Map<String, ?> more) {
        var input = new HashMap<String, Object>(more);
        input.put("projectId", project);
        return input;
    }

    /** Invites a partner and returns the invitation's digest. */
    String invite(String project, Partner coordinator, Partner partner, String role) {
        made(editor(coordinator), "inviteProjectMember", of(project, terms(partner, role)));
        return digest(project, partner);
    }

    void invite(String project, Partner coordinator, Partner... partners) {
        for (var partner : partners) {
            invite(project, coordinator, partner, "PARTNER");
        }
    }

    /** The digest of a partner's open invitation. */
    String digest(String project, Partner partner) {
        return Objects.requireNonNull(
                        stored(project).present(partner.id()).orElseThrow().invitation())
                .digest();
    }

    void accept(String project, Partner... partners) {
        for (var partner : partners) {
            made(
                    signatory(partner),
                    "acceptProjectInvitation",
                    of(project, Map.of("digest", digest(project, partner))));
        }
    }

    /** Has partners become members. */
    void join(String project, Partner coordinator, Partner... partners) {
        invite(project, coordinator, partners);
        accept(project, partners);
    }

    /** Names who consents for a partner; they accept. */
    void represent(String project, Partner partner, Actor representative, Actor deputy) {
        made(
                signatory(partner),
                "nameRepresentative",
                of(project, Map.of("account", accountOf(representative), "deputy", accountOf(deputy))));
        made(representative, "acceptRepresentation", of(project));
        made(deputy, "acceptRepresentation", of(project));
    }

    void leave(String project, Partner partner, LocalDate on) {
        made(signatory(partner), "leaveProject", of(project, Map.of("on", on.toString())));
    }

    /** Changes what the coordinator writes. */
    void edit(String project, Partner coordinator, Map<String, ? extends @Nullable Object> fields) {
        var input = new HashMap<String, @Nullable Object>(fields);
        input.put("projectId", project);
        input.put("expectedVersion", version(project));
        made(editor(coordinator), "editProject", input);
    }

    FileView upload(Partner partner) {
        var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(
                new Upload("a.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), editor(partner));
    }

    /** Attaches a new file. */
    FileView attach(String project, Partner partner, String audience) {
        var file = upload(partner);
        made(editor(partner), "attachProjectFile", of(project, Map.of("file", file.globalId(), "audience", audience)));
        return file;
    }

    /** The payload of a change that is made. */
    Map<String, Object> made(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
        return change(actor, mutation, input, PAYLOAD);
    }

    private Map<String, Object> change(
            Actor actor, String mutation, Map<String, ? extends @Nullable Object> input, String selection) {
        var answer = asked.ask(actor, document(mutation, selection), Map.of("input", input));
        var payload = payload(answer);
        if (!List.of().equals(payload.get("userErrors"))) {
            throw new AssertionError(mutation + ": " + payload);
        }
        return payload;
    }

    /** The whole answer to a change. */
    Map<String, Object> answer(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
        return answer(actor, new IdempotencyKey(List.of()), mutation, input);
    }

    Map<String, Object> answer(
            Actor actor, IdempotencyKey key, String mutation, Map<String, ? extends @Nullable Object> input) {
        return asked.ask(actor, key, document(mutation, PAYLOAD), Map.of("input", input));
    }

    static String document(String mutation, String selection) {
        var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        return "mutation ($input: " + type + "!) { " + mutation + "(input: $input) " + selection + " }";
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> payload(Map<String, Object> answer) {
        if (answer.containsKey("errors")) {
            throw new AssertionError(String.valueOf(answer.get("errors")));
        }
        return (Map<String, Object>) Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(answer.get("data")))
                .values()
                .iterator()
                .next());
    }

    private static String id(Map<String, Object> payload) {
        return String.valueOf(((Map<?, ?>) Objects.requireNonNull(payload.get("project"))).get("id"));
    }

    /** The rules that a change was refused for, each with its path in the input. */
    List<String> rules(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
        return rules(answer(actor, mutation, input));
    }

    static List<String> rules(Map<String, Object> answer) {
        return ((List<?>) Objects.requireNonNull(payload(answer).get("userErrors")))
                .stream()
                        .map(error -> (Map<?, ?>) error)
                        .map(ProjectSteps::rule)
                        .toList();
    }

    private static String rule(Map<?, ?> error) {
        var path = ((List<?>) Objects.requireNonNull(error.get("path")))
                .stream().skip(1).map(String::valueOf).collect(Collectors.joining("."));
        return (error.get("rule") + " " + path).trim();
    }

    /** What came of a change: made, the reason or code of the error, or the rules that refused it. */
    static String outcome(Map<String, Object> answer) {
        if (answer.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
            var extensions = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) errors.getFirst()).get("extensions"));
            return extensions.get("reason") instanceof Map<?, ?> why
                    ? String.valueOf(why.get("code"))
                    : String.valueOf(extensions.get("code"));
        }
        var rules = rules(answer);
        return rules.isEmpty() ? "made" : String.join(", ", rules);
    }
}
