package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PhoneNumber;
import de.smartcity.consortium.kernel.Violations;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A function of a partner that can be reached, such as its press office.
 *
 * @param function a function, such as "press office", and never a person's name; at most {@value #MAX_FUNCTION_LENGTH} characters
 * @param email required if there is no phone
 * @param phone required if there is no email
 * @param visibleToMembers whether all members see it, or only its own organisation and the office
 */
public record Contact(
        @BsonId ContactId id,
        LocalizedText function,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        boolean visibleToMembers) {

    public static final int MAX_FUNCTION_LENGTH = 100;

    /** Adds the violations {@code function.required} and {@code contact.unreachable}. */
    void check(Violations violations) {
        violations.demandPresent("function", function, "A contact always has a function.");
        violations.demand(
                email != null || phone != null || violations.isAt("email") || violations.isAt("phone"),
                "contact.unreachable",
                "Give an email address or a phone number.");
    }
}
