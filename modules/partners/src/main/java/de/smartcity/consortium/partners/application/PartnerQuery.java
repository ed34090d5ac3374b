package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.AreaCode;
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
 * @param identifier known under this identifier
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
        NAME("sort.name"),
        MEMBER_SINCE("sort.memberSince");

        private final String path;

        Order(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /** Binds a cursor to this filter and order. */
    String listName() {
        return "partners:" + this;
    }
}
