package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who sees a project and its memberships. */
public final class ProjectAudience {

    /** A member, which sees everything. */
    public static final Viewpoint MEMBER = Viewpoint.relation("member", PartnerStatus.ACTIVE);

    /** An invited partner, which sees what the consortium sees, and what it is asked. */
    public static final Viewpoint INVITED = Viewpoint.relation("invited", PartnerStatus.ACTIVE);

    /** A partner that has left, which keeps a copy. */
    public static final Viewpoint FORMER = Viewpoint.relation("former", PartnerStatus.ACTIVE);

    /** The partner of a membership, also of an invited one. */
    public static final Viewpoint ITSELF = Viewpoint.relation("itself", PartnerStatus.ACTIVE);

    /** All relations between a project and a partner. */
    public static final List<Viewpoint> RELATIONS = List.of(MEMBER, INVITED, FORMER);

    /** All relations between a membership and a partner. */
    public static final List<Viewpoint> RELATIONS_TO_MEMBERSHIP = List.of(MEMBER, INVITED, ITSELF);

    /** Who sees everything. */
    public static final Set<Viewpoint> INSIDE = Set.of(MEMBER, Viewpoint.OFFICE);

    /** Who sees what the consortium sees. */
    public static final Set<Viewpoint> PARTNERS = Set.of(MEMBER, INVITED, Viewpoint.CONSORTIUM, Viewpoint.OFFICE);

    /** Who sees the project as it is now, and not only a copy. */
    public static final Set<Viewpoint> PRESENT =
            Set.of(MEMBER, INVITED, Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, Viewpoint.OFFICE);

    private ProjectAudience() {}

    /** Who sees the project. */
    public static Audience of(ProjectFacts project) {
        var tokens = new TreeSet<>(tokens(project));
        project.memberships().stream()
                .filter(each -> each.state() == MembershipState.LEFT)
                .map(Membership::partner)
                .filter(partner -> project.present(partner)
                        .filter(again -> again.state().isMember())
                        .isEmpty())
                .forEach(partner -> tokens.add(FORMER.token(partner)));
        return new Audience(List.copyOf(tokens));
    }

    /** Who sees the project as it is now. */
    public static List<String> tokens(ProjectFacts project) {
        var general = switch (project.content().visibility()) {
            case MEMBERS -> Audience.office();
            case CONSORTIUM -> Audience.consortium();
            case PUBLIC -> Audience.everybody();
        };
        return Stream.concat(
                        general.tokens().stream(),
                        project.memberships().stream()
                                .filter(each -> each.state().isPresent())
                                .map(each -> (each.state().isMember() ? MEMBER : INVITED).token(each.partner())))
                .toList();
    }

    /** Who sees a membership: whoever sees the project, if the partner is a member; else the members, the office, and an invited partner itself. */
    public static Audience of(ProjectFacts project, Membership membership) {
        var audience = new Audience(membership.state().isMember() ? tokens(project) : inside(project));
        return membership.state().isPresent() ? audience.with(ITSELF.token(membership.partner())) : audience;
    }

    /** Who sees a file. */
    public static Audience of(ProjectFacts project, ProjectFile file) {
        return new Audience(file.audience() == FileAudience.PROJECT ? tokens(project) : inside(project));
    }

    /** Whom an event concerns about what only those see who see everything. */
    static List<String> inside(ProjectFacts project) {
        return tokens(project, INSIDE);
    }

    /** The tokens of these viewpoints among those with which the project is seen as it is now. */
    static List<String> tokens(ProjectFacts project, Set<Viewpoint> viewpoints) {
        return tokens(project).stream()
                .filter(token -> viewpoints.stream().anyMatch(viewpoint -> viewpoint.isOf(token)))
                .toList();
    }

    /** Whom an event about a partner that is not a member concerns, or about what only members see of one that is. */
    static List<String> inside(ProjectFacts project, PartnerId partner) {
        return Stream.concat(inside(project).stream(), Stream.of(INVITED.token(partner)))
                .toList();
    }
}
