package de.smartcity.consortium.partners;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partner as files describe it, before its values are validated. Texts are maps by BCP 47 tag.
 *
 * @param memberSince null for a prospect
 * @param signaturesRequired how many people sign for it; null for one
 */
public record PartnerRow(
        String alias,
        String kind,
        Map<String, String> name,
        @Nullable Map<String, String> summary,
        @Nullable List<String> areas,
        @Nullable LocalDate memberSince,
        @Nullable Integer signaturesRequired) {}
