package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.SearchText;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What partners are ordered by. Each key ends in the partner's id, so that no two are alike and the rest of a list after one partner is one
 * range of one key.
 *
 * @param name the folded name, U+0001, the id
 * @param memberSince the ISO date, or 9999-12-31 where there is none, U+0001, the id
 */
record SortKeys(String name, String memberSince) {

    static SortKeys of(PartnerId id, String name, @Nullable LocalDate memberSince) {
        return new SortKeys(
                key(SearchText.sortKey(name), id),
                key(memberSince == null ? "9999-12-31" : memberSince.toString(), id));
    }

    SortKeys since(PartnerId id, LocalDate day) {
        return new SortKeys(name, key(day.toString(), id));
    }

    private static String key(String text, PartnerId id) {
        return text + '\u0001' + id.value();
    }
}
