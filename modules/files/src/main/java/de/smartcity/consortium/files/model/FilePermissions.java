package de.smartcity.consortium.files.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permissions to upload files, and to use uploads before an aggregate has claimed them. */
public final class FilePermissions {

    private static final Set<PartnerStatus> WHILE = EnumSet.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    private FilePermissions() {}

    /** To upload: the office, and editors and signatories of an ONBOARDING or ACTIVE partner. Empty if permitted. */
    public static Optional<Refusal> upload(Actor actor) {
        return actor.isOffice() ? Optional.empty() : uploadForOrganisation(actor);
    }

    private static Optional<Refusal> uploadForOrganisation(Actor actor) {
        return actor.refusalToAct(Role.EDITOR, WHILE)
                .filter(why -> why.reason() != Refusal.Reason.ROLE_MISSING
                        || !actor.organisation().orElseThrow().grants(Role.SIGNATORY));
    }

    /**
     * Whose an actor's uploads are: of the organisation that it acts for if it may upload for that, also if it is of the office, or else null for the
     * office.
     */
    public static @Nullable PartnerId owner(Actor actor) {
        return actor.isOffice() && uploadForOrganisation(actor).isPresent()
                ? null
                : actor.organisation().map(Organisation::partner).orElseThrow();
    }

    /** Whether the actor may read and attach an upload of this owner that no aggregate has claimed. */
    public static boolean mayUse(Actor actor, @Nullable PartnerId owner) {
        if (owner == null) {
            return actor.isOffice();
        }
        return actor.actsFor(owner)
                && actor.organisation()
                        .filter(organisation -> WHILE.contains(organisation.status()))
                        .isPresent();
    }
}
