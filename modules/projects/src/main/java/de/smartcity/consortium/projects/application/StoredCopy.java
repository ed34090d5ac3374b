package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.projects.model.CopiedMember;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectFile;
import de.smartcity.consortium.projects.model.ProjectPhase;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** The document of a copy; public only because the driver instantiates no other class. */
public record StoredCopy(
        @BsonId UUID id,
        @Nullable LocalDate leftOn,
        @Nullable ProjectContent content,
        @Nullable ProjectPhase phase,
        @Nullable Boolean paused,
        @Nullable LocalDate startedOn,
        @Nullable LocalDate endedOn,
        @Nullable List<Gate> gates,
        @Nullable List<CopiedMember> members,
        @Nullable List<ProjectFile> files,
        @Nullable List<FileId> allFiles) {}
