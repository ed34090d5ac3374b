package de.smartcity.consortium.competences;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vocabulary and profiles as files describe them, before their values are validated. Texts are maps by BCP 47 tag. */
public final class CompetenceRows {

    private CompetenceRows() {}

    /**
     * A release of the vocabulary.
     *
     * @param release 1, 2, 3, …
     */
    public record VocabularyRow(int release, List<ConceptRow> concepts) {}

    /**
     * A competence.
     *
     * @param area the code of an area of activity
     * @param broader the code of the competence that it is a part of; null for one of the first level
     * @param since the release with which it came
     * @param deprecatedSince the release with which it was deprecated; null if it is not
     * @param replacedBy the code of what to use instead; null for none
     * @param alternatives other words for it, in each language
     */
    public record ConceptRow(
            String code,
            String area,
            @Nullable String broader,
            int since,
            @Nullable Integer deprecatedSince,
            @Nullable String replacedBy,
            Map<String, String> label,
            @Nullable Map<String, List<String>> alternatives,
            @Nullable List<MappingRow> mappings) {}

    /**
     * The same or a similar concept of another vocabulary.
     *
     * @param match EXACT, CLOSE, BROAD or NARROW
     * @param source where that was looked up
     */
    public record MappingRow(String scheme, String uri, String match, String source) {}

    /** The competences for which a partner is known. @param partner its alias */
    public record FactsRow(String partner, List<FactRow> entries) {}

    public record FactRow(String competence, @Nullable Map<String, String> description) {}

    /**
     * What is made up of a partner's profile.
     *
     * @param partner its alias
     * @param levels KNOWS, DELIVERS or LEADS, by the codes of its facts
     * @param publicEntries the codes of those of its facts that everybody sees
     * @param entries further entries
     * @param evidence by the codes of all its entries
     */
    public record MadeUpRow(
            String partner,
            Map<String, String> levels,
            List<String> publicEntries,
            @Nullable AvailabilityRow availability,
            @Nullable Map<String, String> contactFunction,
            List<MadeUpEntryRow> entries,
            @Nullable Map<String, List<EvidenceRow>> evidence) {}

    /** @param state AVAILABLE, LIMITED or NO @param forDays from the day on which it is loaded */
    public record AvailabilityRow(String state, int forDays) {}

    /** @param level KNOWS, DELIVERS or LEADS @param visibility CONSORTIUM or PUBLIC */
    public record MadeUpEntryRow(
            String competence,
            String level,
            String visibility,
            @Nullable Map<String, String> description) {}

    /**
     * A piece of evidence.
     *
     * @param kind CERTIFICATE, PUBLICATION or OTHER
     * @param daysAgo how many days before the day of loading it was made
     * @param validFromDaysAgo how many days before the day of loading a certificate began
     * @param validForDays how many days after its first one a certificate ends
     */
    public record EvidenceRow(
            String kind,
            @Nullable String issuer,
            @Nullable String number,
            @Nullable String url,
            @Nullable Integer daysAgo,
            @Nullable Integer validFromDaysAgo,
            @Nullable Integer validForDays) {}
}
