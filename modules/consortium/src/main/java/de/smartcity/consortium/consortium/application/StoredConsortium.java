package de.smartcity.consortium.consortium.application;

import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PhoneNumber;
import java.time.LocalDate;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * The one consortium that a deployment serves; public only because the driver instantiates no other class.
 *
 * @param id always {@link #ONLY}
 * @param locales its languages, the default first; at least one
 * @param timeZone an IANA time zone, in which dates are meant
 * @param awards the latest first
 */
public record StoredConsortium(
        @BsonId String id,
        LocalizedText name,
        List<Goal> goals,
        List<String> locales,
        String timeZone,
        @Nullable ConsortiumContact contact,
        @Nullable LocalDate founded,
        List<Award> awards) {

    public static final String ONLY = "consortium";

    public record Goal(LocalizedText text) {}

    /** Where to reach it: a function, never a person. */
    public record ConsortiumContact(
            LocalizedText function,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone) {}

    public record Award(
            LocalizedText title, LocalDate date, @Nullable LocalizedText text) {}
}
