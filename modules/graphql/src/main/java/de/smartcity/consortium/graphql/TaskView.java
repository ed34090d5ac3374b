package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Role;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The type {@code Task}. */
record TaskView(
        String kind,
        GlobalId subject,
        Instant since,
        @Nullable LocalDate due,
        @Nullable Role role,
        boolean isMine) {}
