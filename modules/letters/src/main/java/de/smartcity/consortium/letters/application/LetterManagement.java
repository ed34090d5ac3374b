package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LeavingNoticeInput;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterPermissions;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.letters.model.LiftingInput;
import de.smartcity.consortium.letters.model.OfferedEditions;
import de.smartcity.consortium.letters.model.SignatureInput;
import de.smartcity.consortium.partners.PartnerLookup;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.util.function.SingletonSupplier;

/**
 * Changes letters: loads one, calls its verb, claims its files, stores what is offered, and saves it last. After a concurrent save, this is repeated
 * with the newer version. A change that was made before with its key is answered like the first time, and nothing is saved. All throw
 * {@link NotFound} for a letter that the actor may not see.
 */
public class LetterManagement {

    private static final String DOCUMENT = "document";
    private static final int MAX_DRAFTS = 200;

    private final Letters letters;
    private final OfferedEditions offered;
    private final LetterReading reading;
    private final LetterTexts texts;
    private final LetterVerification verification;
    private final PartnerLookup partners;
    private final FileClaims files;
    private final AccountNames names;
    private final ConsortiumZone zone;
    private final RetryTemplate staleWrites;

    LetterManagement(
            Letters letters,
            OfferedEditions offered,
            LetterReading reading,
            LetterTexts texts,
            LetterVerification verification,
            PartnerLookup partners,
            FileClaims files,
            AccountNames names,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        this.letters = letters;
        this.offered = offered;
        this.reading = reading;
        this.texts = texts;
        this.verification = verification;
        this.partners = partners;
        this.files = files;
        this.names = names;
        this.zone = zone;
        this.staleWrites = staleWrites;
    }

    /** Drafts a letter. */
    public LetterId draft(Input<EditionTerms> input, Change change) {
        Forbidden.unlessPermitted(LetterPermissions.draft(change.actor()));
        return findDrafted(change).orElseGet(() -> {
            var initiator =
                    change.actor().organisation().map(Organisation::partner).orElseThrow();
            if (reading.countDrafts(initiator, MAX_DRAFTS) >= MAX_DRAFTS) {
                throw new RuleViolation(
                        "letters.many",
                        "A partner has at most " + MAX_DRAFTS + " drafts at a time: offer or delete some.");
            }
            var letter = LetterOfIntent.draft(change, knowing(List.of(), input, change.actor()));
            claim(letter.id(), attachments(letter.draft().orElseThrow().terms()), change.actor());
            try {
                return letters.save(letter).id();
            } catch (DuplicateKeyException repeated) {
                // By this change itself, at the same time.
                return findDrafted(change).orElseThrow(() -> repeated);
            }
        });
    }

    private Optional<LetterId> findDrafted(Change change) {
        return change.key() == null
                ? Optional.empty()
                : letters.findById(new LetterId(change.newId())).map(letter -> letter.draftedAgain(change));
    }

    /** Changes the draft of a letter. @throws Conflict if its version is not the one that the caller read */
    public void edit(LetterId id, long expectedVersion, Edit<EditionTerms> edit, Change change) {
        change(id, change, letter -> {
            var known = letter.editions().stream()
                    .flatMap(edition -> edition.terms().partners().stream())
                    .toList();
            var attached = letter.editions().stream()
                    .flatMap(edition -> edition.terms().files().stream())
                    .toList();
            letter.edit(
                    change, expectedVersion, new Edit<>(edit.given(), knowing(known, edit.values(), change.actor())));
            letter.draft().ifPresent(draft -> {
                var added = attachments(draft.terms());
                // Whoever edits may not be who attached them.
                attached.forEach(added::remove);
                claim(id, added, change.actor());
            });
        });
    }

    /** Deletes the draft of a letter. @throws Conflict if its version is not the one that the caller read */
    public void deleteDraft(LetterId id, long expectedVersion, Change change) {
        change(id, change, letter -> letter.deleteDraft(change, expectedVersion));
    }

    /** Offers the draft of a letter. @throws Conflict if its version is not the one that the caller read */
    public void offer(LetterId id, long expectedVersion, Change change) {
        change(id, change, letter -> {
            var offer = letter.offer(
                    change, today(change), expectedVersion, asked -> partners.find(asked, Actor.system()), files::find);
            offered.save(offer);
        });
    }

    /** Withdraws the offered edition of a letter. @throws Conflict if it is not the one with this digest */
    public void withdrawOffer(LetterId id, String digest, Change change) {
        change(id, change, letter -> letter.withdrawOffer(change, today(change), digest));
    }

    /** Signs an edition of a letter. @throws Conflict if the edition with this digest is not open */
    public void sign(LetterId id, String digest, Input<SignatureInput> input, Change change) {
        var name = name(change);
        change(id, change, letter -> {
            var places = attachments(letter.sign(change, today(change), digest, input, name));
            verification.demandGenuine(letter, digest);
            claim(id, places, change.actor()).stream()
                    .filter(file -> List.of(DOCUMENT).equals(places.get(file.id()))
                            && !file.mediaType().equals(LetterOfIntent.PDF))
                    .forEach(file -> {
                        throw new RuleViolation(List.of(new Violation(
                                "document.mediaType", "A qualified signature is in a PDF.", List.of(DOCUMENT))));
                    });
        });
    }

    /** Declines an edition of a letter. @throws Conflict if the edition with this digest is not open */
    public void decline(LetterId id, String digest, String comment, Change change) {
        change(id, change, letter -> letter.decline(change, today(change), digest, comment));
    }

    /** Lifts a reservation. @throws Conflict if the edition with this digest is not open */
    public void liftReservation(LetterId id, String digest, Input<LiftingInput> input, Change change) {
        var name = name(change);
        change(id, change, letter -> {
            letter.liftReservation(change, today(change), digest, input, name);
            verification.demandGenuine(letter, digest);
        });
    }

    /** Announces that a party leaves. @throws Conflict if the edition with this digest is not in force, or has no such party */
    public void withdrawFrom(LetterId id, String digest, Input<LeavingNoticeInput> input, Change change) {
        var name = name(change);
        change(id, change, letter -> letter.withdrawFrom(change, today(change), digest, input, name));
    }

    /** Announces that a letter ends. @throws Conflict if the edition with this digest is not in force */
    public void terminate(LetterId id, String digest, Input<LeavingNoticeInput> input, Change change) {
        var name = name(change);
        change(id, change, letter -> letter.terminate(change, today(change), digest, input, name));
    }

    /** Takes back such an announcement. @throws Conflict if the edition with this digest is not in force, or has no such party */
    public void withdrawNotice(LetterId id, String digest, Change change) {
        change(id, change, letter -> letter.withdrawNotice(change, today(change), digest));
    }

    /** Drafts a new edition of a letter from its last one. */
    public void amend(LetterId id, Change change) {
        change(id, change, letter -> letter.amend(change, today(change), this::text));
    }

    /** Does what has become due in a letter, for the service itself. */
    void settle(LetterId id, Moment now) {
        staleWrites.invoke(() -> {
            letters.findById(id).ifPresent(letter -> {
                if (letter.settle(Change.by(Actor.system(), now.at()), now.today())) {
                    letters.save(letter);
                }
            });
            return id;
        });
    }

    /** If it is gone or was altered, the initiator writes another one: nothing is offered without text and PDF. */
    private @Nullable LocalizedText text(Edition edition) {
        return Optional.ofNullable(edition.digest())
                .map(digest -> texts.findGenuine(List.of(digest)).get(digest))
                .map(LetterTexts.Offered::text)
                .orElse(null);
    }

    /** Asked once, also if the change is repeated. */
    private Supplier<String> name(Change change) {
        return SingletonSupplier.of(() -> names.nameOf(change.actor()));
    }

    private LocalDate today(Change change) {
        return zone.dayOf(change.at());
    }

    /**
     * An input whose parties the actor sees, since what it does not see does not exist for it; those that the letter names already are known.
     */
    private Input<EditionTerms> knowing(Collection<PartnerId> already, Input<EditionTerms> input, Actor actor) {
        return violations -> {
            var terms = input.read(violations);
            var unknown = new HashSet<>(terms.partners());
            already.forEach(unknown::remove);
            if (!unknown.isEmpty() && !violations.isAt("parties")) {
                unknown.removeAll(partners.find(unknown, actor).keySet());
                for (var index = 0; index < terms.parties().size(); index++) {
                    violations.demand(
                            !unknown.contains(terms.parties().get(index).partner()),
                            "party.unknown",
                            "There is no such partner.",
                            "parties",
                            String.valueOf(index),
                            "partnerId");
                }
            }
            return terms;
        };
    }

    private static LinkedHashMap<FileId, List<String>> attachments(EditionTerms terms) {
        var places = new LinkedHashMap<FileId, List<String>>();
        for (var index = 0; index < terms.annexes().size(); index++) {
            places.put(terms.annexes().get(index), List.of("annexes", String.valueOf(index)));
        }
        if (terms.document() != null) {
            places.put(terms.document(), List.of(DOCUMENT));
        }
        return places;
    }

    private static LinkedHashMap<FileId, List<String>> attachments(SignatureInput signature) {
        var places = new LinkedHashMap<FileId, List<String>>();
        if (signature.powerOfAttorney() != null) {
            places.put(signature.powerOfAttorney(), List.of("powerOfAttorney"));
        }
        if (signature.document() != null) {
            places.put(signature.document(), List.of(DOCUMENT));
        }
        return places;
    }

    private List<FileFacts> claim(LetterId letter, LinkedHashMap<FileId, List<String>> places, Actor actor) {
        return files.claim(places, LetterFiles.KIND, letter.value(), actor);
    }

    private void change(LetterId id, Change change, Consumer<LetterOfIntent> act) {
        staleWrites.invoke(() -> {
            var letter = load(id, change);
            try {
                act.accept(letter);
                if (!letter.newEvents().isEmpty()) {
                    letters.save(letter);
                }
            } catch (AlreadyMade before) {
                // Answered like the first time.
                return id;
            }
            return id;
        });
    }

    private LetterOfIntent load(LetterId id, Change change) {
        var tokens = change.actor().tokens(LetterAudience.RELATIONS).keySet();
        return letters.findByIdAndDerivedAudienceTokensIn(id, tokens)
                .or(() -> findChanged(id, change))
                .orElseThrow(() -> new NotFound("LetterOfIntent"));
    }

    /** Who no longer sees a letter, because it deleted or left it, may repeat its changes, since it saw it before. */
    private Optional<LetterOfIntent> findChanged(LetterId id, Change change) {
        return Optional.ofNullable(change.key())
                .flatMap(key -> letters.findByIdAndKeyedChangesChangesKey(id, key.id()))
                .filter(letter -> letter.isDeleted()
                        || LetterPermissions.answer(change.actor(), letter).isEmpty());
    }
}
