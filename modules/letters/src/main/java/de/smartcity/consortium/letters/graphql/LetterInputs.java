package de.smartcity.consortium.letters.graphql;

import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.Mandate;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.SignatureMethod;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The schema's input types. */
final class LetterInputs {

    private LetterInputs() {}

    record EditionPartyInput(String partnerId, Requirement requirement) {}

    record DraftLetterInput(
            List<Translation> title,
            @Nullable List<Translation> text,
            @Nullable String bindingLocale,
            @Nullable String document,
            List<String> annexes,
            List<EditionPartyInput> parties,
            LetterVisibility visibility,
            boolean publishText,
            SignatureMethod minimumMethod,
            int noticeDays,
            int accessionObjectionDays,
            @Nullable LocalDate lapsesOn,
            @Nullable LocalDate inForceOn,
            @Nullable LocalDate endsOn) {}

    record EditLetterInput(
            String letterId,
            long expectedVersion,
            ArgumentValue<List<Translation>> title,
            ArgumentValue<List<Translation>> text,
            ArgumentValue<String> bindingLocale,
            ArgumentValue<String> document,
            ArgumentValue<List<String>> annexes,
            ArgumentValue<List<EditionPartyInput>> parties,
            ArgumentValue<LetterVisibility> visibility,
            ArgumentValue<Boolean> publishText,
            ArgumentValue<SignatureMethod> minimumMethod,
            ArgumentValue<Integer> noticeDays,
            ArgumentValue<Integer> accessionObjectionDays,
            ArgumentValue<LocalDate> lapsesOn,
            ArgumentValue<LocalDate> inForceOn,
            ArgumentValue<LocalDate> endsOn) {}

    record DeleteLetterDraftInput(String letterId, long expectedVersion) {}

    record OfferLetterInput(String letterId, long expectedVersion) {}

    record WithdrawOfferInput(String letterId, String digest) {}

    record ReservationInput(String body, LocalDate expectedBy) {}

    record SignLetterInput(
            String letterId,
            String digest,
            String locale,
            String function,
            SignatureMethod method,
            Mandate mandate,
            @Nullable String powerOfAttorney,
            @Nullable String document,
            @Nullable ReservationInput reservation) {}

    record DeclineLetterInput(String letterId, String digest, String comment) {}

    record LiftReservationInput(
            String letterId, String digest, String function, LocalDate decidedOn, String reference) {}

    record WithdrawFromLetterInput(String letterId, String digest, String function, String reason) {}

    record TerminateLetterInput(String letterId, String digest, String function, String reason) {}

    record WithdrawNoticeInput(String letterId, String digest) {}

    record AmendLetterInput(String letterId) {}
}
