package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.PartnerId;
import org.jspecify.annotations.Nullable;

/** A file of a project. @param by the member that attached it; null for the office */
public record ProjectFile(
        FileId file, FileAudience audience, @Nullable PartnerId by) {}
