package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.LocalizedText;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What to change of a partner; its parts are as in {@link Partner}.
 *
 * @param kind for the office to change
 * @param memberSince for the office to change
 * @param memberUntil for the office to change
 */
public record PartnerEdit(
        Change<LocalizedText> name,
        Change<LocalizedText> summary,
        Change<PartnerKind> kind,
        Change<Set<AreaCode>> areas,
        Change<List<ExternalIdentifier>> identifiers,
        Change<Website> website,
        Change<Address> address,
        Change<LocalDate> memberSince,
        Change<LocalDate> memberUntil) {

    /** Whether it touches what a partner does not say of itself. */
    boolean touchesClassification() {
        return !(kind.isAbsent() && memberSince.isAbsent() && memberUntil.isAbsent());
    }
}
