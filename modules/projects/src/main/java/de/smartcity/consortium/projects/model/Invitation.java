package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.projects.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a partner was offered. It never changes, and is identified by its digest.
 *
 * @param digest the SHA-256 digest, as 64 hexadecimal digits, of the project, the membership and all terms
 * @param by the account that invited
 * @param inviter the partner that invited; null for the office
 */
public record Invitation(
        InvitationTerms terms,
        String digest,
        AccountId by,
        @Nullable PartnerId inviter,
        Instant at) {

    static Invitation of(
            ProjectId project, UUID membership, InvitedPartner invited, @Nullable PartnerId inviter, Change change) {
        return new Invitation(
                invited.terms(),
                digest(project, membership, invited.partner(), invited.terms()),
                change.actor().account().orElseThrow(),
                inviter,
                change.at());
    }

    Invitation withoutTexts() {
        return new Invitation(
                new InvitationTerms(terms.role(), "", null, null, terms.answerBy(), terms.since()),
                digest,
                by,
                inviter,
                at);
    }

    private static String digest(ProjectId project, UUID membership, PartnerId partner, InvitationTerms terms) {
        // The lengths separate the parts.
        var form = Stream.of(
                        project.value(),
                        membership,
                        partner.value(),
                        terms.role(),
                        terms.asked(),
                        terms.contribution(),
                        terms.message(),
                        terms.answerBy(),
                        terms.since())
                .map(part -> part == null ? "-" : part.toString().length() + ":" + part)
                .collect(Collectors.joining("\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
