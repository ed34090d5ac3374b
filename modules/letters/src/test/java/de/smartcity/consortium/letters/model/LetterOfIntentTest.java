package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.actor;
import static de.smartcity.consortium.letters.LetterFixtures.assertRule;
import static de.smartcity.consortium.letters.LetterFixtures.editor;
import static de.smartcity.consortium.letters.LetterFixtures.office;
import static de.smartcity.consortium.letters.LetterFixtures.person;
import static de.smartcity.consortium.letters.LetterFixtures.signatory;
import static de.smartcity.consortium.letters.LetterFixtures.signature;
import static de.smartcity.consortium.letters.LetterFixtures.signatureWithReservation;
import static de.smartcity.consortium.letters.LetterFixtures.terms;
import static de.smartcity.consortium.letters.LetterFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.LegalEntity;
import de.smartcity.consortium.partners.PartnerFace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be done with a letter by whom, and what becomes of it. */
class LetterOfIntentTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final PartnerId third = PartnerId.next();
    private final PartnerId stranger = PartnerId.next();
    private final Map<PartnerId, PartnerStatus> statuses = new HashMap<>();
    private final Map<PartnerId, Integer> signaturesRequired = new HashMap<>();
    private final Map<FileId, FileFacts> files = new HashMap<>();

    // Drafting

    @Test
    void anEditorDraftsALetterThatOnlyItsOrganisationSees() {
        var letter = draft(terms(other));

        assertThat(letter.initiator()).isEqualTo(initiator);
        assertThat(letter.draft().orElseThrow().terms().parties())
                .containsExactly(
                        new PartyTerms(initiator, Requirement.REQUIRED), new PartyTerms(other, Requirement.REQUIRED));
        assertThat(derived(letter).audience().tokens()).containsExactly("owner:" + initiator.value());
        assertThat(events(letter)).containsExactly("LETTER_DRAFTED");
    }

    @Test
    void onlyEditorsOfMembersDraft() {
        assertRefused(Refusal.roleMissing(Role.EDITOR), () -> draft(signatory(initiator), terms(other)));
        assertRefused(
                Refusal.partnerStatus(PartnerStatus.ONBOARDING),
                () -> draft(
                        actor(Actor.Kind.PERSON, initiator, PartnerStatus.ONBOARDING, "e", Role.EDITOR), terms(other)));
        assertRefused(
                Refusal.partnerStatus(PartnerStatus.SUSPENDED),
                () -> draft(
                        actor(Actor.Kind.PERSON, initiator, PartnerStatus.SUSPENDED, "e", Role.EDITOR), terms(other)));
        assertRefused(Refusal.Reason.NO_ACTING_ORGANISATION, () -> draft(office(), terms(other)));
        assertRefused(Refusal.Reason.NOT_SIGNED_IN, () -> draft(Actor.anonymous(), terms(other)));
    }

    @Test
    void anAppDraftsAndEditsButDoesNotOffer() {
        var app = actor(Actor.Kind.APP, initiator, PartnerStatus.ACTIVE, "app", Role.EDITOR, Role.SIGNATORY);
        var letter = draft(app, terms(other));
        edit(letter, app, "noticeDays", withNotice(7));

        assertRefused(Refusal.personOnly(), () -> offer(letter, app));
        assertThat(letter.draft()).isPresent();
    }

    @Test
    void anEditChangesOnlyWhatItGives() {
        var letter = draft(terms(other));
        edit(letter, editor(initiator), "noticeDays", withNotice(7));

        var edited = letter.draft().orElseThrow().terms();
        assertThat(edited.noticeDays()).isEqualTo(7);
        assertThat(edited.partners()).containsExactly(initiator, other);
        assertThat(events(letter)).containsExactly("LETTER_DRAFTED", "LETTER_EDITED");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        var letter = draft(terms(other));
        edit(letter, editor(initiator), "noticeDays", withNotice(90));

        assertThat(events(letter)).containsExactly("LETTER_DRAFTED");
    }

    @Test
    void anEditOfAnotherVersionIsAConflict() {
        var letter = draft(terms(other));

        assertThatThrownBy(() -> letter.edit(
                        by(editor(initiator)), 1, new Edit<>(Set.of("noticeDays"), violations -> withNotice(7))))
                .isInstanceOf(Conflict.class);
        assertThat(letter.draft().orElseThrow().terms().noticeDays()).isEqualTo(90);
    }

    @Test
    void onlyEditorsOfTheInitiatorEditAndDelete() {
        var letter = draft(terms(other));

        for (var actor : List.of(editor(other), editor(stranger))) {
            assertRefused(Refusal.otherOrganisation(), () -> edit(letter, actor, "noticeDays", withNotice(7)));
            assertRefused(Refusal.otherOrganisation(), () -> letter.deleteDraft(by(actor), 0));
        }
        assertRefused(
                Refusal.roleMissing(Role.EDITOR),
                () -> edit(letter, signatory(initiator), "noticeDays", withNotice(7)));
        assertRefused(Refusal.Reason.NO_ACTING_ORGANISATION, () -> edit(letter, office(), "noticeDays", withNotice(7)));
        assertThat(events(letter)).containsExactly("LETTER_DRAFTED");
    }

    @Test
    void aLetterThatWasNeverOfferedGoesWithItsDraft() {
        var letter = draft(terms(other));
        letter.deleteDraft(by(editor(initiator)), 0);

        assertThat(letter.isDeleted()).isTrue();
        assertThat(derived(letter).audience().tokens()).isEmpty();
        assertThat(letter.files()).isEmpty();
    }

    @Test
    void theDraftOfALaterEditionGoesAlone() {
        var letter = inForce(terms(other));
        letter.amend(by(signatory(initiator)), TODAY, edition -> null);
        letter.deleteDraft(by(editor(initiator)), 0);

        assertThat(letter.isDeleted()).isFalse();
        assertThat(letter.editions()).extracting(Edition::state).containsExactly(EditionState.IN_FORCE);
    }

    @Test
    void termsThatContradictThemselvesAreRefusedWithTheirPlaces() {
        var file = FileId.next();
        var many = Stream.generate(FileId::next).limit(21).toList();
        assertRules(
                () -> draft(new EditionTerms(
                        LocalizedText.of(Map.of("de", "Titel")),
                        null,
                        null,
                        file,
                        List.of(file),
                        List.of(
                                new PartyTerms(other, Requirement.REQUIRED),
                                new PartyTerms(other, Requirement.OPTIONAL),
                                new PartyTerms(initiator, Requirement.OPTIONAL)),
                        LetterVisibility.PARTIES,
                        false,
                        SignatureMethod.IN_APP,
                        -1,
                        366,
                        null,
                        TODAY.plusDays(1),
                        TODAY)),
                "party.twice parties.1.partnerId",
                "party.initiator parties.2.requirement",
                "annex.twice annexes.0",
                "noticeDays.range noticeDays",
                "accessionObjectionDays.range accessionObjectionDays",
                "endsOn.early endsOn");
        assertRules(() -> draft(with(terms(other), "annexes", many)), "annexes.many annexes");
    }

    @Test
    void sixtyPartiesAreTheMost() {
        var sixty = Stream.concat(
                        Stream.of(initiator), Stream.generate(PartnerId::next).limit(59))
                .toArray(PartnerId[]::new);
        var more = Stream.concat(Arrays.stream(sixty), Stream.of(other)).toArray(PartnerId[]::new);

        assertThat(draft(terms(sixty)).draft().orElseThrow().terms().parties()).hasSize(60);
        assertRules(() -> draft(terms(more)), "parties.many parties");
    }

    @Test
    void anEditThatContradictsWhatIsThereIsRefusedAndChangesNothing() {
        var letter = draft(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                TODAY.plusDays(10),
                null));
        var ending = terms(List.of(), LetterVisibility.PARTIES, null, TODAY.plusDays(9));
        assertRules(() -> edit(letter, editor(initiator), "endsOn", ending), "endsOn.early endsOn");
        assertThat(letter.draft().orElseThrow().terms().endsOn()).isNull();
        assertThat(events(letter)).containsExactly("LETTER_DRAFTED");
    }

    // Offering

    @Test
    void aSignatoryOffersTheDraftToItsParties() {
        var letter = draft(terms(other));
        var offered = offer(letter, signatory(initiator));

        var edition = letter.lastOffered().orElseThrow();
        assertThat(edition.state()).isEqualTo(EditionState.OFFERED);
        assertThat(edition.digest()).isEqualTo(offered.digest()).hasSize(64);
        assertThat(edition.terms().text()).isNull();
        assertThat(edition.textLanguages()).containsExactly("de", "en");
        assertThat(offered.canonicalForm()).contains("We want to cooperate.");
        assertThat(CanonicalForm.digest(offered.canonicalForm())).isEqualTo(offered.digest());
        assertThat(derived(letter).audience().tokens())
                .containsExactlyInAnyOrder(
                        "office", "owner:" + initiator.value(), "party:" + initiator.value(), "party:" + other.value());
        assertThat(tasks(letter))
                .containsExactlyInAnyOrder("SIGN_LETTER " + initiator.value(), "SIGN_LETTER " + other.value());
    }

    @Test
    void onlySignatoriesOfTheInitiatorOfferWithdrawAndAmend() {
        var letter = draft(terms(other));
        assertRefused(Refusal.roleMissing(Role.SIGNATORY), () -> offer(letter, editor(initiator)));
        assertRefused(
                Refusal.roleMissing(Role.SIGNATORY),
                () -> offer(letter, person(initiator, "admin", Role.PARTNER_ADMIN)));
        assertRefused(Refusal.otherOrganisation(), () -> offer(letter, signatory(other)));
        assertRefused(Refusal.Reason.NO_ACTING_ORGANISATION, () -> offer(letter, office()));
        assertRefused(
                Refusal.partnerStatus(PartnerStatus.SUSPENDED),
                () -> offer(letter, actor(Actor.Kind.PERSON, initiator, PartnerStatus.SUSPENDED, "s", Role.SIGNATORY)));
        var digest = offer(letter, signatory(initiator)).digest();
        for (var actor : List.of(editor(initiator), signatory(other), office(), Actor.anonymous())) {
            assertThatThrownBy(() -> letter.withdrawOffer(by(actor), TODAY, digest))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> letter.amend(by(actor), TODAY, edition -> null))
                    .isInstanceOf(Forbidden.class);
        }
        assertThat(letter.lastOffered().orElseThrow().state()).isEqualTo(EditionState.OFFERED);
    }

    @Test
    void whatAnOfferLacksIsSaidAtOnce() {
        var letter = draft(with(
                terms(other),
                "text",
                null,
                "bindingLocale",
                null,
                "parties",
                List.of(new PartyTerms(other, Requirement.OPTIONAL)),
                "lapsesOn",
                null,
                "endsOn",
                TODAY.minusDays(1)));
        assertRules(
                () -> offer(letter, signatory(initiator)),
                "text.missing text",
                "bindingLocale.required bindingLocale",
                "parties.few parties",
                "lapsesOn.required lapsesOn",
                "endsOn.past endsOn");
        assertThat(letter.draft()).isPresent();
        assertThat(events(letter)).containsExactly("LETTER_DRAFTED");
    }

    @Test
    void aLetterIsOfferedUntilADayThatHasNotPassedAndInALanguageThatItHas() {
        var letter = draft(with(
                terms(other),
                "title",
                LocalizedText.of(Map.of("de", "Titel")),
                "text",
                LocalizedText.of(Map.of("de", "Text")),
                "bindingLocale",
                "en",
                "lapsesOn",
                TODAY.minusDays(1)));
        assertRules(
                () -> offer(letter, signatory(initiator)),
                "bindingLocale.missing bindingLocale",
                "lapsesOn.past lapsesOn");
    }

    @Test
    void theFirstDayOfAnOfferHasNotPassedAndOneOfSeveralTitlesPrevails() {
        var draft = with(
                terms(other),
                "text",
                LocalizedText.of(Map.of("fr", "Texte")),
                "bindingLocale",
                null,
                "lapsesOn",
                TODAY,
                "inForceOn",
                TODAY.minusDays(1));
        assertRules(
                () -> offer(draft(draft), signatory(initiator)),
                "bindingLocale.noTitle title",
                "inForceOn.past inForceOn");
        inForce(with(
                terms(other),
                "text",
                LocalizedText.of(Map.of("de", "Text")),
                "bindingLocale",
                null,
                "lapsesOn",
                TODAY,
                "inForceOn",
                TODAY));
    }

    @Test
    void theInitiatorLearnsOfEachDeclineAlsoOfAnOptionalPartyWhileTheEditionIsInForce() {
        var letter = inForce(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED), new PartyTerms(third, Requirement.OPTIONAL)),
                LetterVisibility.PARTIES,
                null,
                null));
        letter.decline(by(signatory(third)), TODAY, digest(letter), "No");
        assertThat(tasks(letter)).contains("LETTER_DECLINED " + initiator.value());
        letter.settle(bySystem(), TODAY.plusDays(31));
        assertThat(tasks(letter)).as("when nobody can answer any more").isEmpty();
    }

    @Test
    void aReservationIsToBeLiftedBeforeTheOfferLapses() {
        var letter = offered(terms(other));
        var late = new Reservation("City council", TODAY.plusYears(1));
        letter.sign(
                by(signatory(other)),
                TODAY,
                digest(letter),
                in -> new SignatureInput("Mayor", "de", SignatureMethod.IN_APP, Mandate.STATUTORY, null, null, late),
                () -> "x");
        assertThat(LetterTasks.of(letter))
                .filteredOn(task -> task.kind() == LetterTask.LIFT_RESERVATION)
                .extracting(Task::due)
                .containsExactly(letter.lastOffered().orElseThrow().terms().lapsesOn());
    }

    @ParameterizedTest
    @EnumSource(PartnerStatus.class)
    void onlyPartnersThatCanAnswerAreOfferedALetter(PartnerStatus status) {
        statuses.put(other, status);
        var letter = draft(terms(other));
        if (status == PartnerStatus.ACTIVE || status == PartnerStatus.ONBOARDING) {
            offer(letter, signatory(initiator));
            assertThat(letter.draft()).isEmpty();
        } else {
            assertRules(() -> offer(letter, signatory(initiator)), "party.status parties.1.partnerId");
        }
    }

    @Test
    void theTextIsAttachedAsAPdf() {
        var file = FileId.next();
        files.put(file, new FileFacts(file, "letter.png", "image/png", 10, "00"));
        var letter = draft(with(terms(other), "document", file));
        assertRules(() -> offer(letter, signatory(initiator)), "document.mediaType document");
    }

    @Test
    void filesThatAreGoneAreAttachedAgainBeforeTheOffer() {
        var pdf = FileId.next();
        var there = FileId.next();
        var gone = FileId.next();
        files.put(there, new FileFacts(there, "annex.png", "image/png", 10, "00"));
        var letter = draft(with(terms(other), "annexes", List.of(there, gone), "document", pdf));
        assertRules(() -> offer(letter, signatory(initiator)), "file.unknown document", "file.unknown annexes.1");
        files.put(gone, new FileFacts(gone, "annex.pdf", "application/pdf", 10, "00"));
        files.put(pdf, new FileFacts(pdf, "letter.pdf", "application/pdf", 10, "00"));
        offer(letter, signatory(initiator));
        assertThat(derivedOf(letter).files()).containsExactlyInAnyOrder(pdf, there, gone);
    }

    @Test
    void aLetterHasAtMost120PartiesInAllItsEditions() {
        var letter = offered(terms(partners(59)));
        amendFor(letter, partners(59));
        offer(letter, signatory(initiator));
        // The initiator and twice 59 others: there is room for one.
        var one = PartnerId.next();
        amendFor(letter, one, PartnerId.next());
        assertRules(() -> offer(letter, signatory(initiator)), "parties.many parties");
        edit(letter, editor(initiator), "parties", terms(one));
        offer(letter, signatory(initiator));
        assertThat(letter.draft()).isEmpty();
    }

    @Test
    void theLegalEntitiesOfTheDayOfTheOfferAreFrozen() {
        var letter = offered(terms(other));
        var answer = letter.lastOffered().orElseThrow().findAnswer(other).orElseThrow();
        assertThat(answer.legalEntity()).isEqualTo(legalEntity(other));
        assertThat(answer.signaturesRequired()).isEqualTo(1);
    }

    @Test
    void noEditionIsDraftedWhileAnotherIsOpen() {
        var letter = offered(terms(other));
        assertRule("edition.open", () -> letter.amend(by(signatory(initiator)), TODAY, edition -> null));
        assertRule("edition.noDraft", () -> edit(letter, editor(initiator), "noticeDays", withNotice(7)));
        assertRule("edition.noDraft", () -> offer(letter, signatory(initiator)));
        assertRule("edition.noDraft", () -> letter.deleteDraft(by(editor(initiator)), 0));
    }

    @Test
    void twentyEditionsAreTheMost() {
        var letter = offered(terms(other));
        for (var number = 2; number <= 20; number++) {
            letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
            letter.amend(
                    by(signatory(initiator)), TODAY, edition -> terms(other).text());
            offer(letter, signatory(initiator));
        }
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        assertThat(letter.editions()).hasSize(20);
        assertRule("editions.many", () -> letter.amend(by(signatory(initiator)), TODAY, edition -> null));
    }

    // Answering

    @Test
    void aLetterComesIntoForceWhenAllRequiredPartiesHaveSigned() {
        var letter = offered(terms(other));
        sign(letter, signatory(initiator));
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);
        assertThat(answer(letter, initiator).state()).isEqualTo(AnswerState.SIGNED);
        sign(letter, signatory(other));

        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        assertThat(letter.inForce().orElseThrow().inForceSince()).isEqualTo(TODAY);
        assertThat(events(letter))
                .containsExactly(
                        "LETTER_DRAFTED", "LETTER_OFFERED", "LETTER_SIGNED", "LETTER_SIGNED", "LETTER_IN_FORCE");
        assertThat(tasks(letter)).isEmpty();
    }

    @Test
    void aSignatureHoldsWhoSignedWhatAndHow() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));

        var signature = answer(letter, other).signatures().getFirst();
        assertThat(signature.by())
                .isEqualTo(
                        new Signatory(signatory(other).account().orElseThrow(), "Somebody", "Managing director", NOW));
        assertThat(signature.digest()).isEqualTo(digest(letter));
        assertThat(signature.locale()).isEqualTo("de");
        assertThat(signature.method()).isEqualTo(SignatureMethod.IN_APP);
        assertThat(signature.mandate()).isEqualTo(Mandate.STATUTORY);
        assertThat(signature.counts()).isTrue();
    }

    @Test
    void whoeverSignedIsToldWhatWasAcceptedWithItsFiles() {
        var letter = offered(terms(other));
        var proof = FileId.next();
        var given =
                new SignatureInput("CEO", "de", SignatureMethod.IN_APP, Mandate.POWER_OF_ATTORNEY, proof, null, null);
        assertThat(letter.sign(by(signatory(other)), TODAY, digest(letter), in -> given, () -> "x"))
                .isEqualTo(given);
        assertThat(derivedOf(letter).files()).containsExactly(proof);
    }

    @Test
    void onlyThosePartiesHaveSignedWhoseAnswerBinds() {
        signaturesRequired.put(third, 2);
        var letter = offered(terms(other, third));
        letter.sign(by(signatory(initiator)), TODAY, digest(letter), in -> signatureWithReservation(), () -> "x");
        sign(letter, signatory(other));
        sign(letter, signatory(third));
        assertThat(letter.lastOffered().orElseThrow().parties()).containsExactly(other);
    }

    @Test
    void onlyPeopleWhoAreSignatoriesOfAPartyAnswer() {
        var letter = offered(terms(other));
        assertRefused(Refusal.otherOrganisation(), () -> sign(letter, signatory(stranger)));
        assertRefused(Refusal.roleMissing(Role.SIGNATORY), () -> sign(letter, editor(other)));
        assertRefused(
                Refusal.roleMissing(Role.SIGNATORY), () -> sign(letter, person(other, "admin", Role.PARTNER_ADMIN)));
        assertRefused(
                Refusal.personOnly(),
                () -> sign(letter, actor(Actor.Kind.APP, other, PartnerStatus.ACTIVE, "app", Role.SIGNATORY)));
        assertRefused(
                Refusal.partnerStatus(PartnerStatus.SUSPENDED),
                () -> sign(letter, actor(Actor.Kind.PERSON, other, PartnerStatus.SUSPENDED, "s", Role.SIGNATORY)));
        assertRefused(Refusal.Reason.NO_ACTING_ORGANISATION, () -> sign(letter, office()));
        assertRefused(Refusal.Reason.NOT_SIGNED_IN, () -> sign(letter, Actor.anonymous()));
        assertRefused(
                Refusal.otherOrganisation(),
                () -> letter.decline(by(signatory(stranger)), TODAY, digest(letter), "No"));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.WAITING);
    }

    @Test
    void whoeverWasAskedLearnsThatTheOfferIsNoLongerThere() {
        var letter = offered(terms(other));
        var digest = digest(letter);
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest);
        assertThatThrownBy(() -> letter.sign(by(signatory(other)), TODAY, digest, in -> signature(), () -> "x"))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> letter.decline(by(signatory(other)), TODAY, digest, "No"))
                .isInstanceOf(Conflict.class);
        assertRefused(Refusal.otherOrganisation(), () -> letter.decline(by(signatory(stranger)), TODAY, digest, "No"));
    }

    @Test
    void anOnboardingPartnerAnswersALetterThatAsksIt() {
        statuses.put(other, PartnerStatus.ONBOARDING);
        var letter = offered(terms(other));
        sign(letter, actor(Actor.Kind.PERSON, other, PartnerStatus.ONBOARDING, "s", Role.SIGNATORY));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
    }

    @Test
    void nothingIsReadOfTheInputBeforeThePermission() {
        var letter = offered(terms(other));
        assertThatThrownBy(() -> letter.sign(
                        by(signatory(stranger)),
                        TODAY,
                        digest(letter),
                        violations -> {
                            throw new AssertionError("read");
                        },
                        () -> {
                            throw new AssertionError("asked");
                        }))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void theNameIsAskedForWhenAllElseIsInOrder() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));
        assertRule(
                "answer.complete",
                () -> letter.sign(
                        by(person(other, "second", Role.SIGNATORY)),
                        TODAY,
                        digest(letter),
                        in -> signature(),
                        () -> "x"));
        assertThatThrownBy(() -> letter.sign(
                        by(signatory(initiator)),
                        TODAY,
                        digest(letter).replace('a', 'b').replace('1', '2'),
                        in -> signature(),
                        () -> {
                            throw new AssertionError("asked");
                        }))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void anAnswerToAnotherTextIsAConflict() {
        var letter = offered(terms(other));
        var shown = digest(letter);
        letter.withdrawOffer(by(signatory(initiator)), TODAY, shown);
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        edit(letter, editor(initiator), "noticeDays", withNotice(7));
        offer(letter, signatory(initiator));

        assertThatThrownBy(() -> letter.sign(by(signatory(other)), TODAY, shown, in -> signature(), () -> "x"))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> letter.decline(by(signatory(other)), TODAY, shown, "No"))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> letter.withdrawOffer(by(signatory(initiator)), TODAY, shown))
                .isInstanceOf(Conflict.class);
        assertThat(answer(letter, other).signatures()).isEmpty();
    }

    @Test
    void anEditionWithoutChangesHasAnotherDigest() {
        var letter = offered(terms(other));
        var first = digest(letter);
        letter.withdrawOffer(by(signatory(initiator)), TODAY, first);
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        offer(letter, signatory(initiator));
        assertThat(digest(letter)).isNotEqualTo(first);
    }

    @Test
    void aPartnerThatSignsJointlyNeedsTwoAccounts() {
        signaturesRequired.put(other, 2);
        var letter = offered(terms(other));
        sign(letter, signatory(initiator));
        sign(letter, person(other, "first", Role.SIGNATORY));

        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.PARTLY_SIGNED);
        assertThat(tasks(letter)).containsExactly("SIGN_LETTER_SECOND " + other.value());
        assertRule("signature.sameAccount", () -> sign(letter, person(other, "first", Role.SIGNATORY)));
        assertThat(answer(letter, other).signatures()).hasSize(1);
        sign(letter, person(other, "second", Role.SIGNATORY));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
    }

    @Test
    void whoDeclinesInBetweenStartsAnewAndWhatWasSignedStaysAsEvidence() {
        signaturesRequired.put(other, 2);
        var letter = offered(terms(other));
        sign(letter, person(other, "first", Role.SIGNATORY));
        letter.decline(by(person(other, "second", Role.SIGNATORY)), TODAY, digest(letter), "Not yet");

        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.DECLINED);
        assertThat(answer(letter, other).signatures())
                .extracting(Signature::counts)
                .containsExactly(false);
        assertThat(Objects.requireNonNull(answer(letter, other).declined()).comment())
                .isEqualTo("Not yet");
        assertThat(tasks(letter)).contains("LETTER_DECLINED " + initiator.value());

        sign(letter, person(other, "first", Role.SIGNATORY));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.PARTLY_SIGNED);
        sign(letter, person(other, "second", Role.SIGNATORY));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
        assertThat(answer(letter, other).signatures())
                .extracting(Signature::counts)
                .containsExactly(false, true, true);
    }

    @Test
    void signedIsFinal() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));
        assertRule(
                "answer.final", () -> letter.decline(by(signatory(other)), TODAY, digest(letter), "Changed my mind"));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
    }

    @Test
    void whoDeclinedDeclinesOnceAndMayStillSign() {
        var letter = offered(terms(other));
        letter.decline(by(signatory(other)), TODAY, digest(letter), "No");
        assertRule("answer.declined", () -> letter.decline(by(signatory(other)), TODAY, digest(letter), "No"));
        sign(letter, signatory(other));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
        assertThat(tasks(letter)).containsExactly("SIGN_LETTER " + initiator.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void whoDeclinesSaysWhy(String comment) {
        var letter = offered(terms(other));
        assertRules(
                () -> letter.decline(by(signatory(other)), TODAY, digest(letter), comment), "comment.blank comment");
        assertRules(
                () -> letter.decline(by(signatory(other)), TODAY, digest(letter), "x".repeat(501)),
                "comment.long comment");
    }

    @Test
    void aPartySignsAndDeclinesAtMostTenTimes() {
        var letter = offered(terms(other));
        for (var round = 0; round < 10; round++) {
            letter.sign(by(signatory(other)), TODAY, digest(letter), in -> signatureWithReservation(), () -> "x");
            letter.decline(by(signatory(other)), TODAY, digest(letter), "No");
        }
        assertRule("signatures.many", () -> sign(letter, signatory(other)));
        assertThat(answer(letter, other).signatures()).hasSize(10);
    }

    @Test
    void aReservationKeepsALetterFromComingIntoForce() {
        var letter = offered(terms(other));
        sign(letter, signatory(initiator));
        letter.sign(by(signatory(other)), TODAY, digest(letter), in -> signatureWithReservation(), () -> "x");

        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED_WITH_RESERVATION);
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);
        assertThat(derivedTasks(letter))
                .singleElement()
                .satisfies(task -> assertThat(task.due()).isEqualTo(TODAY.plusDays(20)));
        lift(letter, signatory(other));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
    }

    @Test
    void asManyLiftAReservationAsHaveToSign() {
        signaturesRequired.put(other, 2);
        var letter = offered(terms(other));
        sign(letter, person(other, "first", Role.SIGNATORY));
        letter.sign(
                by(person(other, "second", Role.SIGNATORY)),
                TODAY,
                digest(letter),
                in -> signatureWithReservation(),
                () -> "x");
        lift(letter, person(other, "first", Role.SIGNATORY));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED_WITH_RESERVATION);
        assertRule("signature.sameAccount", () -> lift(letter, person(other, "first", Role.SIGNATORY)));
        lift(letter, person(other, "third", Role.SIGNATORY));
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
    }

    @Test
    void onlyAReservationIsLiftedAndNotInTheFuture() {
        var letter = offered(terms(other));
        assertRule("reservation.none", () -> lift(letter, signatory(other)));
        assertRules(
                () -> letter.liftReservation(
                        by(signatory(other)),
                        TODAY,
                        digest(letter),
                        in -> new LiftingInput("Mayor", TODAY.plusDays(1), "1/26"),
                        () -> "x"),
                "decidedOn.future decidedOn");
    }

    @Test
    void aLiftingWhoseDayIsInvalidIsNotJudgedByIt() {
        var letter = offered(terms(other));
        assertRules(
                () -> letter.liftReservation(
                        by(signatory(other)), TODAY, digest(letter), LetterOfIntentTest::withoutDay, () -> "x"),
                "decidedOn.required decidedOn");
    }

    @Test
    void whoDeclinesWithAReservationStartsAnew() {
        var letter = offered(terms(other));
        letter.sign(by(signatory(other)), TODAY, digest(letter), in -> signatureWithReservation(), () -> "x");
        letter.decline(by(signatory(other)), TODAY, digest(letter), "The council refused");
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.DECLINED);
        assertRule("reservation.none", () -> lift(letter, signatory(other)));
    }

    @Test
    void aWeakerMethodThanTheEditionDemandsIsRefused() {
        var letter = offered(with(terms(other), "minimumMethod", SignatureMethod.QUALIFIED));
        assertRules(() -> sign(letter, signatory(other)), "signature.methodTooWeak method");
        var pdf = FileId.next();
        letter.sign(
                by(signatory(other)),
                TODAY,
                digest(letter),
                in -> new SignatureInput("CEO", "en", SignatureMethod.QUALIFIED, Mandate.STATUTORY, null, pdf, null),
                () -> "x");
        assertThat(answer(letter, other).state()).isEqualTo(AnswerState.SIGNED);
        derived(letter);
        assertThat(letter.files()).contains(pdf);
    }

    @Test
    void whatASignatureNeedsAndMustNotHave() {
        var letter = offered(terms(other));
        var file = FileId.next();
        assertRules(
                () -> sign(
                        letter,
                        new SignatureInput(
                                "CEO", "de", SignatureMethod.PAPER, Mandate.POWER_OF_ATTORNEY, null, file, null)),
                "powerOfAttorney.required powerOfAttorney",
                "method.paper method",
                "document.unexpected document");
        assertRules(
                () -> sign(
                        letter,
                        new SignatureInput(
                                "CEO", "de", SignatureMethod.QUALIFIED, Mandate.STATUTORY, file, null, null)),
                "powerOfAttorney.unexpected powerOfAttorney",
                "document.required document");
        assertRules(
                () -> sign(
                        letter,
                        new SignatureInput("CEO", "fr", SignatureMethod.IN_APP, Mandate.STATUTORY, null, null, null)),
                "locale.notShown locale");
    }

    // Withdrawing

    @Test
    void aWithdrawnOfferTellsThoseWhoHadSigned() {
        var letter = offered(terms(other, third));
        sign(letter, signatory(other));
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));

        assertThat(state(letter)).isEqualTo(EditionState.WITHDRAWN);
        assertThat(tasks(letter)).containsExactly("LETTER_WITHDRAWN " + other.value());
        assertThat(answer(letter, other).signatures()).hasSize(1);
        letter.settle(bySystem(), TODAY.plusDays(29));
        assertThat(tasks(letter)).hasSize(1);
        letter.settle(bySystem(), TODAY.plusDays(30));
        assertThat(tasks(letter)).isEmpty();
    }

    @Test
    void theNextOfferTakesTheWordOfTheWithdrawalBack() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        assertThat(tasks(letter)).containsExactly("LETTER_WITHDRAWN " + other.value());
        offer(letter, signatory(initiator));
        assertThat(tasks(letter))
                .containsExactlyInAnyOrder("SIGN_LETTER " + initiator.value(), "SIGN_LETTER " + other.value());
    }

    @Test
    void whatAllHaveSignedIsNotWithdrawn() {
        var letter = offered(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                TODAY.plusDays(10),
                null));
        sign(letter, signatory(initiator));
        sign(letter, signatory(other));
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);
        assertRule("edition.concluded", () -> letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter)));
        letter.settle(bySystem(), TODAY.plusDays(10));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        assertRule("edition.notOffered", () -> letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter)));
    }

    // Days

    @Test
    void anOfferLapsesOnTheDayAfterItsLast() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));
        assertThat(derivedOf(letter).dueOn()).isEqualTo(TODAY.plusDays(23));
        letter.settle(bySystem(), TODAY.plusDays(23));
        assertThat(tasks(letter)).contains("LETTER_LAPSES_SOON " + initiator.value());
        assertThat(derivedOf(letter).dueOn()).isEqualTo(TODAY.plusDays(31));
        assertThat(letter.settle(bySystem(), TODAY.plusDays(30))).isFalse();
        assertThat(letter.settle(bySystem(), TODAY.plusDays(31))).isTrue();

        assertThat(state(letter)).isEqualTo(EditionState.LAPSED);
        assertThat(letter.lastOffered().orElseThrow().closedSince()).isEqualTo(TODAY.plusDays(31));
        assertThat(tasks(letter)).isEmpty();
        assertThat(derivedOf(letter).dueOn()).isNull();
        assertThat(events(letter)).endsWith("LETTER_LAPSED");
    }

    @Test
    void nobodyAnswersAnOfferThatHasLapsedAlsoIfNoJobHasRun() {
        var letter = offered(terms(other));
        sign(letter, signatory(other));
        assertThatThrownBy(() -> letter.sign(
                        by(signatory(initiator)), TODAY.plusDays(31), digest(letter), in -> signature(), () -> "x"))
                .isInstanceOf(Conflict.class);
        assertThat(state(letter)).as("a refused verb changes nothing").isEqualTo(EditionState.OFFERED);
        letter.sign(by(signatory(initiator)), TODAY.plusDays(30), digest(letter), in -> signature(), () -> "x");
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
    }

    @Test
    void aSignedLetterWaitsForItsDay() {
        var letter = offered(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                TODAY.plusDays(60),
                null));
        sign(letter, signatory(initiator));
        sign(letter, signatory(other));
        letter.settle(bySystem(), TODAY.plusDays(59));
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);
        // The service was down for two days.
        letter.settle(bySystem(), TODAY.plusDays(62));
        assertThat(letter.inForce().orElseThrow().inForceSince()).isEqualTo(TODAY.plusDays(60));
    }

    @Test
    void aLetterEndsAfterItsLastDayAndSaysSoBefore() {
        var letter = inForce(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                null,
                TODAY.plusDays(200)));
        letter.settle(bySystem(), TODAY.plusDays(109));
        assertThat(tasks(letter)).isEmpty();
        letter.settle(bySystem(), TODAY.plusDays(110));
        assertThat(tasks(letter))
                .containsExactlyInAnyOrder(
                        "LETTER_ENDS_IN_90_DAYS " + initiator.value(), "LETTER_ENDS_IN_90_DAYS " + other.value());
        letter.settle(bySystem(), TODAY.plusDays(170));
        assertThat(tasks(letter))
                .contains("LETTER_ENDS_IN_30_DAYS " + other.value())
                .hasSize(2);
        letter.settle(bySystem(), TODAY.plusDays(200));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        letter.settle(bySystem(), TODAY.plusDays(201));
        assertThat(state(letter)).isEqualTo(EditionState.EXPIRED);
        assertThat(tasks(letter)).isEmpty();
        assertThat(events(letter)).endsWith("LETTER_EXPIRED");
    }

    @Test
    void whatBecameDueInAnOutageHappensInTheOrderOfItsDays() {
        var letter = inForce(terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                null,
                TODAY.plusDays(10)));
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        edit(
                letter,
                editor(initiator),
                Set.of("inForceOn", "endsOn", "lapsesOn"),
                terms(List.of(), LetterVisibility.PARTIES, TODAY.plusDays(11), TODAY.plusDays(20)));
        offer(letter, signatory(initiator));
        sign(letter, signatory(initiator));
        sign(letter, signatory(other));
        letter.settle(bySystem(), TODAY.plusDays(40));

        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.EXPIRED, EditionState.EXPIRED);
        assertThat(letter.editions().getLast().inForceSince()).isEqualTo(TODAY.plusDays(11));
        assertThat(events(letter)).endsWith("LETTER_EXPIRED", "LETTER_IN_FORCE", "LETTER_EXPIRED");
    }

    @Test
    void onlyTheServiceItselfSettles() {
        var letter = offered(terms(other));
        for (var actor : List.of(office(), signatory(initiator), Actor.anonymous())) {
            assertThatThrownBy(() -> letter.settle(by(actor), TODAY.plusYears(1)))
                    .isInstanceOf(Forbidden.class);
        }
        assertThat(state(letter)).isEqualTo(EditionState.OFFERED);
    }

    @Test
    void anOptionalPartySignsUntilTheOfferLapses() {
        var optional =
                List.of(new PartyTerms(other, Requirement.REQUIRED), new PartyTerms(third, Requirement.OPTIONAL));
        var letter = inForce(terms(optional, LetterVisibility.PARTIES, null, null));
        assertThat(tasks(letter)).containsExactly("SIGN_LETTER " + third.value());
        assertThatThrownBy(() -> letter.sign(
                        by(signatory(third)), TODAY.plusDays(31), digest(letter), in -> signature(), () -> "x"))
                .isInstanceOf(Conflict.class);
        letter.sign(by(signatory(third)), TODAY.plusDays(30), digest(letter), in -> signature(), () -> "x");
        assertThat(answer(letter, third).state()).isEqualTo(AnswerState.SIGNED);
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
    }

    @Test
    void anOptionalPartyThatDidNotSignInTimeIsAskedNoMore() {
        var optional =
                List.of(new PartyTerms(other, Requirement.REQUIRED), new PartyTerms(third, Requirement.OPTIONAL));
        var letter = inForce(terms(optional, LetterVisibility.PARTIES, null, null));
        letter.settle(bySystem(), TODAY.plusDays(31));
        assertThat(tasks(letter)).isEmpty();
        assertThatThrownBy(() -> letter.sign(
                        by(signatory(third)), TODAY.plusDays(31), digest(letter), in -> signature(), () -> "x"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void nothingIsDueAfterTheYear9999() {
        var last = LocalDate.of(9999, 12, 31);
        var letter = offered(with(terms(other), "lapsesOn", last));
        assertThat(derivedOf(letter).dueOn()).isEqualTo(last.minusDays(7));
        letter.settle(bySystem(), last.minusDays(7));
        assertThat(derivedOf(letter).dueOn()).isNull();
        assertThat(letter.settle(bySystem(), last)).isFalse();
    }

    @Test
    void lettersAreOrderedByTheLastDayOfWhatIsInForce() {
        var ending = terms(
                List.of(new PartyTerms(other, Requirement.REQUIRED)),
                LetterVisibility.PARTIES,
                null,
                TODAY.plusDays(200));
        assertThat(orderedBy("endsOn", inForce(ending)))
                .startsWith(TODAY.plusDays(200).toString());
        assertThat(orderedBy("endsOn", offered(ending))).startsWith("9999-12-31");
        assertThat(orderedBy("endsOn", inForce(terms(other)))).startsWith("9999-12-31");
    }

    @Test
    void aLetterIsFoundByItsTextUntilTheEditionIsClosed() {
        var letter = draft(terms(other));
        assertThat(letter.draft().orElseThrow().textWords()).isNotEmpty();
        offer(letter, signatory(initiator));
        assertThat(letter.lastOffered().orElseThrow().textWords()).isNotEmpty();
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        assertThat(letter.lastOffered().orElseThrow().textWords()).isEmpty();

        assertThat(inForce(terms(other)).inForce().orElseThrow().textWords()).isNotEmpty();
    }

    // Amending

    @Test
    void whatIsInForceStaysSoUntilTheNextEditionIs() {
        var letter = inForce(terms(other));
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms(other).text());
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        edit(letter, editor(initiator), Set.of("parties"), terms(third));
        offer(letter, signatory(initiator));
        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.IN_FORCE, EditionState.OFFERED);
        sign(letter, signatory(initiator));
        sign(letter, signatory(third));
        assertThat(letter.editions())
                .extracting(Edition::state)
                .containsExactly(EditionState.SUPERSEDED, EditionState.IN_FORCE);
        assertThat(letter.editions().getFirst().closedSince()).isEqualTo(TODAY);
        assertThat(derived(letter).audience().tokens())
                .containsExactlyInAnyOrder(
                        "office",
                        "owner:" + initiator.value(),
                        "party:" + initiator.value(),
                        "party:" + third.value(),
                        "former:" + other.value());
    }

    @Test
    void aLapsedOrWithdrawnEditionIsAmendedWithItsTextAndTerms() {
        var letter = offered(terms(other));
        letter.settle(bySystem(), TODAY.plusDays(31));
        letter.amend(by(signatory(initiator)), TODAY.plusDays(31), edition -> {
            assertThat(edition.number()).isEqualTo(1);
            return LocalizedText.of(Map.of("de", "Alt"));
        });
        var draft = letter.draft().orElseThrow();
        assertThat(draft.number()).isEqualTo(2);
        assertThat(draft.terms().partners()).containsExactly(initiator, other);
        assertThat(Objects.requireNonNull(draft.terms().text()).texts()).containsEntry("de", "Alt");
    }

    // What a repeated change does

    @Test
    void eventsOfADraftConcernOnlyItsOwnerAndThoseOfAnEditionItsParties() {
        var letter = draft(terms(other));
        assertThat(changedFields(letter)).containsExactly(List.of("draft"));
        offer(letter, signatory(initiator));
        assertThat(changedFields(letter)).containsExactly(List.of("draft"), List.of("editions", "draft"));
    }

    // Help

    private LetterOfIntent draft(EditionTerms terms) {
        return draft(editor(initiator), terms);
    }

    private static LetterOfIntent draft(Actor actor, EditionTerms terms) {
        return LetterOfIntent.draft(by(actor), violations -> terms);
    }

    private OfferedEdition offer(LetterOfIntent letter, Actor actor) {
        return letter.offer(by(actor), TODAY, 0, this::faces, ids -> files);
    }

    private Map<PartnerId, PartnerFace> faces(Collection<PartnerId> ids) {
        var faces = new HashMap<PartnerId, PartnerFace>();
        ids.forEach(id -> faces.put(
                id,
                new PartnerFace(
                        id,
                        statuses.getOrDefault(id, PartnerStatus.ACTIVE),
                        LocalizedText.of(Map.of("de", "Partner")),
                        legalEntity(id),
                        signaturesRequired.getOrDefault(id, 1))));
        return faces;
    }

    private static LegalEntity legalEntity(PartnerId id) {
        return new LegalEntity("Entity of " + id.value(), null, null, "Duisburg");
    }

    private LetterOfIntent offered(EditionTerms terms) {
        var letter = draft(terms);
        offer(letter, signatory(initiator));
        return letter;
    }

    private LetterOfIntent inForce(EditionTerms terms) {
        var letter = offered(terms);
        terms.withInitiator(initiator).parties().stream()
                .filter(party -> party.requirement() == Requirement.REQUIRED)
                .forEach(party -> sign(letter, signatory(party.partner())));
        assertThat(state(letter)).isEqualTo(EditionState.IN_FORCE);
        return letter;
    }

    /** Withdraws the offer and drafts another edition for these parties. */
    private void amendFor(LetterOfIntent letter, PartnerId... parties) {
        letter.withdrawOffer(by(signatory(initiator)), TODAY, digest(letter));
        letter.amend(by(signatory(initiator)), TODAY, edition -> terms().text());
        edit(letter, editor(initiator), "parties", terms(parties));
    }

    private static PartnerId[] partners(int number) {
        return Stream.generate(PartnerId::next).limit(number).toArray(PartnerId[]::new);
    }

    private void sign(LetterOfIntent letter, Actor actor) {
        letter.sign(by(actor), TODAY, digest(letter), violations -> signature(), () -> "Somebody");
    }

    private void sign(LetterOfIntent letter, SignatureInput input) {
        letter.sign(by(signatory(other)), TODAY, digest(letter), violations -> input, () -> "Somebody");
    }

    private static void lift(LetterOfIntent letter, Actor actor) {
        letter.liftReservation(
                by(actor), TODAY, digest(letter), violations -> new LiftingInput("Mayor", TODAY, "1/26"), () -> "x");
    }

    /** Invalid parts of an input are null. */
    @SuppressWarnings("NullAway")
    private static LiftingInput withoutDay(Violations violations) {
        violations.demandPresent("decidedOn", null, "Give the day.");
        return new LiftingInput("Mayor", null, "1/26");
    }

    private static void edit(LetterOfIntent letter, Actor actor, String given, EditionTerms terms) {
        edit(letter, actor, Set.of(given), terms);
    }

    private static void edit(LetterOfIntent letter, Actor actor, Set<String> given, EditionTerms terms) {
        letter.edit(by(actor), 0, new Edit<>(given, violations -> terms));
    }

    private EditionTerms withNotice(int days) {
        return with(terms(other), "noticeDays", days);
    }

    private static Change by(Actor actor) {
        return Change.by(actor, NOW);
    }

    private static Change bySystem() {
        return by(Actor.system());
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
    }

    private static EditionState state(LetterOfIntent letter) {
        return LetterStates.counting(letter.editions(), edition -> edition)
                .orElseThrow()
                .state();
    }

    private static Answer answer(LetterOfIntent letter, PartnerId partner) {
        return letter.lastOffered().orElseThrow().findAnswer(partner).orElseThrow();
    }

    private static DerivedFields derived(LetterOfIntent letter) {
        letter.derive("de");
        return Objects.requireNonNull(letter.derived());
    }

    private static String orderedBy(String order, LetterOfIntent letter) {
        return Objects.requireNonNull(
                Objects.requireNonNull(derived(letter).sort()).get(order));
    }

    private static LetterOfIntent derivedOf(LetterOfIntent letter) {
        letter.derive("de");
        return letter;
    }

    private static List<StoredTask> derivedTasks(LetterOfIntent letter) {
        return Objects.requireNonNull(derived(letter).tasks());
    }

    private static List<String> tasks(LetterOfIntent letter) {
        return derivedTasks(letter).stream()
                .map(task -> task.kind() + " " + task.holder())
                .toList();
    }

    /** The events since the letter was made. */
    private static List<String> events(LetterOfIntent letter) {
        return waiting(letter).stream().map(Event::type).toList();
    }

    private static List<List<String>> changedFields(LetterOfIntent letter) {
        return waiting(letter).stream().map(Event::changed).toList();
    }

    private static List<Event> waiting(LetterOfIntent letter) {
        letter.newEvents()
                .moveTo(letter.outbox(), event -> new EventAudience(List.of(), List.of(), List.of(), Map.of()));
        return letter.outbox().events();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable verb) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        Forbidden.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static void assertRefused(Refusal.Reason reason, ThrowingCallable verb) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        Forbidden.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
    }

    private static void assertRules(ThrowingCallable verb, String... rulesAndPlaces) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(violation -> violation.rule() + " " + String.join(".", violation.path()))
                                .containsExactly(rulesAndPlaces));
    }
}
