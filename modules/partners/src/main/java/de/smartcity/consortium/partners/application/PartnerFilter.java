package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.IdentifierType;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which partners, as a client asks for them. All conditions hold at once; an absent one holds for all partners, an empty list for none.
 *
 * @param kinds of any of these kinds
 * @param statuses in any of these statuses
 * @param areas taking part in any of these areas
 * @param identifier with this identifier
 * @param text whose names and summaries have words that begin with each of these
 */
public record PartnerFilter(
        @Nullable Set<PartnerKind> kinds,
        @Nullable Set<PartnerStatus> statuses,
        @Nullable List<String> areas,
        @Nullable IdentifierFilter identifier,
        @Nullable String text) {

    static final PartnerFilter NONE = new PartnerFilter(null, null, null, null, null);

    public record IdentifierFilter(IdentifierType type, String value) {}
}
