package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.PartnerId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A member of a project as it was when another left. */
public record CopiedMember(
        PartnerId partner,
        ProjectRole role,
        @Nullable LocalDate since,
        @Nullable LocalDate until) {}
