package de.smartcity.consortium.projects;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project as files describe it, before its values are validated. Partners are named by their aliases, texts are maps by BCP 47 tag.
 *
 * @param key identifies it among the rows of all files
 * @param phase IDEA to CLOSING
 * @param visibility MEMBERS, CONSORTIUM or PUBLIC
 * @param startedOn the day on which it came into EXECUTION; null before
 */
public record ProjectRow(
        String key,
        Map<String, String> title,
        @Nullable String acronym,
        Map<String, String> summary,
        @Nullable Map<String, String> contactFunction,
        List<String> areas,
        String phase,
        String visibility,
        @Nullable LocalDate plannedStartsOn,
        @Nullable LocalDate plannedEndsOn,
        @Nullable LocalDate startedOn,
        List<NeedRow> needs,
        List<MemberRow> members,
        List<GateRow> gates) {

    /** @param competence a code @param level KNOWS, DELIVERS or LEADS @param importance MUST or WISH */
    public record NeedRow(String competence, String level, String importance) {}

    /** @param partner its alias @param role COORDINATOR, PARTNER or ASSOCIATED @param asked what it does in the project */
    public record MemberRow(String partner, String role, LocalDate since, String asked) {}

    /** A gate that applies. @param gate COUNCIL, FUNDING or BOARD @param state OPEN, PASSED, CONDITIONAL or WAIVED */
    public record GateRow(
            String gate,
            String state,
            @Nullable LocalDate decidedOn,
            @Nullable String decidedBy,
            @Nullable String reference,
            @Nullable String conditions,
            @Nullable String reason) {}
}
