package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The permissions to change partners, empty if permitted. The audience has already decided whether the actor may see the partner. */
public final class PartnerPermissions {

    /** The statuses in which a partner's own admins may edit it. */
    static final Set<PartnerStatus> EDITED_BY_ITSELF = EnumSet.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    private PartnerPermissions() {}

    /** To edit its profile and its contacts: its own admins while it is ONBOARDING or ACTIVE, and the office unless it is DEPARTED. */
    public static Optional<Refusal> edit(Actor actor, PartnerFacts partner) {
        if (actor.isOffice()) {
            return ifStatus(partner.status() == PartnerStatus.DEPARTED, partner);
        }
        // The actor's status may be seconds old, unlike the partner's.
        return actor.refusalToActFor(partner.id(), Role.PARTNER_ADMIN, EDITED_BY_ITSELF)
                .or(() -> ifStatus(!EDITED_BY_ITSELF.contains(partner.status()), partner));
    }

    /** To edit these components of its profile: some only by the office. */
    public static Optional<Refusal> edit(Actor actor, PartnerFacts partner, Set<String> components) {
        return Collections.disjoint(components, PartnerProfile.CLASSIFICATION)
                ? edit(actor, partner)
                : actor.refusalToActAsOffice().or(() -> edit(actor, partner));
    }

    /** To record a prospect. */
    public static Optional<Refusal> recordProspect(Actor actor) {
        return actor.refusalToActAsOffice();
    }

    /** To change a partner's status. */
    public static Optional<Refusal> changeStatus(Actor actor) {
        return actor.refusalToActAsOffice();
    }

    private static Optional<Refusal> ifStatus(boolean inTheWay, PartnerFacts partner) {
        return inTheWay ? Optional.of(Refusal.partnerStatus(partner.status())) : Optional.empty();
    }
}
