package de.smartcity.consortium.partners;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A consortium as files describe it, before its values are checked. Texts are by BCP 47 tag.
 *
 * @param consortium the consortium itself
 * @param areas its areas of activity, in the order in which they are shown
 * @param partners its partners
 */
public record ConsortiumRows(ConsortiumRow consortium, List<AreaRow> areas, List<PartnerRow> partners) {

    /** @param locales the consortium's languages, the default first */
    public record ConsortiumRow(
            Map<String, String> name,
            List<Map<String, String>> goals,
            List<String> locales,
            Map<String, String> contact,
            @Nullable LocalDate founded,
            List<RecognitionRow> recognitions) {}

    /** Something that the consortium was honoured with. */
    public record RecognitionRow(Map<String, String> title, LocalDate date, Map<String, String> text) {}

    /** @param code upper-case words joined by underscores */
    public record AreaRow(String code, Map<String, String> name) {}

    /** @param memberSince present for a member, absent for a prospect */
    public record PartnerRow(
            String alias,
            String kind,
            Map<String, String> name,
            @Nullable Map<String, String> summary,
            @Nullable List<String> areas,
            @Nullable LocalDate memberSince) {}
}
