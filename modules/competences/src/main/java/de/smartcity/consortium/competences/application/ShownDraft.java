package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.kernel.LocalizedText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a profile as its partner sees it.
 *
 * @param editedAt when it was changed last
 */
public record ShownDraft(
        List<ShownEntry> entries,
        @Nullable Availability availability,
        @Nullable LocalizedText contactFunction,
        @Nullable Instant editedAt) {

    static @Nullable ShownDraft of(StoredProfile profile, LocalDate today) {
        ProfileContent draft = profile.draft();
        return draft == null
                ? null
                : new ShownDraft(
                        draft.entries().stream()
                                .map(entry -> ShownEntry.of(entry, today))
                                .toList(),
                        draft.availability(),
                        draft.contactFunction(),
                        profile.draftedAt());
    }
}
