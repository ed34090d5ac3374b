package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.ProjectId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A project as a member saw it when it left; never changed. It is stored before the project that refers to it, under an id of its own, so that what
 * an interrupted or overtaken change leaves changes nothing.
 *
 * @param reader the partner that left
 * @param leftOn the first day on which it was not a member any more
 */
@Document("projectCopies")
public record ProjectCopy(
        @Id UUID id,
        ProjectId project,
        PartnerId reader,
        LocalDate leftOn,
        ProjectContent content,
        ProjectPhase phase,
        boolean paused,
        @Nullable LocalDate startedOn,
        @Nullable LocalDate endedOn,
        List<Gate> gates,
        List<CopiedMember> members,
        List<ProjectFile> files,
        @Nullable List<FileId> allFiles) {}
