package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.HandOver;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.PhaseRequirements;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectFacts;
import de.smartcity.consortium.projects.model.ProjectFile;
import de.smartcity.consortium.projects.model.ProjectPhase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.codecs.pojo.annotations.BsonProperty;
import org.jspecify.annotations.Nullable;

/** A project's document as far as the projection reads it, shown only through {@link ProjectTable}; public only because the driver instantiates no other class. */
public record StoredProject(
        @BsonId ProjectId id,
        ProjectContent content,
        ProjectPhase phase,
        @BsonProperty("paused") @Nullable Boolean storedPaused,
        @Nullable LocalDate startedOn,
        @Nullable LocalDate endedOn,
        List<Gate> gates,
        List<Membership> memberships,
        @Nullable HandOver handOver,
        @Nullable List<ProjectFile> files,
        @Nullable LetterId foundingLetter,
        @BsonProperty("coordinatorUnable") @Nullable Boolean storedUnable,
        DerivedFields derived,
        @Nullable Long version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements ProjectFacts {

    public StoredProject {
        // Stored documents may lack them.
        content = Objects.requireNonNullElse(content, ProjectContent.NONE);
        gates = gates == null ? List.of() : gates;
        memberships = memberships == null ? List.of() : memberships;
    }

    @Override
    public boolean paused() {
        return Boolean.TRUE.equals(storedPaused);
    }

    @Override
    public boolean coordinatorUnable() {
        return Boolean.TRUE.equals(storedUnable);
    }

    /** The day on which it started, or else the day on which that is planned. */
    @Nullable
    LocalDate startsOn() {
        return startedOn == null ? content.plannedStartsOn() : startedOn;
    }

    /** What must be there before it goes on; null if it has ended. */
    @Nullable
    NextPhase nextPhase() {
        return phase.next()
                .map(next -> new NextPhase(next, PhaseRequirements.missing(next, this)))
                .orElse(null);
    }

    /** The copy that was made when this partner left last; empty if it never did. */
    Optional<UUID> copyOf(PartnerId partner) {
        return memberships.stream()
                .filter(each -> each.partner().equals(partner))
                .map(Membership::copy)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later);
    }
}
