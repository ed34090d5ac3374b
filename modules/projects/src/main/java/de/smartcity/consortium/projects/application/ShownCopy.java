package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.projects.model.CopiedMember;
import de.smartcity.consortium.projects.model.ExternalReference;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectFile;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project as a partner saw it when it left. @param at the first day on which it was not a member any more */
public record ShownCopy(
        LocalDate at,
        LocalizedText title,
        @Nullable String acronym,
        @Nullable LocalizedText summary,
        @Nullable LocalizedText contactFunction,
        List<AreaCode> areas,
        @Nullable ProjectPhase phase,
        boolean paused,
        @Nullable LocalDate plannedStartsOn,
        @Nullable LocalDate plannedEndsOn,
        @Nullable LocalDate startedOn,
        @Nullable LocalDate endedOn,
        ProjectVisibility visibility,
        List<CopiedMember> members,
        List<Gate> gates,
        List<Need> needs,
        List<ExternalReference> references,
        List<ProjectFile> files) {

    /** Empty for a stored copy that lacks its day. */
    static Optional<ShownCopy> of(StoredCopy copy) {
        var content = Objects.requireNonNullElse(copy.content(), ProjectContent.NONE);
        return Optional.ofNullable(copy.leftOn())
                .map(leftOn -> new ShownCopy(
                        leftOn,
                        content.title(),
                        content.acronym(),
                        content.summary(),
                        content.contactFunction(),
                        content.areas(),
                        copy.phase(),
                        Boolean.TRUE.equals(copy.paused()),
                        content.plannedStartsOn(),
                        content.plannedEndsOn(),
                        copy.startedOn(),
                        copy.endedOn(),
                        content.visibility(),
                        Objects.requireNonNullElse(copy.members(), List.of()),
                        Objects.requireNonNullElse(copy.gates(), List.of()),
                        content.needs(),
                        content.references(),
                        Objects.requireNonNullElse(copy.files(), List.of())));
    }
}
