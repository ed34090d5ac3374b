package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.LocalizedText;
import org.jspecify.annotations.Nullable;

/** A contact to be added; its parts are as in {@link Contact}. */
public record ContactDraft(
        LocalizedText function,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        boolean visibleToMembers) {}
