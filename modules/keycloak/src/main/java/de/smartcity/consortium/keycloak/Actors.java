package de.smartcity.consortium.keycloak;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerDirectory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Turns an authentication of this module's security chain into the {@link Actor} who calls. */
public final class Actors {

    /** The HTTP header that names the acting organisation, by its alias. */
    public static final String ACTING_ORGANISATION = "X-Acting-Organisation";

    private final PartnerDirectory directory;

    public Actors(PartnerDirectory directory) {
        this.directory = directory;
    }

    /**
     * Who calls. Asks the directory anew each time, so that a partner's change of status holds for tokens issued before it.
     *
     * @param authentication of the request; nobody has signed in where it is absent or another module's
     * @param actingOrganisation the alias of the organisation to act for; blank or absent to leave it to the only one there is
     */
    public Actor of(@Nullable Authentication authentication, @Nullable String actingOrganisation) {
        if (!(authentication instanceof SignedIn signedIn)) {
            return Actor.anonymous();
        }
        var account = signedIn.getPrincipal();
        var organisations = account.memberships().stream()
                .map(this::organisation)
                .flatMap(Optional::stream)
                .toList();
        if (account.whyNone() != null) {
            return unattached(account, account.whyNone(), organisations);
        }
        if (actingOrganisation == null || actingOrganisation.isBlank()) {
            return switch (organisations.size()) {
                case 0 -> unattached(account, NoActingOrganisation.UNKNOWN_ORGANISATION, organisations);
                case 1 -> acting(account, organisations.getFirst(), organisations);
                default -> unattached(account, NoActingOrganisation.SEVERAL_ORGANISATIONS, organisations);
            };
        }
        var named = account.in(actingOrganisation.strip());
        if (named.isEmpty()) {
            return unattached(account, NoActingOrganisation.NOT_A_MEMBER, organisations);
        }
        return organisations.stream()
                .filter(organisation -> organisation.id().equals(named.get().organisation()))
                .findFirst()
                .map(organisation -> acting(account, organisation, organisations))
                .orElseGet(() -> unattached(account, NoActingOrganisation.UNKNOWN_ORGANISATION, organisations));
    }

    private Optional<Organisation> organisation(Account.Membership membership) {
        return directory
                .findByOrganisation(membership.organisation())
                .map(entry -> new Organisation(
                        membership.organisation(), entry.partner(), entry.alias(), entry.status(), membership.roles()));
    }

    private static Actor acting(Account account, Organisation acting, List<Organisation> organisations) {
        return Actor.acting(account.kind(), account.id(), account.office(), acting, organisations);
    }

    private static Actor unattached(Account account, NoActingOrganisation why, List<Organisation> organisations) {
        return Actor.unattached(account.kind(), account.id(), account.office(), why, organisations);
    }
}
