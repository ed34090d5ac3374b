package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What supports an entry of a profile. A certificate has an issuer and its first day; everything else a DOI or a URL and a date.
 *
 * @param issuer who issued the certificate; at most {@value #MAX_TEXT_LENGTH} characters
 * @param number the certificate's number; at most {@value #MAX_TEXT_LENGTH} characters
 * @param validFrom the certificate's first day
 * @param validUntil the certificate's last day; null if it names none
 * @param file the certificate itself
 * @param date when it was published or made
 */
public record Evidence(
        EvidenceKind kind,
        @Nullable String issuer,
        @Nullable String number,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable FileId file,
        @Nullable Doi doi,
        @Nullable Website url,
        @Nullable LocalDate date) {

    public static final int MAX_TEXT_LENGTH = 200;

    public Evidence {
        // Stored evidence may lack it.
        kind = Objects.requireNonNullElse(kind, EvidenceKind.OTHER);
    }

    /** How long evidence counts that names no last day. */
    private static final int YEARS = 5;

    /**
     * Adds the violations of rules between the components: {@code evidence.unexpected}, {@code issuer.required}, {@code validFrom.required},
     * {@code certificate.dates}, {@code evidence.source}, {@code date.required}.
     */
    public void check(Violations violations) {
        if (kind == EvidenceKind.CERTIFICATE) {
            violations.demandPresent("issuer", issuer, "A certificate has an issuer.");
            violations.demandPresent("validFrom", validFrom, "A certificate has a first day.");
            violations.demand(
                    validUntil == null || validFrom == null || !validUntil.isBefore(validFrom),
                    "certificate.dates",
                    "The last day of a certificate is not before its first.",
                    "validUntil");
            violations.demand(
                    Stream.of(doi, url, date).allMatch(Objects::isNull),
                    "evidence.unexpected",
                    "A certificate has issuer, number, days and file, but neither DOI nor URL nor date.");
        } else {
            violations.demand(
                    doi != null || url != null || violations.isAt("doi") || violations.isAt("url"),
                    "evidence.source",
                    "Give a DOI or a URL.");
            violations.demandPresent("date", date, "Say when it was published or made.");
            violations.demand(
                    Stream.of(issuer, number, validFrom, validUntil, file).allMatch(Objects::isNull),
                    "evidence.unexpected",
                    "Only a certificate has issuer, number, days and file.");
        }
    }

    /** Whether it counts on this day. */
    public EvidenceState state(LocalDate today) {
        var first = kind == EvidenceKind.CERTIFICATE ? validFrom : date;
        if (first == null) {
            // Only a stored one that somebody else has written.
            return EvidenceState.TOO_OLD;
        }
        if (first.isAfter(today)) {
            return EvidenceState.NOT_YET_VALID;
        }
        if (validUntil != null) {
            return validUntil.isBefore(today) ? EvidenceState.EXPIRED : EvidenceState.COUNTS;
        }
        return first.isBefore(today.minusYears(YEARS)) ? EvidenceState.TOO_OLD : EvidenceState.COUNTS;
    }

    boolean counts(LocalDate today) {
        return state(today) == EvidenceState.COUNTS;
    }
}
