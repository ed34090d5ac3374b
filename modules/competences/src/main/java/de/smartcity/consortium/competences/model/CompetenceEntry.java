package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.kernel.LocalizedText;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A competence that a partner says it has.
 *
 * @param level the level that the partner claims
 * @param description what it does there; at most {@value #MAX_DESCRIPTION_LENGTH} characters
 * @param evidence what supports the claimed level; at most {@value #MAX_EVIDENCE}
 */
public record CompetenceEntry(
        CompetenceCode competence,
        CompetenceLevel level,
        @Nullable LocalizedText description,
        List<Evidence> evidence,
        EntryVisibility visibility)
        implements EntryFacts {

    public static final int MAX_DESCRIPTION_LENGTH = 500;
    public static final int MAX_EVIDENCE = 5;

    /** So many pieces of evidence, or a certificate, support the highest level. */
    private static final int PIECES_TO_LEAD = 2;

    public CompetenceEntry {
        // Stored entries may lack them.
        level = Objects.requireNonNullElse(level, CompetenceLevel.KNOWS);
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
        visibility = Objects.requireNonNullElse(visibility, EntryVisibility.CONSORTIUM);
    }

    /** The level that the evidence supports on this day; at most the claimed one. */
    public CompetenceLevel evidencedLevel(LocalDate today) {
        var counting = evidence.stream().filter(piece -> piece.counts(today)).toList();
        var supported = counting.size() >= PIECES_TO_LEAD
                        || counting.stream().anyMatch(piece -> piece.kind() == EvidenceKind.CERTIFICATE)
                ? CompetenceLevel.LEADS
                : counting.isEmpty() ? CompetenceLevel.KNOWS : CompetenceLevel.DELIVERS;
        return Collections.min(List.of(level, supported));
    }

    /** What matching needs of it on this day. */
    public Skill skill(LocalDate today) {
        return new Skill(competence, level, evidencedLevel(today));
    }
}
