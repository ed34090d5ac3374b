package de.smartcity.consortium.consortium;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A consortium as files describe it, before its values are validated. Texts are maps by BCP 47 tag. */
public final class ConsortiumRows {

    private ConsortiumRows() {}

    /**
     * The consortium.
     *
     * @param locales its languages, the default first
     * @param timeZone an IANA time zone, such as Europe/Berlin
     * @param contact a function, such as an office
     */
    public record ConsortiumRow(
            Map<String, String> name,
            List<Map<String, String>> goals,
            List<String> locales,
            String timeZone,
            @Nullable Map<String, String> contact,
            @Nullable LocalDate founded,
            List<AwardRow> awards) {}

    public record AwardRow(
            Map<String, String> title,
            LocalDate date,
            @Nullable Map<String, String> text) {}

    /** An area of activity. @param code upper-case words joined by underscores */
    public record AreaRow(String code, Map<String, String> name) {}
}
