package de.smartcity.consortium.letters.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.application.EditionChanges;
import de.smartcity.consortium.letters.application.EditionChanges.Changes;
import de.smartcity.consortium.letters.application.EditionChanges.EditionChange;
import de.smartcity.consortium.letters.application.LetterReading;
import de.smartcity.consortium.letters.application.LetterText;
import de.smartcity.consortium.letters.application.LetterTexts;
import de.smartcity.consortium.letters.application.LetterVerification.EditionVerification;
import de.smartcity.consortium.letters.application.LetterVerification.Verification;
import de.smartcity.consortium.letters.application.ShownAnswer;
import de.smartcity.consortium.letters.application.ShownEdition;
import de.smartcity.consortium.letters.application.StoredLetter;
import de.smartcity.consortium.letters.application.TextOf;
import de.smartcity.consortium.letters.graphql.LetterPayloads.LetterPayload;
import de.smartcity.consortium.letters.model.Decline;
import de.smartcity.consortium.letters.model.LeavingNotice;
import de.smartcity.consortium.letters.model.Lifting;
import de.smartcity.consortium.letters.model.Reservation;
import de.smartcity.consortium.letters.model.Signatory;
import de.smartcity.consortium.letters.model.Signature;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type tables of this module's values and payloads, and the references from and to letters. */
@Configuration(proxyBeanMethods = false)
class LetterTypes {

    private static final Set<String> PAYLOADS = Set.of(
            "DraftLetterPayload",
            "EditLetterPayload",
            "DeleteLetterDraftPayload",
            "OfferLetterPayload",
            "WithdrawOfferPayload",
            "SignLetterPayload",
            "DeclineLetterPayload",
            "LiftReservationPayload",
            "WithdrawFromLetterPayload",
            "TerminateLetterPayload",
            "WithdrawNoticePayload",
            "AmendLetterPayload");

    @Bean
    RecordTypes letterRecords() {
        return RecordTypes.of(
                        LetterText.class,
                        EditionChange.class,
                        EditionVerification.class,
                        Signature.class,
                        Signatory.class,
                        Reservation.class,
                        Lifting.class,
                        Decline.class,
                        LeavingNotice.class)
                .and(Changes.class, "EditionChanges")
                .and(ShownAnswer.class, "Answer")
                .and(Verification.class, "LetterVerification")
                .and(LetterPayload.class, PAYLOADS.toArray(String[]::new));
    }

    @Bean
    Reference.Loader<LetterId, View<StoredLetter>> visibleLetters(LetterReading reading) {
        return (ids, arguments, actor, selection) -> reading.find(ids, actor, selection);
    }

    @Bean
    Reference<LetterId, ?> letterOfPayload(Reference.Loader<LetterId, View<StoredLetter>> visibleLetters) {
        return Reference.byRow(PAYLOADS, "letter", visibleLetters);
    }

    @Bean
    Reference<PartnerId, ?> initiatorOfLetter(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("LetterOfIntent"), "initiator", referredPartners);
    }

    @Bean
    Reference<PartnerId, ?> partiesOfLetter(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("LetterOfIntent"), "parties", referredPartners);
    }

    @Bean
    Reference<PartnerId, ?> partnerOfParty(Reference.Loader<PartnerId, ?> referredPartners) {
        return Reference.byRow(Set.of("EditionParty", "EditionChange"), "partner", referredPartners);
    }

    @Bean
    Reference<LetterId, Connection<ActivityView>> activityOfLetter(ActivityReading activity) {
        return Reference.byRow(
                Set.of("LetterOfIntent"),
                "activity",
                Reference.pages((letters, page, actor, selection) ->
                        activity.of("LetterOfIntent", letters, LetterId::value, page, actor, selection)));
    }

    @Bean
    Reference<TextOf, LetterText> textOfEdition(LetterTexts texts) {
        return Reference.byRow(Set.of("Edition"), "text", (of, arguments, actor, selection) -> texts.load(of));
    }

    @Bean
    Reference<String, String> canonicalFormOfEdition(LetterTexts texts) {
        return Reference.byRow(
                Set.of("Edition"),
                "canonicalForm",
                (digests, arguments, actor, selection) -> texts.canonicalForms(digests));
    }

    @Bean
    Reference<FileId, ?> documentsOfLetter(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("Edition", "Signature"), "document", referredFiles);
    }

    @Bean
    Reference<FileId, ?> annexesOfEdition(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("Edition"), "annexes", referredFiles);
    }

    @Bean
    Reference<FileId, ?> powerOfSignature(Reference.Loader<FileId, ?> referredFiles) {
        return Reference.byRow(Set.of("Signature"), "powerOfAttorney", referredFiles);
    }

    @Bean
    Reference<ShownEdition, Changes> changesOfEdition(EditionChanges changes) {
        return Reference.byRow(
                Set.of("Edition"),
                "changesSince",
                (editions, arguments, actor, selection) ->
                        changes.since((Integer) Objects.requireNonNull(arguments.get("edition")), editions, actor));
    }

    @Bean
    Reference<PartnerId, Connection<View<StoredLetter>>> lettersOfPartner(LetterReading reading) {
        return Reference.byKey(
                "Partner", "letters", key -> new PartnerId((UUID) key), Reference.pages(reading::ofPartners));
    }

    @Bean
    NodeSource<LetterId> letterNodes(LetterReading reading) {
        return NodeSource.byUuid("LetterOfIntent", LetterId::new, reading::find);
    }
}
