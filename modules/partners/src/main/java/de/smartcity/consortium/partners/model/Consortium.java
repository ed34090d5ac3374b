package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The one consortium that a deployment serves.
 *
 * @param id always {@link #ONLY}
 * @param goals what it is for
 * @param locales its languages, the default first; at least one
 * @param contact whom to turn to
 * @param founded the day on which it was founded
 * @param recognitions what it was honoured with, the latest first
 */
@Document("consortium")
public record Consortium(
        @Id String id,
        LocalizedText name,
        List<Goal> goals,
        List<String> locales,
        @Nullable ConsortiumContact contact,
        @Nullable LocalDate founded,
        List<Recognition> recognitions) {

    /** There is one in a database. */
    public static final String ONLY = "consortium";

    /** @throws RuleViolation {@code locales.empty} */
    public Consortium {
        if (locales.isEmpty()) {
            throw new RuleViolation("locales.empty", "A consortium has at least one language.");
        }
        goals = List.copyOf(goals);
        locales = List.copyOf(locales);
        recognitions = List.copyOf(recognitions);
    }

    /** Something that it is for. */
    public record Goal(LocalizedText text) {}

    /** Whom to turn to: a function, never a person. */
    public record ConsortiumContact(
            LocalizedText function,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone) {}

    /** Something that the consortium was honoured with. */
    public record Recognition(
            LocalizedText title, LocalDate date, @Nullable LocalizedText text) {}
}
