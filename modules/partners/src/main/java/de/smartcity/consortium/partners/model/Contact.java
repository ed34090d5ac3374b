package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a partner in some matter.
 *
 * @param function a function, such as "press office", and never a person's name; at most 100 characters
 * @param email present where there is no phone
 * @param phone present where there is no email
 * @param visibleToMembers whether all members see it, and not only its organisation and the office
 */
public record Contact(
        ContactId id,
        LocalizedText function,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        boolean visibleToMembers) {

    /** @throws RuleViolation {@code text.long} at {@code function}, {@code contact.unreachable} */
    public Contact {
        RuleViolation.at("function", () -> function.atMost(100));
        if (email == null && phone == null) {
            throw new RuleViolation("contact.unreachable", "Give an email address or a phone number.");
        }
    }
}
