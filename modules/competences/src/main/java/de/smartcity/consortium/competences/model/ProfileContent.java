package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Violations;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says, in its published and in its draft part. If only some components are given by an edit, the others are null.
 *
 * @param entries at most {@value #MAX_ENTRIES}, one for each competence, in the partner's order
 * @param availability whether it can take on more; null if it does not say
 * @param contactFunction a function to turn to, such as an innovation office, and never a person's name; at most {@value #MAX_FUNCTION_LENGTH}
 *     characters
 */
public record ProfileContent(
        List<CompetenceEntry> entries,
        @Nullable Availability availability,
        @Nullable LocalizedText contactFunction) {

    public static final int MAX_ENTRIES = 60;
    public static final int MAX_FUNCTION_LENGTH = 100;

    static final ProfileContent EMPTY = new ProfileContent(List.of(), null, null);

    public ProfileContent {
        // Stored content may lack them.
        entries = entries == null ? List.of() : List.copyOf(entries);
        availability = availability == null || availability.isComplete() ? availability : null;
    }

    /** The competences of its entries. */
    Stream<CompetenceCode> competences() {
        return entries.stream().map(CompetenceEntry::competence).filter(Objects::nonNull);
    }

    /** The files of its evidence. */
    public Stream<FileId> files() {
        return entries.stream()
                .flatMap(entry -> entry.evidence().stream())
                .map(Evidence::file)
                .filter(Objects::nonNull);
    }

    /**
     * Adds the violations of the given components: {@code entries.many}, {@code evidence.many}, {@code competence.twice}, {@code competence.unknown}, {@code competence.deprecated},
     * {@code date.future}, {@code availability.past}. What was not given is not validated.
     *
     * @param known the competences of entries that the profile has already, which may be deprecated
     */
    void check(
            Set<String> given,
            Collection<CompetenceCode> known,
            Vocabulary vocabulary,
            LocalDate today,
            Violations violations) {
        if (given.contains("entries") && !violations.isAt("entries")) {
            checkEntries(known, vocabulary, today, violations);
        }
        if (given.contains("availability")) {
            violations.demand(
                    availability == null || availability.holdsOn(today),
                    "availability.past",
                    "Say until when that holds: a day that is not over.",
                    "availability",
                    "until");
        }
    }

    private void checkEntries(
            Collection<CompetenceCode> known, Vocabulary vocabulary, LocalDate today, Violations violations) {
        violations.demand(
                entries.size() <= MAX_ENTRIES,
                "entries.many",
                "A profile has at most " + MAX_ENTRIES + " entries.",
                "entries");
        var seen = new HashSet<CompetenceCode>();
        for (var index = 0; index < entries.size(); index++) {
            var entry = entries.get(index);
            var code = entry.competence();
            var at = new String[] {"entries", String.valueOf(index), "competence"};
            violations.demand(seen.add(code), "competence.twice", "The profile has another entry for this.", at);
            var concept = vocabulary.find(code).orElse(null);
            violations.demand(
                    concept != null || known.contains(code),
                    "competence.unknown",
                    "There is no competence " + code.value() + "; see competences.",
                    at);
            violations.demand(
                    concept == null || !concept.deprecated() || known.contains(code),
                    "competence.deprecated",
                    concept == null || concept.replacedBy() == null
                            ? "This competence is deprecated."
                            : "This competence is deprecated: use "
                                    + vocabulary.current(code).value() + ".",
                    at);
            violations.demand(
                    entry.evidence().size() <= CompetenceEntry.MAX_EVIDENCE,
                    "evidence.many",
                    "An entry has at most " + CompetenceEntry.MAX_EVIDENCE + " pieces of evidence.",
                    "entries",
                    String.valueOf(index),
                    "evidence");
            for (var piece = 0; piece < entry.evidence().size(); piece++) {
                var date = entry.evidence().get(piece).date();
                violations.demand(
                        date == null || !date.isAfter(today),
                        "date.future",
                        "This day has not come yet.",
                        "entries",
                        String.valueOf(index),
                        "evidence",
                        String.valueOf(piece),
                        "date");
            }
        }
    }
}
