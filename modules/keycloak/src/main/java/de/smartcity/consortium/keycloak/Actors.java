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

/** Determines the {@link Actor} of a request from its authentication. */
public final class Actors {

    /** The HTTP header that names the acting organisation, by its alias. */
    public static final String ACTING_ORGANISATION = "X-Acting-Organisation";

    private final PartnerDirectory directory;

    public Actors(PartnerDirectory directory) {
        this.directory = directory;
    }

    /** The alias that the header's values name: several together are none, since a proxy must not choose for the caller by adding one. */
    public static String named(List<String> values) {
        return String.join(",", values);
    }

    /**
     * The actor of a request. Looks up partners at each call, so that a change of status applies to tokens issued before it.
     *
     * @param authentication the request's authentication; the actor is anonymous if it is null or not of this module
     * @param actingOrganisation the alias of the organisation to act for, case-insensitive; blank or null for the only one. If a named organisation
     *     cannot act, the actor acts neither for another one nor as the office.
     */
    public Actor of(@Nullable Authentication authentication, @Nullable String actingOrganisation) {
        if (!(authentication instanceof AccountAuthentication signedIn)) {
            return Actor.anonymous();
        }
        var account = signedIn.getPrincipal();
        var entries = directory.find(account.memberships().stream()
                .map(Account.Membership::organisation)
                .toList());
        var candidates = account.memberships().stream()
                .map(membership -> candidate(membership, entries.get(membership.organisation())))
                .toList();
        var eligible = candidates.stream()
                .flatMap(candidate -> candidate.organisation().stream())
                .toList();
        if (actingOrganisation == null || actingOrganisation.isBlank()) {
            return eligible.size() == 1
                    ? acting(account, eligible.getFirst(), eligible)
                    : unattached(account, account.office(), whyNone(account, candidates, eligible), eligible);
        }
        var alias = actingOrganisation.strip();
        for (var candidate : candidates) {
            if (candidate.alias().equalsIgnoreCase(alias)) {
                return candidate
                        .organisation()
                        .map(organisation -> acting(account, organisation, eligible))
                        .orElseGet(() -> unattached(account, false, candidate.whyNot(), eligible));
            }
        }
        var why = account.whyNone() == null ? NoActingOrganisation.NOT_A_MEMBER : account.whyNone();
        return unattached(account, false, why, eligible);
    }

    private static NoActingOrganisation whyNone(
            Account account, List<Candidate> candidates, List<Organisation> eligible) {
        if (account.whyNone() != null) {
            return account.whyNone();
        }
        if (eligible.size() > 1) {
            return NoActingOrganisation.SEVERAL_ORGANISATIONS;
        }
        return candidates.stream().anyMatch(candidate -> candidate.whyNot() == NoActingOrganisation.DEPARTED)
                ? NoActingOrganisation.DEPARTED
                : NoActingOrganisation.UNKNOWN_ORGANISATION;
    }

    /**
     * An organisation that the token names.
     *
     * @param organisation empty if it cannot act
     * @param whyNot the reason in that case
     */
    private record Candidate(String alias, Optional<Organisation> organisation, NoActingOrganisation whyNot) {}

    private static Candidate candidate(Account.Membership membership, PartnerDirectory.@Nullable Entry entry) {
        var eligible = Optional.ofNullable(entry)
                .filter(found -> found.status() != PartnerStatus.DEPARTED)
                .map(found -> new Organisation(
                        membership.organisation(), found.partner(), found.alias(), found.status(), membership.roles()));
        return new Candidate(
                membership.alias(),
                eligible,
                entry != null ? NoActingOrganisation.DEPARTED : NoActingOrganisation.UNKNOWN_ORGANISATION);
    }

    private static Actor acting(Account account, Organisation acting, List<Organisation> eligible) {
        return Actor.acting(account.kind(), account.id(), account.office(), acting, eligible);
    }

    private static Actor unattached(
            Account account, boolean office, NoActingOrganisation why, List<Organisation> eligible) {
        return Actor.unattached(account.kind(), account.id(), office, why, eligible);
    }
}
