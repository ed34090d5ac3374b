package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Violations;
import org.jspecify.annotations.Nullable;

/**
 * What a person states when signing.
 *
 * @param function in the organisation
 * @param locale the language in which the edition was shown
 */
public record SignatureInput(
        String function,
        String locale,
        SignatureMethod method,
        Mandate mandate,
        @Nullable FileId powerOfAttorney,
        @Nullable FileId document,
        @Nullable Reservation reservation) {

    /**
     * Adds the violations of rules between the components: {@code powerOfAttorney.required}, {@code document.required}, {@code method.paper},
     * {@code document.unexpected}, {@code powerOfAttorney.unexpected}.
     */
    void check(Violations violations) {
        violations.demand(
                mandate != Mandate.POWER_OF_ATTORNEY || powerOfAttorney != null || violations.isAt("powerOfAttorney"),
                "powerOfAttorney.required",
                "Attach the power of attorney.",
                "powerOfAttorney");
        violations.demand(
                mandate == Mandate.POWER_OF_ATTORNEY || powerOfAttorney == null,
                "powerOfAttorney.unexpected",
                "A statutory mandate needs no power of attorney.",
                "powerOfAttorney");
        violations.demand(
                method != SignatureMethod.PAPER,
                "method.paper",
                "Only the office records signatures on paper.",
                "method");
        violations.demand(
                method != SignatureMethod.QUALIFIED || document != null || violations.isAt("document"),
                "document.required",
                "Attach the signed PDF.",
                "document");
        violations.demand(
                method == SignatureMethod.QUALIFIED || document == null,
                "document.unexpected",
                "Only a qualified signature has a signed PDF.",
                "document");
    }
}
