package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.projects.ProjectId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A partner's way into a project and out of it.
 *
 * @param roles its roles, each since a day, the earliest first; at least one
 * @param invitation what it was offered; null for the partner that began the project
 * @param since the first day as a member; null until it is one
 * @param leavingOn for LEAVING, the first day on which it will not be a member
 * @param until the first day on which it was not a member any more; null while it is
 * @param answer how it answered the invitation; null if it did not
 * @param representatives at most one, and one deputy
 * @param copy identifies the copy of the project that was made when it left; null until then
 */
public record Membership(
        @BsonId UUID id,
        PartnerId partner,
        List<RolePeriod> roles,
        MembershipState state,
        @Nullable Invitation invitation,
        @Nullable LocalDate since,
        @Nullable LocalDate leavingOn,
        @Nullable LocalDate until,
        @Nullable MembershipAnswer answer,
        List<Representative> representatives,
        @Nullable UUID copy) {

    public Membership {
        // Stored memberships may lack them.
        roles = roles == null ? List.of() : List.copyOf(roles);
        representatives = representatives == null ? List.of() : List.copyOf(representatives);
    }

    /** Of the partner that begins a project, which coordinates it. */
    static Membership beginning(PartnerId partner, LocalDate today) {
        return new Membership(
                TimeOrderedIds.next(),
                partner,
                List.of(new RolePeriod(ProjectRole.COORDINATOR, today)),
                MembershipState.ACTIVE,
                null,
                today,
                null,
                null,
                null,
                List.of(),
                null);
    }

    static Membership invited(
            ProjectId project, InvitedPartner invited, @Nullable PartnerId inviter, LocalDate today, Change change) {
        var id = TimeOrderedIds.next();
        return new Membership(
                id,
                invited.partner(),
                List.of(new RolePeriod(invited.terms().role(), today)),
                MembershipState.INVITED,
                Invitation.of(project, id, invited, inviter, change),
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** Its present role, or its last one. */
    public ProjectRole role() {
        return roles.isEmpty() ? ProjectRole.PARTNER : roles.getLast().role();
    }

    /** Its role on a day. */
    public ProjectRole roleOn(LocalDate day) {
        return roles.stream()
                .filter(period -> !period.since().isAfter(day))
                .reduce((earlier, later) -> later)
                .map(RolePeriod::role)
                .orElseGet(() ->
                        roles.isEmpty() ? ProjectRole.PARTNER : roles.getFirst().role());
    }

    /** Whether the partner was a member on a day. */
    public boolean isMemberOn(LocalDate day) {
        return since != null && !day.isBefore(since) && (until == null || day.isBefore(until));
    }

    /** Whether an account has accepted to consent for it. */
    public boolean isRepresentedBy(AccountId account) {
        return representatives.stream()
                .anyMatch(each -> each.isAccepted() && each.account().equals(account));
    }

    Membership joined(LocalDate today, MembershipAnswer by) {
        var terms = Objects.requireNonNull(invitation).terms();
        var first = Objects.requireNonNullElse(terms.since(), today);
        return new Membership(
                id,
                partner,
                List.of(new RolePeriod(terms.role(), first)),
                MembershipState.ACTIVE,
                invitation,
                first,
                null,
                null,
                by,
                representatives,
                null);
    }

    /** An invitation that nobody can accept any more; its texts would only take room. */
    Membership closed(MembershipState as, @Nullable MembershipAnswer by) {
        return new Membership(
                id,
                partner,
                roles,
                as,
                invitation == null ? null : invitation.withoutTexts(),
                null,
                null,
                null,
                by,
                List.of(),
                null);
    }

    Membership leaving(LocalDate on) {
        return new Membership(
                id,
                partner,
                roles,
                MembershipState.LEAVING,
                invitation,
                since,
                on,
                null,
                answer,
                representatives,
                null);
    }

    Membership staying() {
        return new Membership(
                id,
                partner,
                roles,
                MembershipState.ACTIVE,
                invitation,
                since,
                null,
                null,
                answer,
                representatives,
                null);
    }

    Membership left(LocalDate on, UUID copied) {
        return new Membership(
                id, partner, roles, MembershipState.LEFT, invitation, since, null, on, answer, List.of(), copied);
    }

    Membership as(ProjectRole role, LocalDate today) {
        var periods = new ArrayList<>(roles);
        if (!periods.isEmpty() && periods.getLast().since().equals(today)) {
            periods.removeLast();
        }
        periods.add(new RolePeriod(role, today));
        return new Membership(
                id, partner, periods, state, invitation, since, leavingOn, until, answer, representatives, copy);
    }

    /** A person who is named again need not accept again. */
    Representative named(AccountId account, boolean deputy, @Nullable LocalDate until, AccountId by) {
        var accepted = representatives.stream()
                .filter(each -> each.account().equals(account))
                .map(Representative::acceptedAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Representative(account, deputy, until, by, accepted);
    }

    Membership representedBy(List<Representative> people) {
        return new Membership(id, partner, roles, state, invitation, since, leavingOn, until, answer, people, copy);
    }
}
