package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.Doi;
import de.smartcity.consortium.competences.model.EntryFacts;
import de.smartcity.consortium.competences.model.EntryVisibility;
import de.smartcity.consortium.competences.model.Evidence;
import de.smartcity.consortium.competences.model.EvidenceKind;
import de.smartcity.consortium.competences.model.EvidenceState;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Website;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown on a day.
 *
 * @param evidencedLevel the level that the evidence supports on that day; at most the claimed one
 */
public record ShownEntry(
        CompetenceCode competence,
        CompetenceLevel claimedLevel,
        CompetenceLevel evidencedLevel,
        @Nullable LocalizedText description,
        List<ShownEvidence> evidence,
        EntryVisibility visibility)
        implements EntryFacts {

    /**
     * A piece of evidence as it is shown on a day.
     *
     * @param state whether it counts on that day
     */
    public record ShownEvidence(
            EvidenceKind kind,
            EvidenceState state,
            @Nullable String issuer,
            @Nullable String number,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            @Nullable FileId file,
            @Nullable Doi doi,
            @Nullable Website url,
            @Nullable LocalDate date) {

        static ShownEvidence of(Evidence evidence, LocalDate today) {
            return new ShownEvidence(
                    evidence.kind(),
                    evidence.state(today),
                    evidence.issuer(),
                    evidence.number(),
                    evidence.validFrom(),
                    evidence.validUntil(),
                    evidence.file(),
                    evidence.doi(),
                    evidence.url(),
                    evidence.date());
        }
    }

    static ShownEntry of(CompetenceEntry entry, LocalDate today) {
        return new ShownEntry(
                entry.competence(),
                entry.level(),
                entry.evidencedLevel(today),
                entry.description(),
                entry.evidence().stream()
                        .map(evidence -> ShownEvidence.of(evidence, today))
                        .toList(),
                entry.visibility());
    }
}
