package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which partners, in which order. All conditions hold at once; an absent one holds for all partners, an empty set for none.
 *
 * @param kinds of any of these kinds
 * @param statuses in any of these statuses
 * @param areas taking part in any of these areas
 * @param identifier with this identifier
 * @param text whose names and summaries have words that begin with each of these
 * @param order what to order by
 * @param descending whether the greatest comes first
 */
public record PartnerQuery(
        @Nullable Set<PartnerKind> kinds,
        @Nullable Set<PartnerStatus> statuses,
        @Nullable Set<AreaCode> areas,
        @Nullable ExternalIdentifier identifier,
        @Nullable String text,
        Order order,
        boolean descending) {

    /** What partners can be ordered by. */
    public enum Order {
        NAME("name"),
        MEMBER_SINCE("memberSince");

        private final String field;

        Order(String field) {
            this.field = field;
        }

        /** The field that shows what is ordered by; the sort key has the same name. */
        String field() {
            return field;
        }
    }
}
