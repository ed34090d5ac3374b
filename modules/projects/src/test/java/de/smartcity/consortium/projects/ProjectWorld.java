package de.smartcity.consortium.projects;

import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.add;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.digest;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.join;
import static de.smartcity.consortium.projects.ProjectFixtures.loaded;
import static de.smartcity.consortium.projects.ProjectFixtures.named;
import static de.smartcity.consortium.projects.ProjectFixtures.proposed;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.ProjectRole;
import de.smartcity.consortium.projects.model.RepresentativeNaming;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed project with partners in every relation to it, the day after most of it happened. Coordinator, member and invited partner have
 * representatives, {@code rep}, and the member a deputy, {@code deputy}.
 */
public final class ProjectWorld {

    public static final LocalDate LATER = TODAY.plusDays(1);

    public final PartnerId coordinator = PartnerId.next();
    public final PartnerId member = PartnerId.next();
    /** Has named {@code named}, who has not accepted. */
    public final PartnerId naming = PartnerId.next();
    /** {@code expired} represented it until today. */
    public final PartnerId expired = PartnerId.next();

    public final PartnerId associated = PartnerId.next();
    /** In sixty days. */
    public final PartnerId leaving = PartnerId.next();

    public final PartnerId invited = PartnerId.next();
    public final PartnerId left = PartnerId.next();
    public final PartnerId declined = PartnerId.next();
    public final PartnerId stranger = PartnerId.next();
    public final FileId ofMember = FileId.next();
    public final FileId ofAssociated = FileId.next();
    public final JointProject project;

    public ProjectWorld() {
        var made = proposed(coordinator);
        add(made, member);
        add(made, naming);
        add(made, expired);
        invite(made, editor(coordinator), associated, ProjectRole.ASSOCIATED);
        join(made, associated);
        add(made, leaving);
        add(made, left);
        invite(made, editor(coordinator), invited, ProjectRole.PARTNER);
        invite(made, editor(coordinator), declined, ProjectRole.PARTNER);
        represent(made, coordinator, "rep", null, null);
        represent(made, member, "rep", "deputy", null);
        represent(made, invited, "rep", null, null);
        represent(made, expired, "expired", null, TODAY);
        made.nameRepresentative(
                by(signatory(naming)), TODAY, in -> new RepresentativeNaming(account(naming, "named"), null, null));
        made.leave(by(signatory(leaving)), TODAY, TODAY.plusDays(60));
        made.leave(by(signatory(left)), TODAY, TODAY);
        made.decline(by(signatory(declined)), TODAY, digest(made, declined), null);
        made.attach(by(editor(member)), TODAY, ofMember, FileAudience.MEMBERS);
        made.attach(by(editor(associated)), TODAY, ofAssociated, FileAudience.PROJECT);
        made.settle(by(Actor.system()), LATER);
        made.derive("de");
        project = loaded(made);
    }

    /** A signatory names people, who accept. */
    public static void represent(
            JointProject project, PartnerId partner, String name, @Nullable String deputy, @Nullable LocalDate until) {
        project.nameRepresentative(
                by(signatory(partner)),
                TODAY,
                in -> new RepresentativeNaming(
                        account(partner, name), deputy == null ? null : account(partner, deputy), until));
        project.acceptRepresentation(by(named(partner, name)), TODAY);
        if (deputy != null) {
            project.acceptRepresentation(by(named(partner, deputy)), TODAY);
        }
    }
}
