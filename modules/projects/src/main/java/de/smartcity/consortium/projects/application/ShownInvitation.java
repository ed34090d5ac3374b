package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.model.Invitation;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An invitation as its type shows it; see {@link InvitationTerms}. */
public record ShownInvitation(
        ProjectRole role,
        String asked,
        @Nullable String contribution,
        @Nullable String message,
        LocalDate answerBy,
        @Nullable LocalDate since,
        String digest,
        @Nullable PartnerId inviter,
        AccountId by,
        Instant at) {

    static @Nullable ShownInvitation of(@Nullable Invitation invitation) {
        if (invitation == null) {
            return null;
        }
        var terms = invitation.terms();
        return new ShownInvitation(
                terms.role(),
                terms.asked(),
                terms.contribution(),
                terms.message(),
                terms.answerBy(),
                terms.since(),
                invitation.digest(),
                invitation.inviter(),
                invitation.by(),
                invitation.at());
    }
}
