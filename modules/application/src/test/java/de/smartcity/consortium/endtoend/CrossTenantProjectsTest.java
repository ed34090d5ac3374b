package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.PartnerRequests.node;
import static de.smartcity.consortium.endtoend.PartnerRequests.nodes;
import static de.smartcity.consortium.endtoend.PartnerRequests.partner;
import static de.smartcity.consortium.endtoend.Party.LIAISON;
import static de.smartcity.consortium.endtoend.Party.MEMBER;
import static de.smartcity.consortium.endtoend.Party.NOBODY;
import static de.smartcity.consortium.endtoend.Party.OFFICE;
import static de.smartcity.consortium.endtoend.Party.ONBOARDING;
import static de.smartcity.consortium.endtoend.Party.SUSPENDED;
import static de.smartcity.consortium.endtoend.ProjectRequests.candidates;
import static de.smartcity.consortium.endtoend.ProjectRequests.change;
import static de.smartcity.consortium.endtoend.ProjectRequests.everythingOf;
import static de.smartcity.consortium.endtoend.ProjectRequests.projects;
import static de.smartcity.consortium.endtoend.Request.download;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.GivenProjects.Organisation;
import de.smartcity.consortium.endtoend.Tenants.Tenant;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/**
 * Attempts to read, count, change or notice joint projects and parts of them that are hidden, as {@link Secrecy} tries them. One tenant owns the
 * projects; another is invited, a member, or has left; a third was a member of one and is suspended.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantProjectsTest {

    private static final String KEY = "Idempotency-Key";

    private Tenants tenants;
    private Secrecy secrecy;
    private World world;
    private Api api;
    private GivenProjects given;
    private Organisation own;
    private Organisation other;
    private Organisation suspended;
    private List<Tenant> made;
    /** A project of which the suspended tenant is a member, and its file. */
    private ProjectTarget withSuspended;
    /** One of each kind of those to whom a project is nothing but what it shows to all. */
    private List<Party> strangers;
    /** They, and all others who are of no tenant and not of the office. */
    private List<Party> all;

    @BeforeAll
    void makeTenants(
            @Autowired Environment environment,
            @Autowired Api service,
            @Autowired World deployed,
            @Autowired MongoCommands commands) {
        api = service;
        world = deployed;
        tenants = new Tenants(world, RealmAdmin.ofSharedRealm(), environment.getRequiredProperty("spring.mongodb.uri"));
        secrecy = new Secrecy(api, commands, tenants);
        made = List.of(
                tenants.tenant(PartnerStatus.ACTIVE),
                tenants.tenant(PartnerStatus.ACTIVE),
                tenants.tenant(PartnerStatus.ACTIVE));
        own = organisation(made.get(0));
        other = organisation(made.get(1));
        suspended = organisation(made.get(2));
        given = new GivenProjects(api.graphQl(), own, other);
        withSuspended = ofSuspended();
        strangers = List.of(
                NOBODY,
                MEMBER,
                Party.of("a member's signatory", "signatory@huawei.sandbox"),
                ONBOARDING,
                SUSPENDED,
                LIAISON,
                suspended.signatory());
        all = Stream.concat(tenants.outsiders(made.getFirst()).stream(), Stream.of(suspended.signatory()))
                .toList();
    }

    private static Organisation organisation(Tenant tenant) {
        return new Organisation(
                new GlobalId("Partner", tenant.id().value()).text(),
                tenant.person("viewer"),
                tenant.person("editor"),
                tenant.person("signatory"));
    }

    private ProjectTarget ofSuspended() {
        var project = new GivenProjects(api.graphQl(), own, suspended).in("shared");
        var attached = given.made(own.editor(), "attachProjectFile", project.withFile(given.upload(own.editor())));
        world.management().suspend(made.get(2).id(), "A hidden reason", Tenants.change());
        return withEvents(attached);
    }

    private static List<Party> with(List<Party> parties, Party... more) {
        return Stream.concat(parties.stream(), Stream.of(more)).toList();
    }

    @AfterAll
    void removeTenants() {
        tenants.removeProjects(made.stream().map(Tenant::id).toList());
        tenants.close();
    }

    private ProjectTarget withEvents(ProjectTarget target) {
        return target.with(tenants.eventsOf("JointProject", Target.uuid(target.project())));
    }

    /** One with a file for members only. */
    private ProjectTarget attached() {
        return withEvents(given.in("attached"));
    }

    /** An attempt on a project that is hidden. */
    private Attempt<ProjectTarget> attempt(
            String what,
            Supplier<ProjectTarget> hidden,
            List<Party> by,
            Function<ProjectTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, target -> ProjectTarget.absent(), by, request, control);
    }

    /** An attempt on what is hidden of a project that is seen. */
    private Attempt<ProjectTarget> attemptWithin(
            String what,
            Supplier<ProjectTarget> hidden,
            List<Party> by,
            Function<ProjectTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, ProjectTarget::withNothingElse, by, request, control);
    }

    Stream<Attempt<?>> attempts() {
        return Stream.of(
                        reading(),
                        ofSuspendedMember(),
                        ofInvited(),
                        ofFormer(),
                        ownReferences(),
                        sharedGrants(),
                        changing(),
                        changingWithInvalidInput(),
                        namingWhatIsHidden(),
                        cursors())
                .flatMap(List::stream);
    }

    private List<Attempt<?>> reading() {
        Supplier<ProjectTarget> proposed = () -> given.in("proposed");
        var outside = with(strangers, other.editor());
        return List.of(
                attempt(
                        "a project by its id",
                        proposed,
                        all,
                        target -> ProjectRequests.project(target.project()),
                        OFFICE),
                attempt(
                        "all of a project",
                        this::attached,
                        outside,
                        target -> everythingOf(target.project()),
                        own.viewer()),
                attempt("node of a project", proposed, all, target -> node(target.project()), OFFICE),
                attempt(
                        "nodes of a project, its events and its file",
                        this::attached,
                        outside,
                        target ->
                                nodes(List.of(target.project(), target.event(), target.earliestEvent(), target.file())),
                        own.viewer()),
                attempt(
                                "the id of a project as that of other types",
                                proposed,
                                outside,
                                target -> nodes(List.of(
                                        Target.as("LetterOfIntent", target.project()),
                                        Target.as("Partner", target.project()),
                                        Target.as("OwnReferences", target.project()),
                                        Target.as("SharedGrant", target.project()),
                                        Target.as("Activity", target.project()))),
                                own.viewer())
                        .unlike(target -> own.viewer().sends(node(target.project()))),
                attempt(
                        "projects by a word of the title",
                        proposed,
                        outside,
                        target -> projects("filter: { text: $value }", target.word()),
                        own.viewer()),
                attempt(
                        "the number of projects by a word of the title",
                        proposed,
                        outside,
                        target -> projects("first: 0, filter: { text: $value }", target.word()),
                        OFFICE),
                attempt(
                        "candidates for a project",
                        proposed,
                        outside,
                        target -> candidates(target.project()),
                        own.viewer()),
                attempt("a download of a file", this::attached, all, target -> download(target.file()), own.viewer()),
                attempt("node of a file", this::attached, outside, target -> node(target.file()), own.viewer()),
                attempt(
                        "aliases in one request",
                        proposed,
                        outside,
                        target -> Request.of(
                                "query ($id: ID!) { a: jointProject(id: $id) { phase } b: jointProject(id: $id) { members { partner { id } } }"
                                        + " c: candidateMembers(projectId: $id) { uncovered { level } } node(id: $id) { id } }",
                                Map.of("id", target.project())),
                        own.viewer()));
    }

    /** It is a member of the project, which it does not see while it is suspended. */
    private List<Attempt<?>> ofSuspendedMember() {
        var by = List.of(suspended.viewer(), suspended.editor(), suspended.signatory());
        Supplier<ProjectTarget> project = () -> withSuspended;
        return List.of(
                attempt(
                        "its project, by a suspended member",
                        project,
                        by,
                        target -> everythingOf(target.project()),
                        own.viewer()),
                attempt(
                        "nodes of its project, by a suspended member",
                        project,
                        by,
                        target -> nodes(List.of(target.project(), target.event(), target.file())),
                        own.viewer()),
                attempt(
                        "projects by a word of the title, by a suspended member",
                        project,
                        by,
                        target -> projects("filter: { text: $value }", target.word()),
                        own.viewer()),
                attempt(
                        "a download, by a suspended member",
                        project,
                        by,
                        target -> download(target.file()),
                        own.viewer()),
                attempt(
                        "leaveProject, by a suspended member",
                        project,
                        by,
                        target -> change("leaveProject", target, Map.of()),
                        own.signatory()));
    }

    /** An invited partner sees what the consortium sees, and its own invitation. */
    private List<Attempt<?>> ofInvited() {
        var by = List.of(other.viewer(), other.signatory());
        Supplier<ProjectTarget> inviting = () -> withEvents(given.made(
                own.editor(), "attachProjectFile", given.in("inviting").withFile(given.upload(own.editor()))));
        return List.of(
                attemptWithin(
                        "a download of a file for members, by an invited partner",
                        inviting,
                        by,
                        target -> download(target.file()),
                        own.viewer()),
                attemptWithin(
                        "node of the event of a file for members, by an invited partner",
                        inviting,
                        by,
                        target -> node(target.event()),
                        own.viewer()),
                attemptWithin(
                        "node of the event that a project was proposed, by an invited partner",
                        inviting,
                        by,
                        target -> node(target.earliestEvent()),
                        own.viewer()),
                // Those of another partner look like those that nobody made.
                attemptWithin(
                                "an answer to an invitation of another partner",
                                () -> invitationOfAnother(given.in("inviting")),
                                List.of(other.signatory()),
                                target -> change("acceptProjectInvitation", target, Map.of()),
                                own.viewer())
                        .unlike(target -> own.editor().sends(change("withdrawProjectInvitation", target, Map.of())))
                        .changing());
    }

    private ProjectTarget invitationOfAnother(ProjectTarget target) {
        var asked = new GlobalId("Partner", world.id("chamber").value()).text();
        return given.made(own.editor(), "inviteProjectMember", target.withPartner(asked));
    }

    /** It keeps a copy of the project, and sees the project no more. */
    private List<Attempt<?>> ofFormer() {
        var by = List.of(own.viewer(), own.editor(), own.signatory());
        Supplier<ProjectTarget> left = () -> given.in("left");
        Supplier<ProjectTarget> later = () -> withEvents(given.made(
                other.editor(), "attachProjectFile", given.in("left").withFile(given.upload(other.editor()))));
        return List.of(
                attempt(
                        "projects by a word of the title, by who has left",
                        left,
                        by,
                        target -> projects("filter: { text: $value }", target.word()),
                        other.viewer()),
                attempt(
                        "candidates, by who has left",
                        left,
                        by,
                        target -> candidates(target.project()),
                        other.viewer()),
                attempt(
                                "setOwnReferences, by who has left",
                                left,
                                by,
                                target -> change("setOwnReferences", target, Map.of()),
                                other.editor())
                        .changing(),
                attemptWithin(
                        "a download of a file that was attached later, by who has left",
                        later,
                        by,
                        target -> download(target.file()),
                        other.viewer()),
                attemptWithin(
                        "node of a later event, by who has left",
                        later,
                        by,
                        target -> node(target.event()),
                        other.viewer()),
                attempt(
                                "a copy as a node",
                                left,
                                with(strangers, own.viewer(), other.viewer(), OFFICE),
                                target -> nodes(List.of(
                                        Target.as("ProjectCopy", target.project()),
                                        Target.as("ProjectMember", target.project()))),
                                own.viewer())
                        .unlike(target -> own.viewer().sends(everythingOf(target.project()))));
    }

    /** Nobody else sees them, the office neither. */
    private List<Attempt<?>> ownReferences() {
        Supplier<ProjectTarget> noted =
                () -> given.made(own.editor(), "setOwnReferences", given.proposed(own, "CONSORTIUM"));
        // In the place of the event.
        Supplier<ProjectTarget> withId = () -> {
            var target = noted.get();
            var id = secrecy.value(own.editor(), everythingOf(target.project()), "/data/jointProject/ownReferences/id")
                    .asString();
            return target.with(List.of(id));
        };
        var by = List.of(MEMBER, other.editor(), suspended.editor(), LIAISON.actingFor("ims"), NOBODY);
        return List.of(
                attemptWithin(
                        "projects by the key of another organisation",
                        noted,
                        by,
                        target -> projects(
                                "filter: { ownReference: { system: \"Accounting\", key: $value } }",
                                target.reference()),
                        own.viewer()),
                Attempt.of(
                        "node of own references of another organisation",
                        withId,
                        target -> target.with(List.of(Target.as(
                                "OwnReferences", ProjectTarget.absent().project()))),
                        with(by, OFFICE),
                        target -> node(target.event()),
                        own.viewer()));
    }

    /** Only the office learns that a grant is shared. */
    private List<Attempt<?>> sharedGrants() {
        Supplier<ProjectTarget> shared = () -> {
            var first = given.in("public");
            given.made(other.editor(), "proposeProject", first, Map.of());
            return first.with(List.of(awaitSharedGrant()));
        };
        return List.of(Attempt.of(
                "node of a shared grant",
                shared,
                target -> target.with(
                        List.of(Target.as("SharedGrant", ProjectTarget.absent().project()))),
                with(strangers, own.editor(), own.signatory(), other.editor()),
                target -> node(target.event()),
                OFFICE));
    }

    /** The id of the one that the office is to check. */
    private String awaitSharedGrant() {
        await().atMost(Duration.ofSeconds(20)).until(() -> sharedGrants(OFFICE).size() > checked.size());
        var id = sharedGrants(OFFICE).stream()
                .filter(each -> !checked.contains(each))
                .findFirst()
                .orElseThrow();
        checked.add(id);
        return id;
    }

    private final List<String> checked = new ArrayList<>();

    private List<String> sharedGrants(Party by) {
        return secrecy.value(
                        by,
                        Request.of("{ viewer { tasks(first: 100) { nodes { subject { id } } } } }", Map.of()),
                        "/data/viewer/tasks/nodes")
                .valueStream()
                .map(task -> task.at("/subject/id").asString())
                .filter(id -> GlobalId.parse(id).type().equals("SharedGrant"))
                .toList();
    }

    private List<Attempt<?>> changing() {
        var attempts = new ArrayList<Attempt<?>>();
        var states = new LinkedHashMap<String, String>();
        states.put("editProject", "proposed");
        states.put("advanceProject", "proposed");
        states.put("returnProject", "concept");
        states.put("pauseProject", "proposed");
        states.put("resumeProject", "paused");
        states.put("cancelProject", "proposed");
        states.put("setGates", "proposed");
        states.put("recordGate", "gated");
        states.put("attachProjectFile", "upload");
        states.put("removeProjectFile", "attached");
        states.put("inviteProjectMember", "proposed");
        states.put("withdrawProjectInvitation", "inviting");
        states.put("setOwnReferences", "proposed");
        states.forEach((mutation, state) -> attempts.add(attempt(
                        mutation + " of a hidden project",
                        () -> given.in(state),
                        strangers,
                        target -> change(mutation, target, Map.of()),
                        own.editor())
                .changing()));
        var consents = new LinkedHashMap<String, String>();
        consents.put("acceptProjectInvitation", "invited");
        consents.put("declineProjectInvitation", "invited");
        consents.put("handOverCoordination", "shared");
        consents.put("acceptCoordination", "offered");
        consents.put("declineCoordination", "offered");
        consents.put("withdrawHandOver", "handedOver");
        consents.put("nameRepresentative", "proposed");
        consents.put("endRepresentation", "named");
        consents.put("leaveProject", "member");
        consents.put("withdrawLeave", "leaving");
        consents.forEach((mutation, state) -> attempts.add(attempt(
                        mutation + " in a hidden project",
                        () -> given.in(state),
                        strangers,
                        target -> change(mutation, target, Map.of()),
                        own.signatory())
                .changing()));
        attempts.add(attempt(
                        "acceptRepresentation in a hidden project",
                        () -> given.in("named"),
                        strangers,
                        target -> change("acceptRepresentation", target, Map.of()),
                        own.viewer())
                .changing());
        attempts.add(attempt(
                "appointCoordinator in a hidden project",
                () -> given.in("shared"),
                strangers,
                target -> change("appointCoordinator", target, Map.of()),
                OFFICE));
        attempts.add(attempt(
                "editProject with a key with which it was made",
                () -> {
                    var target = given.in("proposed");
                    secrecy.send(own.editor()
                            .sends(change("editProject", target, Map.of()).with(KEY, target.key())));
                    return target;
                },
                strangers,
                target -> change("editProject", target, Map.of()).with(KEY, target.key()),
                own.editor()));
        return attempts;
    }

    private List<Attempt<?>> changingWithInvalidInput() {
        var attempts = new ArrayList<Attempt<?>>();
        var inputs = new LinkedHashMap<String, Map<String, ?>>();
        inputs.put("an old version", Map.of("expectedVersion", 17));
        inputs.put("a blank title", Map.of("title", List.of(Map.of("locale", "en", "text", " "))));
        inputs.put("an unknown area", Map.of("areas", List.of("NOWHERE")));
        inputs.put(
                "an unknown competence", Map.of("needs", List.of(Map.of("competence", "NOTHING", "level", "KNOWS"))));
        inputs.forEach((what, input) -> attempts.add(attempt(
                "editProject with " + what,
                () -> given.in("proposed"),
                strangers,
                target -> change("editProject", target, input),
                own.editor())));
        attempts.add(attempt(
                "leaveProject on a past day",
                () -> given.in("member"),
                strangers,
                target -> change("leaveProject", target, Map.of("on", "2020-01-01")),
                own.signatory()));
        return attempts;
    }

    /** Partners, letters and files that the caller does not see, named in its own projects. */
    private List<Attempt<?>> namingWhatIsHidden() {
        var project = new AtomicReference<ProjectTarget>();
        var prospect = new AtomicReference<String>();
        Supplier<ProjectTarget> hiddenPartner = () -> {
            project.set(given.in("proposed"));
            prospect.set(new GlobalId("Partner", world.id("zbt").value()).text());
            return project.get().withPartner(prospect.get());
        };
        UnaryOperator<ProjectTarget> unknown =
                target -> target.withPartner(ProjectTarget.absent().partner());
        Supplier<ProjectTarget> anothersFile = () -> given.in("gated").withFile(given.upload(other.editor()));
        UnaryOperator<ProjectTarget> noFile =
                target -> target.withFile(ProjectTarget.absent().file());
        return List.of(
                Attempt.of(
                                "an invitation of a hidden partner",
                                hiddenPartner,
                                unknown,
                                List.of(own.editor()),
                                target -> change("inviteProjectMember", target, Map.of()),
                                OFFICE)
                        .unlike(target -> OFFICE.sends(partner(target.partner()))),
                Attempt.of(
                                "an upload of another organisation attached to a project",
                                anothersFile,
                                noFile,
                                List.of(own.editor()),
                                target -> change("attachProjectFile", target, Map.of()),
                                other.editor())
                        .unlike(target -> other.editor().sends(download(target.file()))),
                Attempt.of(
                                "an upload of another organisation as a gate's document",
                                anothersFile,
                                noFile,
                                List.of(own.editor()),
                                target -> change("recordGate", target, Map.of("document", target.file())),
                                other.editor())
                        .unlike(target -> other.editor().sends(download(target.file()))));
    }

    /** A cursor of others is like one that nobody made. */
    private List<Attempt<?>> cursors() {
        UnaryOperator<String> altered = cursor -> cursor.substring(0, 40) + "abcd" + cursor.substring(44);
        var hidden = new AtomicReference<ProjectTarget>();
        Supplier<String> ofActivity = () -> {
            hidden.set(given.in("proposed"));
            return secrecy.value(
                            own.viewer(),
                            everythingOf(hidden.get().project()),
                            "/data/jointProject/activity/edges/0/cursor")
                    .asString();
        };
        return List.of(Attempt.of(
                "a cursor of a project's activity, there",
                ofActivity,
                altered,
                strangers,
                cursor -> Request.of(
                        "query ($id: ID!, $value: String!) { jointProject(id: $id) { activity(after: $value) { nodes { id } } } }",
                        Map.of("id", hidden.get().project(), "value", cursor)),
                own.viewer()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void whatIsHiddenIsAsIfItDidNotExist(Attempt<?> attempt) {
        secrecy.check(attempt);
    }

    /** All that somebody can ask about the owner's projects, and about one of them. */
    private Request allAbout(ProjectTarget target) {
        return Request.of(
                "query ($id: ID!, $p: ID!, $text: String!) { jointProject(id: $id) { ...everything } node(id: $id) { id }"
                        + " candidateMembers(projectId: $id) { partners { partner { id } score } uncovered { level } teams { partners { id } } }"
                        + " jointProjects(filter: { text: $text }) { totalCount nodes { id } }"
                        + " last: jointProjects(last: 3) { totalCount edges { cursor node { id } } pageInfo { hasPreviousPage } }"
                        + " member: jointProjects(filter: { member: $p }) { totalCount nodes { id } }"
                        + " inRole: jointProjects(first: 0, filter: { member: $p, role: COORDINATOR }) { totalCount }"
                        + " coordinated: jointProjects(last: 2, orderBy: { field: START }, filter: { coordinator: $p }) { totalCount nodes { id } }"
                        + " partner(id: $p) { id projects { edges { cursor node { id members { partner { id } } } } } }"
                        + " viewer { taskCount tasks { nodes { kind since subject { id } } } } }"
                        + ProjectRequests.EVERYTHING,
                Map.of("id", target.project(), "p", own.partner(), "text", target.word()));
    }

    private HiddenChange changeOf(
            String what,
            Supplier<ProjectTarget> before,
            Consumer<ProjectTarget> change,
            List<Party> by,
            Party control) {
        var target = new AtomicReference<ProjectTarget>();
        return new HiddenChange(
                what,
                () -> {
                    target.set(before.get());
                    return allAbout(target.get());
                },
                () -> change.accept(target.get()),
                by,
                control);
    }

    Stream<HiddenChange> hiddenChanges() {
        return Stream.of(changesOfHidden(), changesWithinShown(), changesForFormer(), changesOfOthers())
                .flatMap(List::stream);
    }

    private List<HiddenChange> changesOfHidden() {
        var by = with(strangers, other.editor());
        Supplier<ProjectTarget> proposed = () -> given.in("proposed");
        return List.of(
                changeOf("a new project", proposed, target -> given.in("proposed"), by, own.viewer()),
                changeOf(
                        "an edit of a project",
                        proposed,
                        target -> given.made(own.editor(), "editProject", target),
                        by,
                        own.viewer()),
                changeOf(
                        "an invitation to a project",
                        proposed,
                        target -> given.made(own.editor(), "inviteProjectMember", target),
                        strangers,
                        other.signatory()),
                changeOf(
                        "the end of a project",
                        proposed,
                        target -> given.made(own.editor(), "cancelProject", target),
                        by,
                        own.viewer()));
    }

    /** They see the project, and not this of it. */
    private List<HiddenChange> changesWithinShown() {
        var by = List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, other.editor());
        Supplier<ProjectTarget> shown = () -> given.in("public");
        var research = new GlobalId("Partner", world.id("ude").value()).text();
        return List.of(
                changeOf(
                        "an invitation of a partner that covers the needs",
                        shown,
                        target -> given.made(own.editor(), "inviteProjectMember", target.withPartner(research)),
                        by,
                        own.viewer()),
                changeOf("gates", shown, target -> given.made(own.editor(), "setGates", target), by, own.viewer()),
                changeOf(
                        "a pause", shown, target -> given.made(own.editor(), "pauseProject", target), by, own.viewer()),
                changeOf(
                        "a file for members",
                        shown,
                        target -> given.made(
                                own.editor(), "attachProjectFile", target.withFile(given.upload(own.editor()))),
                        by,
                        own.viewer()),
                changeOf(
                        "a representative",
                        shown,
                        target -> given.made(own.signatory(), "nameRepresentative", target),
                        by,
                        own.viewer()),
                changeOf(
                        "the last planned day",
                        shown,
                        target -> given.made(own.editor(), "editProject", target),
                        by,
                        own.viewer()),
                changeOf(
                        "an invitation of another partner, for an invited one",
                        () -> given.in("inviting"),
                        this::invitationOfAnother,
                        List.of(other.viewer(), other.signatory()),
                        own.viewer()));
    }

    private List<HiddenChange> changesForFormer() {
        var by = with(strangers, own.viewer(), own.signatory());
        Supplier<ProjectTarget> left = () -> given.in("left");
        return List.of(
                changeOf(
                        "an edit after a member has left",
                        left,
                        target -> given.made(other.editor(), "editProject", given.asReadBy(other.editor(), target)),
                        by,
                        other.viewer()),
                changeOf("an invitation after a member has left", left, this::askChamber, by, other.viewer()));
    }

    private void askChamber(ProjectTarget target) {
        given.made(
                other.editor(),
                "inviteProjectMember",
                target.withPartner(new GlobalId("Partner", world.id("chamber").value()).text()));
    }

    private List<HiddenChange> changesOfOthers() {
        var letter = new AtomicReference<String>();
        var ude = Organisation.ofSandbox(new GlobalId("Partner", world.id("ude").value()).text(), "ude");
        return List.of(
                changeOf(
                        "own references of another organisation",
                        () -> given.in("public"),
                        target -> given.made(own.editor(), "setOwnReferences", target),
                        with(strangers, other.editor(), OFFICE),
                        own.viewer()),
                changeOf(
                        "a hidden project with the same grant",
                        () -> given.in("public"),
                        target -> {
                            given.made(other.editor(), "proposeProject", target, Map.of());
                            awaitSharedGrant();
                        },
                        with(strangers, own.viewer(), own.editor(), own.signatory()),
                        OFFICE),
                new HiddenChange(
                        "a project that is founded from a letter",
                        () -> {
                            letter.set(secrecy.value(
                                            ude.viewer(),
                                            LetterRequests.letters("filter: { text: $value }", "sharing open data"),
                                            "/data/letters/edges/0/node/id")
                                    .asString());
                            return Request.of(
                                    "query ($id: ID!) { letter(id: $id) { title updatedAt projects { edges { cursor node { id } } } }"
                                            + " jointProjects(filter: { foundingLetter: $id }) { totalCount nodes { id } } }",
                                    Map.of("id", letter.get()));
                        },
                        () -> given.made(
                                ude.editor(), "foundProject", ProjectTarget.absent(), Map.of("letterId", letter.get())),
                        List.of(
                                MEMBER,
                                own.editor(),
                                LIAISON.actingFor("ims"),
                                Party.of("a party", "editor@duisburg.sandbox")),
                        OFFICE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hiddenChanges")
    void whatIsHiddenChangesNoAnswer(HiddenChange change) {
        secrecy.check(change);
    }

    /** Otherwise it would learn which keys others use. */
    @Test
    void twoOrganisationsMayUseTheSameKey() {
        var target = given.made(own.editor(), "setOwnReferences", given.proposed(own, "CONSORTIUM"));
        given.made(other.editor(), "setOwnReferences", target);
        var another = given.made(other.editor(), "proposeProject", target, Map.of("visibility", "CONSORTIUM"));
        assertThat(secrecy.send(other.editor().sends(change("setOwnReferences", another, Map.of())))
                        .body())
                .contains("ownReference.taken");
    }

    @Test
    void whoHasLeftSeesTheProjectAsItWas() {
        var left = given.in("left");
        given.made(
                other.editor(),
                "editProject",
                given.asReadBy(other.editor(), left),
                Map.of("title", List.of(Map.of("locale", "en", "text", "Renamed"))));
        var title = secrecy.value(own.viewer(), everythingOf(left.project()), "/data/jointProject/asLeft/title");
        assertThat(title.asString()).isEqualTo("Zz " + left.word());
        assertThat(secrecy.send(own.viewer().sends(everythingOf(left.project())))
                        .body())
                .doesNotContain("Renamed");
    }
}
