package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import org.jspecify.annotations.Nullable;

/**
 * What other capabilities' rules need of a partner. It is not what the actor is shown of it, which the type {@code Partner} decides.
 *
 * @param name in all its languages; without texts where a stored profile lacks it
 * @param legalEntity which acts for it; null until the partner states it
 * @param signaturesRequired how many people sign for it, 1 or 2
 */
public record PartnerFace(
        PartnerId id,
        PartnerStatus status,
        LocalizedText name,
        @Nullable LegalEntity legalEntity,
        int signaturesRequired) {}
