package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.competences.CompetenceLookup;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.LettersInForce;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.partners.PartnerLookup;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.GateDecision;
import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.InvitedPartner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.JointProjects;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectCopies;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.RepresentativeNaming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;

/**
 * Changes projects: loads one, calls its verb, claims its files, stores what is copied for members that leave, and saves it last. After a
 * concurrent save, this is repeated with the newer version. A change that was made before with its key is answered like the first time, and
 * nothing is saved. All throw {@link NotFound} for a project that the actor may not see.
 */
public class ProjectManagement {

    /** Far more than a partner coordinates. */
    private static final int MAX_COORDINATED = 1_000;

    private final JointProjects projects;
    private final ProjectCopies copies;
    private final ProjectReading reading;
    private final PartnerLookup partners;
    private final LettersInForce letters;
    private final CompetenceLookup competences;
    private final FileClaims files;
    private final ConsortiumZone zone;
    private final RetryTemplate staleWrites;

    ProjectManagement(
            JointProjects projects,
            ProjectCopies copies,
            ProjectReading reading,
            PartnerLookup partners,
            LettersInForce letters,
            CompetenceLookup competences,
            FileClaims files,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        this.projects = projects;
        this.copies = copies;
        this.reading = reading;
        this.partners = partners;
        this.letters = letters;
        this.competences = competences;
        this.files = files;
        this.zone = zone;
        this.staleWrites = staleWrites;
    }

    /** Proposes a project. */
    public ProjectId propose(Input<ProjectContent> content, Change change) {
        Forbidden.unlessPermitted(ProjectPermissions.propose(change.actor()));
        return make(change, () -> {
            demandFew(change);
            return JointProject.propose(change, today(change), content, competences::existing);
        });
    }

    /** Founds a project from a letter. @throws NotFound for a letter that the actor may not see */
    public ProjectId found(
            LetterId letter, Input<ProjectContent> content, Input<List<InvitedPartner>> invited, Change change) {
        var parties = letters.parties(letter, change.actor()).orElseThrow(() -> new NotFound("LetterOfIntent"));
        Forbidden.unlessPermitted(ProjectPermissions.found(change.actor()));
        return make(change, () -> {
            demandFew(change);
            return JointProject.found(
                    change,
                    today(change),
                    letter,
                    parties,
                    content,
                    invited,
                    competences::existing,
                    asked -> partners.find(asked, change.actor()));
        });
    }

    /** Records a project that goes on already. */
    public ProjectId record(
            ProjectPhase phase,
            @Nullable LocalDate startedOn,
            Input<ProjectContent> content,
            Input<List<InvitedPartner>> members,
            Change change) {
        Forbidden.unlessPermitted(ProjectPermissions.administer(change.actor()));
        return make(
                change,
                () -> JointProject.record(
                        change,
                        today(change),
                        phase,
                        startedOn,
                        content,
                        members,
                        competences::existing,
                        asked -> partners.find(asked, change.actor())));
    }

    private ProjectId make(Change change, Supplier<JointProject> project) {
        return findMade(change).orElseGet(() -> {
            try {
                return projects.save(project.get()).id();
            } catch (DuplicateKeyException repeated) {
                // By this change itself, at the same time.
                return findMade(change).orElseThrow(() -> repeated);
            }
        });
    }

    private Optional<ProjectId> findMade(Change change) {
        return change.key() == null
                ? Optional.empty()
                : projects.findById(new ProjectId(change.newId())).map(project -> project.madeAgain(change));
    }

    private void demandFew(Change change) {
        var coordinator = change.actor().organisation().orElseThrow().partner();
        if (reading.countCoordinated(coordinator, MAX_COORDINATED) >= MAX_COORDINATED) {
            throw new RuleViolation(
                    "projects.many",
                    "A partner coordinates at most " + MAX_COORDINATED + " projects that have not ended.");
        }
    }

    /** Changes what the coordinator writes. @throws Conflict if the version is not the one that the caller read */
    public void edit(ProjectId id, long expectedVersion, Edit<ProjectContent> edit, Change change) {
        change(
                id,
                change,
                (project, today) -> project.edit(change, today, expectedVersion, edit, competences::existing));
    }

    /** Goes on to the next phase. */
    public void advance(ProjectId id, ProjectPhase to, Change change) {
        change(id, change, (project, today) -> project.advance(change, today, to));
    }

    /** Goes back to the phase before. */
    public void returnTo(ProjectId id, ProjectPhase to, Input<Reason> reason, Change change) {
        change(id, change, (project, today) -> project.returnTo(change, today, to, reason));
    }

    /** Pauses a project. */
    public void pause(ProjectId id, Input<Reason> reason, Change change) {
        change(id, change, (project, today) -> project.pause(change, today, reason));
    }

    /** Resumes a project. */
    public void resume(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.resume(change, today));
    }

    /** Cancels a project. */
    public void cancel(ProjectId id, Input<Reason> reason, Change change) {
        change(id, change, (project, today) -> project.cancel(change, today, reason));
    }

    /** Says which gates apply. */
    public void setGates(ProjectId id, Set<GateKind> kinds, Change change) {
        change(id, change, (project, today) -> project.setGates(change, today, kinds));
    }

    /** Records what was decided about a gate. */
    public void recordGate(ProjectId id, Input<GateDecision> decision, Change change) {
        change(id, change, (project, today) -> {
            var attached = List.copyOf(project.allFiles());
            var document = project.recordGate(change, today, decision).document();
            if (document != null && !attached.contains(document)) {
                claim(id, document, "document", change.actor());
            }
        });
    }

    /** Attaches a file. */
    public void attachFile(ProjectId id, FileId file, FileAudience audience, Change change) {
        change(id, change, (project, today) -> {
            var attached = List.copyOf(project.allFiles());
            project.attach(change, today, file, audience);
            if (!attached.contains(file)) {
                claim(id, file, "file", change.actor());
            }
        });
    }

    private void claim(ProjectId id, FileId file, String place, Actor actor) {
        var places = new LinkedHashMap<FileId, List<String>>();
        places.put(file, List.of(place));
        files.claim(places, ProjectFiles.KIND, id.value(), actor);
    }

    /** Removes a file. */
    public void removeFile(ProjectId id, FileId file, Change change) {
        change(id, change, (project, today) -> project.remove(change, today, file));
    }

    /** Invites a partner. */
    public void invite(ProjectId id, PartnerId partner, Input<InvitationTerms> terms, Change change) {
        change(
                id,
                change,
                (project, today) ->
                        project.invite(change, today, partner, terms, asked -> partners.find(asked, change.actor())));
    }

    /** Accepts an invitation. @throws Conflict if no invitation with this digest is open */
    public void accept(ProjectId id, String digest, Change change) {
        change(id, change, (project, today) -> project.accept(change, today, digest));
    }

    /** Declines an invitation. @throws Conflict if no invitation with this digest is open */
    public void decline(ProjectId id, String digest, @Nullable String comment, Change change) {
        change(id, change, (project, today) -> project.decline(change, today, digest, comment));
    }

    /** Withdraws an invitation. @throws Conflict if no invitation with this digest is open */
    public void withdrawInvitation(ProjectId id, String digest, Change change) {
        change(id, change, (project, today) -> project.withdrawInvitation(change, today, digest));
    }

    /** Offers the coordination to another member. */
    public void handOver(ProjectId id, PartnerId to, Change change) {
        change(id, change, (project, today) -> project.handOver(change, today, to));
    }

    /** Offers the coordination to a member, while the coordinator cannot act or none has confirmed. */
    public void appoint(ProjectId id, PartnerId to, Input<Reason> reason, Change change) {
        change(id, change, (project, today) -> project.appoint(change, today, to, reason, this::status));
    }

    private Optional<PartnerStatus> status(PartnerId partner) {
        return Optional.ofNullable(
                        partners.find(List.of(partner), Actor.system()).get(partner))
                .map(PartnerFace::status);
    }

    /** Takes the coordination. */
    public void acceptCoordination(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.acceptCoordination(change, today));
    }

    /** Declines the coordination. */
    public void declineCoordination(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.declineCoordination(change, today));
    }

    /** Withdraws the offer of the coordination. */
    public void withdrawHandOver(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.withdrawHandOver(change, today));
    }

    /** Names who consents for a member. */
    public void nameRepresentative(ProjectId id, Input<RepresentativeNaming> naming, Change change) {
        change(id, change, (project, today) -> project.nameRepresentative(change, today, naming));
    }

    /** Accepts to consent for a member. */
    public void acceptRepresentation(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.acceptRepresentation(change, today));
    }

    /** Ends that an account consents for a member. */
    public void endRepresentation(ProjectId id, AccountId ended, Change change) {
        change(id, change, (project, today) -> project.endRepresentation(change, today, ended));
    }

    /** Leaves a project. @param on the first day on which the partner will not be a member; null for in three months */
    public void leave(ProjectId id, @Nullable LocalDate on, Change change) {
        change(id, change, (project, today) -> project.leave(change, today, on));
    }

    /** Stays in a project after all. */
    public void withdrawLeave(ProjectId id, Change change) {
        change(id, change, (project, today) -> project.withdrawLeave(change, today));
    }

    /** Does what has become due in a project, for the service itself. */
    void settle(ProjectId id, Moment now) {
        follow(id, project -> project.settle(Change.by(Actor.system(), now.at()), now.today()));
    }

    /** Takes over the statuses of a project's partners, for the service itself. */
    void followPartners(ProjectId id, Instant at) {
        follow(id, project -> {
            var statuses = new HashMap<PartnerId, PartnerStatus>();
            partners.find(project.followed(), Actor.system())
                    .forEach((partner, face) -> statuses.put(partner, face.status()));
            return project.followPartners(Change.by(Actor.system(), at), zone.dayOf(at), statuses);
        });
    }

    private void follow(ProjectId id, Predicate<JointProject> differs) {
        staleWrites.invoke(() -> {
            projects.findById(id).filter(differs).ifPresent(this::save);
            return id;
        });
    }

    private void change(ProjectId id, Change change, BiConsumer<JointProject, LocalDate> act) {
        staleWrites.invoke(() -> {
            var project = load(id, change);
            try {
                act.accept(project, today(change));
                if (!project.newEvents().isEmpty()) {
                    save(project);
                }
            } catch (AlreadyMade before) {
                // Answered like the first time.
                return id;
            }
            return id;
        });
    }

    /** Who sees only a copy changes nothing; but it may repeat a change by which it left, since it saw the project before. */
    private JointProject load(ProjectId id, Change change) {
        return projects.findByIdAndDerivedAudienceTokensIn(id, reading.presentTokens(change.actor()))
                .or(() -> Optional.ofNullable(change.key())
                        .flatMap(key -> projects.findByIdAndKeyedChangesChangesKey(id, key.id())))
                .orElseThrow(() -> new NotFound("JointProject"));
    }

    private void save(JointProject project) {
        project.newCopies().forEach(copies::save);
        projects.save(project);
    }

    private LocalDate today(Change change) {
        return zone.dayOf(change.at());
    }
}
