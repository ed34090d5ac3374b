package de.smartcity.consortium.keycloak;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerStatus;
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
     * @param actingOrganisation the alias of the organisation to act for, in any case; blank or absent to leave it to the only one there is. An
     *     organisation that is named and cannot act is not replaced by another, nor by the office.
     */
    public Actor of(@Nullable Authentication authentication, @Nullable String actingOrganisation) {
        if (!(authentication instanceof SignedIn signedIn)) {
            return Actor.anonymous();
        }
        var account = signedIn.getPrincipal();
        var candidates = account.memberships().stream().map(this::candidate).toList();
        var able = candidates.stream()
                .flatMap(candidate -> candidate.organisation().stream())
                .toList();
        if (actingOrganisation == null || actingOrganisation.isBlank()) {
            return able.size() == 1
                    ? acting(account, able.getFirst(), able)
                    : unattached(account, account.office(), whyNone(account, candidates, able), able);
        }
        var alias = actingOrganisation.strip();
        for (var candidate : candidates) {
            if (candidate.alias().equalsIgnoreCase(alias)) {
                return candidate
                        .organisation()
                        .map(organisation -> acting(account, organisation, able))
                        .orElseGet(() -> unattached(account, false, candidate.whyNot(), able));
            }
        }
        var why = account.whyNone() == null ? NoActingOrganisation.NOT_A_MEMBER : account.whyNone();
        return unattached(account, false, why, able);
    }

    private static NoActingOrganisation whyNone(Account account, List<Candidate> candidates, List<Organisation> able) {
        if (account.whyNone() != null) {
            return account.whyNone();
        }
        if (able.size() > 1) {
            return NoActingOrganisation.SEVERAL_ORGANISATIONS;
        }
        return candidates.stream().anyMatch(candidate -> candidate.whyNot() == NoActingOrganisation.DEPARTED)
                ? NoActingOrganisation.DEPARTED
                : NoActingOrganisation.UNKNOWN_ORGANISATION;
    }

    /**
     * An organisation that the token names.
     *
     * @param organisation what can act; empty where nothing can, for the reason that is given beside
     */
    private record Candidate(String alias, Optional<Organisation> organisation, NoActingOrganisation whyNot) {}

    private Candidate candidate(Account.Membership membership) {
        var entry = directory.findByOrganisation(membership.organisation());
        var able = entry.filter(found -> found.status() != PartnerStatus.DEPARTED)
                .map(found -> new Organisation(
                        membership.organisation(), found.partner(), found.alias(), found.status(), membership.roles()));
        return new Candidate(
                membership.alias(),
                able,
                entry.isPresent() ? NoActingOrganisation.DEPARTED : NoActingOrganisation.UNKNOWN_ORGANISATION);
    }

    private static Actor acting(Account account, Organisation acting, List<Organisation> able) {
        return Actor.acting(account.kind(), account.id(), account.office(), acting, able);
    }

    private static Actor unattached(
            Account account, boolean office, NoActingOrganisation why, List<Organisation> able) {
        return Actor.unattached(account.kind(), account.id(), office, why, able);
    }
}
