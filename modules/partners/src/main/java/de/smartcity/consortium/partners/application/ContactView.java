package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.LocalizedText;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** The type {@code Contact}. */
public record ContactView(
        @BsonId UUID id,
        LocalizedText function,
        @Nullable String email,
        @Nullable String phone,
        boolean visibleToMembers) {}
