package de.smartcity.consortium.competences.graphql;

import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.EntryVisibility;
import de.smartcity.consortium.competences.model.EvidenceKind;
import de.smartcity.consortium.kernel.Translation;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The schema's input types. */
final class CompetenceInputs {

    private CompetenceInputs() {}

    record CompetenceEvidenceInput(
            EvidenceKind kind,
            @Nullable String issuer,
            @Nullable String number,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            @Nullable String file,
            @Nullable String doi,
            @Nullable String url,
            @Nullable LocalDate date) {}

    record CompetenceEntryInput(
            String competence,
            CompetenceLevel claimedLevel,
            @Nullable List<Translation> description,
            @Nullable List<CompetenceEvidenceInput> evidence,
            EntryVisibility visibility) {}

    record AvailabilityInput(Availability.State state, LocalDate until) {}

    record EditCompetenceProfileInput(
            String partnerId,
            long expectedVersion,
            ArgumentValue<List<CompetenceEntryInput>> entries,
            ArgumentValue<AvailabilityInput> availability,
            ArgumentValue<List<Translation>> contactFunction) {}

    record PublishCompetenceProfileInput(String partnerId, long expectedVersion) {}

    record DiscardCompetenceDraftInput(String partnerId, long expectedVersion) {}
}
