package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.LegalEntity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a partner states about itself and the office about it. If only some components are read, or given by an edit, the others are null.
 *
 * @param name at most {@value #MAX_NAME_LENGTH} characters
 * @param summary what it is and does; at most {@value #MAX_SUMMARY_LENGTH} characters
 * @param kind for the office to change
 * @param areas the areas of activity that it takes part in, ordered, without repetition
 * @param identifiers at most 20, exactly one of each type preferred
 * @param website its own website
 * @param address its seat
 * @param memberSince the first day of its membership; for the office to change
 * @param memberUntil the last day of its membership; for the office to change
 * @param legalEntity which acts for it
 * @param signaturesRequired how many people sign for it, 1 or 2; for the office to change
 */
public record PartnerProfile(
        LocalizedText name,
        @Nullable LocalizedText summary,
        PartnerKind kind,
        List<AreaCode> areas,
        List<ExternalIdentifier> identifiers,
        @Nullable Website website,
        @Nullable Address address,
        @Nullable LocalDate memberSince,
        @Nullable LocalDate memberUntil,
        @Nullable LegalEntity legalEntity,
        @Nullable Integer signaturesRequired) {

    public static final int MAX_NAME_LENGTH = 200;
    public static final int MAX_SUMMARY_LENGTH = 2_000;

    private static final int MAX_SIGNATURES_REQUIRED = 2;

    /** What is left of an erased prospect's. */
    static final PartnerProfile ERASED = new PartnerProfile(
            LocalizedText.of(Map.of()),
            null,
            PartnerKind.OTHER,
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null);

    /** The components that only the office changes. */
    static final Set<String> CLASSIFICATION = Set.of("kind", "memberSince", "memberUntil", "signaturesRequired");

    /**
     * Adds the violations of the given components: {@code name.required}, {@code kind.required}, {@code membership.dates}, {@code signatures.number}.
     * What was not given is not validated, so that stored values may break later rules.
     */
    void check(Set<String> given, Violations violations) {
        if (given.contains("name")) {
            violations.demandPresent("name", name, "A partner always has a name.");
        }
        if (given.contains("kind")) {
            violations.demandPresent("kind", kind, "A partner always has a kind.");
        }
        if (given.contains("memberSince") || given.contains("memberUntil")) {
            violations.demand(
                    memberUntil == null || (memberSince != null && !memberUntil.isBefore(memberSince)),
                    "membership.dates",
                    "A membership ends after it began.",
                    "memberUntil");
        }
        if (given.contains("signaturesRequired")) {
            violations.demand(
                    signaturesRequired != null
                            && signaturesRequired >= 1
                            && signaturesRequired <= MAX_SIGNATURES_REQUIRED,
                    "signatures.number",
                    "One or two people sign for a partner.",
                    "signaturesRequired");
        }
    }

    PartnerProfile withMemberSince(LocalDate day) {
        return new PartnerProfile(
                name,
                summary,
                kind,
                areas,
                identifiers,
                website,
                address,
                day,
                memberUntil,
                legalEntity,
                signaturesRequired);
    }
}
