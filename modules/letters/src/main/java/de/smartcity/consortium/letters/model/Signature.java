package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person's signature for a party; never changed, and kept when it no longer counts.
 *
 * @param by who signed
 * @param digest of the edition that was shown
 * @param locale the language in which it was shown, as a BCP 47 tag
 * @param mandate why the person may sign
 * @param powerOfAttorney the file that proves it; null for a statutory mandate
 * @param document the signed PDF; null for a signature in the app
 * @param reservation what has to happen before it binds; null for none
 * @param counts whether it belongs to the present answer; a party that declines starts anew
 */
public record Signature(
        Signatory by,
        String digest,
        String locale,
        SignatureMethod method,
        Mandate mandate,
        @Nullable FileId powerOfAttorney,
        @Nullable FileId document,
        @Nullable Reservation reservation,
        boolean counts) {

    /** Its proof of mandate and its document. */
    Stream<FileId> files() {
        return Stream.concat(Stream.ofNullable(powerOfAttorney), Stream.ofNullable(document));
    }

    Signature asEvidenceOnly() {
        return new Signature(by, digest, locale, method, mandate, powerOfAttorney, document, reservation, false);
    }
}
