package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The permissions to change a partner's profile, empty if permitted. The audience has already decided whether the actor may see the partner. */
public final class ProfilePermissions {

    private static final Set<PartnerStatus> DRAFTED_WHILE = EnumSet.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);
    private static final Set<PartnerStatus> PUBLISHED_WHILE = EnumSet.of(PartnerStatus.ACTIVE);

    private ProfilePermissions() {}

    /** To edit any profile: editors of a partner that may have one. */
    public static Optional<Refusal> edit(Actor actor) {
        return actor.refusalToAct(Role.EDITOR, DRAFTED_WHILE);
    }

    /** To edit or discard the draft: editors of the partner. */
    public static Optional<Refusal> edit(Actor actor, PartnerId owner) {
        return actor.refusalToActFor(owner, Role.EDITOR, DRAFTED_WHILE);
    }

    /** To publish the draft: administrators and signatories of the partner, once it is a member. */
    public static Optional<Refusal> publish(Actor actor, PartnerId owner) {
        return actor.refusalToActFor(owner, Role.PARTNER_ADMIN, PUBLISHED_WHILE)
                .flatMap(refusal -> actor.refusalToActFor(owner, Role.SIGNATORY, PUBLISHED_WHILE)
                        .map(either -> refusal));
    }
}
