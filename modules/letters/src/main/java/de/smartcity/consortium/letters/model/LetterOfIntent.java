package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.partners.PartnerFace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What several partners sign, in editions of which at most one is being drafted or is offered.
 *
 * <p>Its verbs throw {@link Forbidden} if the actor lacks the permission, {@link RuleViolation} if state or input does not allow it, and then have
 * changed nothing. They parse their input after the permission. A change that is repeated with its key throws {@link KeyedChanges.AlreadyMade}, one
 * with the key of another {@link KeyedChanges.ReusedKey}. Those that depend on what has become of an
 * offered edition take the day that it is in the consortium's time zone, and first do what has become due by that day, so that none meets an edition
 * that has lapsed or ended.
 */
@Document("letters")
public final class LetterOfIntent implements Aggregate, LetterFacts {

    /** The media type of a letter's text as a file, and of signed documents. */
    public static final String PDF = "application/pdf";

    /**
     * Texts are stored apart, but twenty editions with sixty parties each, who sign, need more room than other aggregates. Above it no further edition
     * is begun, and what is left of MongoDB's 16 MB suffices for all answers to those that are there.
     */
    private static final int MAX_SIZE = 6 * 1024 * 1024;

    private static final int MAX_YEAR = 9_999;
    /** Of a letter. */
    public static final int MAX_EDITIONS = 20;

    /** Nobody agrees with itself. */
    private static final int MIN_PARTIES = 2;

    /** All of them are in the audience. */
    private static final int MAX_PARTNERS = 120;

    @Id
    private final LetterId id;

    @Version
    private @Nullable Long version;

    private final PartnerId initiator;
    private List<Edition> editions;
    /** Apart from the editions, so that only who asks for it reads it. */
    private @Nullable LocalizedText draftText;

    private boolean deleted;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable LocalDate dueOn;
    private @Nullable List<FileId> files;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;
    private final KeyedChanges keyedChanges;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @PersistenceCreator
    LetterOfIntent(
            LetterId id,
            @Nullable Long version,
            PartnerId initiator,
            List<Edition> editions,
            @Nullable LocalizedText draftText,
            boolean deleted,
            Instant createdAt,
            Instant updatedAt,
            @Nullable LocalDate dueOn,
            @Nullable List<FileId> files,
            @Nullable DerivedFields derived,
            Outbox outbox,
            KeyedChanges keyedChanges) {
        this.id = id;
        this.version = version;
        this.initiator = initiator;
        this.editions = editions;
        this.draftText = draftText;
        this.deleted = deleted;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.dueOn = dueOn;
        this.files = files;
        this.derived = derived;
        this.outbox = outbox;
        this.keyedChanges = keyedChanges;
    }

    private LetterOfIntent(LetterId id, PartnerId initiator, EditionTerms terms, Instant at) {
        this.id = id;
        this.initiator = initiator;
        editions = List.of(Edition.draft(1, terms.withText(null), LetterKeys.words(terms.text())));
        draftText = terms.text();
        createdAt = at;
        updatedAt = at;
        outbox = new Outbox(List.of());
        keyedChanges = new KeyedChanges(List.of());
    }

    /** Drafts a letter for the partner that the actor acts for. */
    public static LetterOfIntent draft(Change change, Input<EditionTerms> input) {
        Forbidden.unlessPermitted(LetterPermissions.draft(change.actor()));
        var initiator = change.actor().organisation().map(Organisation::partner).orElseThrow();
        var violations = new Violations();
        var terms = input.read(violations);
        terms.check(EditionTerms.ALL, initiator, violations);
        violations.throwIfAny();
        var letter = new LetterOfIntent(
                new LetterId(change.newId()), initiator, terms.withInitiator(initiator), change.at());
        letter.record(change, letter.ofDraft(change, LetterEvent.LETTER_DRAFTED));
        return letter;
    }

    /** Its id, for the repeated change that drafted it. @throws KeyedChanges.ReusedKey if that had another input */
    public LetterId draftedAgain(Change change) {
        keyedChanges.demandSameInput(change);
        return id;
    }

    /**
     * Changes the draft; if nothing differs afterwards, no event is recorded.
     *
     * @throws Conflict if the letter's version is not the one that the actor read
     * @throws RuleViolation also {@code edition.noDraft}
     */
    public void edit(Change change, long expectedVersion, Edit<EditionTerms> edit) {
        demand(change, LetterPermissions.edit(change.actor(), this));
        var draft = demandDraft();
        var violations = new Violations();
        var edited = edit.over(draft.terms(), violations);
        edited.check(edit.given(), initiator, violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, id);
        var complete = edited.withInitiator(initiator);
        if (!complete.equals(draft.terms())) {
            record(change, ofDraft(change, LetterEvent.LETTER_EDITED));
            editions = replaced(
                    editions,
                    Edition.draft(draft.number(), complete.withText(null), LetterKeys.words(complete.text())));
            draftText = complete.text();
        }
    }

    /**
     * Deletes the draft, and with it a letter that was never offered.
     *
     * @throws Conflict if the letter's version is not the one that the actor read
     * @throws RuleViolation also {@code edition.noDraft}
     */
    public void deleteDraft(Change change, long expectedVersion) {
        demand(change, LetterPermissions.edit(change.actor(), this));
        var draft = demandDraft();
        Conflict.unlessVersion(expectedVersion, version, id);
        record(change, ofDraft(change, LetterEvent.LETTER_DRAFT_DELETED).asEssential());
        editions = editions.stream()
                .filter(edition -> !edition.number().equals(draft.number()))
                .toList();
        draftText = null;
        deleted = editions.isEmpty();
    }

    /**
     * Offers the draft to its parties. From now on it never changes.
     *
     * @param partners finds partners as they are now
     * @param attached finds the files of the draft
     * @return what was offered, to be stored before this letter
     * @throws Conflict if the letter's version is not the one that the actor read
     * @throws RuleViolation whatever the terms lack, each at its place in the input of an edit; {@code edition.noDraft}
     */
    public OfferedEdition offer(
            Change change,
            LocalDate today,
            long expectedVersion,
            Function<Collection<PartnerId>, Map<PartnerId, PartnerFace>> partners,
            Function<Collection<FileId>, Map<FileId, FileFacts>> attached) {
        demand(change, LetterPermissions.offer(change.actor(), this));
        var draft = demandDraft();
        Conflict.unlessVersion(expectedVersion, version, id);
        var terms = draft.terms();
        var faces = partners.apply(terms.partners());
        var facts = attached.apply(terms.files());
        var violations = new Violations();
        terms.checkOffer(today, violations);
        checkParties(terms, faces, violations);
        demandFiles(terms, facts, violations);
        violations.demand(
                terms.document() == null
                        || !facts.containsKey(terms.document())
                        || facts.get(terms.document()).mediaType().equals(PDF),
                "document.mediaType",
                "The text of a letter is attached as a PDF.",
                "document");
        violations.throwIfAny();
        var text = terms.text();
        var asked = terms.parties().stream()
                .map(party -> {
                    var face = Objects.requireNonNull(faces.get(party.partner()));
                    return Answer.waiting(party, face.legalEntity(), face.signaturesRequired());
                })
                .toList();
        var offered = draft.offered(
                change.at(),
                asked,
                text == null ? List.of() : List.copyOf(text.texts().keySet()),
                draft.textWords());
        var form = CanonicalForm.of(this, offered, text, facts);
        var digest = CanonicalForm.digest(form);
        var step = new Step(change);
        step.replace(offered.withDigest(digest));
        step.record(LetterEvent.LETTER_OFFERED, List.of("editions", "draft"), draft.number());
        step.settle(today);
        step.take();
        draftText = null;
        return new OfferedEdition(digest, id, draft.number(), form);
    }

    private static void demandFiles(EditionTerms terms, Map<FileId, FileFacts> facts, Violations violations) {
        var message = "This file is gone: attach it again.";
        violations.demand(
                terms.document() == null || facts.containsKey(terms.document()), "file.unknown", message, "document");
        for (var index = 0; index < terms.annexes().size(); index++) {
            violations.demand(
                    facts.containsKey(terms.annexes().get(index)),
                    "file.unknown",
                    message,
                    "annexes",
                    String.valueOf(index));
        }
    }

    private void checkParties(EditionTerms terms, Map<PartnerId, PartnerFace> faces, Violations violations) {
        for (var index = 0; index < terms.parties().size(); index++) {
            var face = faces.get(terms.parties().get(index).partner());
            violations.demand(
                    face != null && LetterPermissions.ASKED.contains(face.status()),
                    "party.status",
                    "This partner cannot answer now.",
                    "parties",
                    String.valueOf(index),
                    "partnerId");
        }
        var all = new HashSet<>(terms.partners());
        editions.forEach(edition -> all.addAll(edition.terms().partners()));
        violations.demand(
                all.size() <= MAX_PARTNERS,
                "parties.many",
                "All editions of a letter together have at most " + MAX_PARTNERS + " parties.",
                "parties");
    }

    /**
     * Withdraws the offered edition.
     *
     * @throws Conflict if another edition is offered than the one with this digest
     * @throws RuleViolation {@code edition.notOffered}, {@code edition.concluded}
     */
    public void withdrawOffer(Change change, LocalDate today, String digest) {
        demand(change, LetterPermissions.offer(change.actor(), this));
        var step = new Step(change);
        step.settle(today);
        var offered = step.last(edition -> edition.state() == EditionState.OFFERED)
                .orElseThrow(() -> new RuleViolation("edition.notOffered", "There is no offer to withdraw."));
        demandDigest(offered, digest);
        if (offered.completedOn() != null) {
            throw new RuleViolation(
                    "edition.concluded", "All required parties have signed: it comes into force on its day.");
        }
        step.replace(offered.closed(EditionState.WITHDRAWN, today));
        step.record(LetterEvent.LETTER_OFFER_WITHDRAWN, List.of("editions"), offered.number());
        step.take();
    }

    /**
     * Signs an open edition for the partner that the actor acts for.
     *
     * @param name gives the actor's name, asked for when all else is in order
     * @return the accepted input, whose files are to be claimed
     * @throws Conflict if the digest is not that of an open edition
     * @throws RuleViolation also {@code signature.methodTooWeak}, {@code locale.notShown}, and what {@link Answer} does not allow
     */
    public SignatureInput sign(
            Change change, LocalDate today, String digest, Input<SignatureInput> input, Supplier<String> name) {
        var partner = demandAnswering(change);
        var violations = new Violations();
        var given = input.read(violations);
        given.check(violations);
        violations.throwIfAny();
        answer(change, today, digest, partner, LetterEvent.LETTER_SIGNED, edition -> {
            demandSignable(edition, given);
            return before -> before.sign(
                    account(change),
                    () -> new Signature(
                            new Signatory(account(change), name.get(), given.function(), change.at()),
                            digest,
                            given.locale(),
                            given.method(),
                            given.mandate(),
                            given.powerOfAttorney(),
                            given.document(),
                            given.reservation(),
                            true));
        });
        return given;
    }

    private static void demandSignable(Edition edition, SignatureInput given) {
        var violations = new Violations();
        violations.demand(
                // Stored terms may lack it.
                edition.terms().minimumMethod() == null
                        || given.method().compareTo(edition.terms().minimumMethod()) >= 0,
                "signature.methodTooWeak",
                "This letter has to be signed with the method "
                        + edition.terms().minimumMethod() + " at least.",
                "method");
        violations.demand(
                edition.textLanguages().isEmpty() || edition.textLanguages().contains(given.locale()),
                "locale.notShown",
                "The letter has no text in this language.",
                "locale");
        violations.throwIfAny();
    }

    /**
     * Declines an open edition for the partner that the actor acts for.
     *
     * @throws Conflict if the digest is not that of an open edition
     * @throws RuleViolation also {@code comment.blank}, {@code comment.long}, and what {@link Answer} does not allow
     */
    public void decline(Change change, LocalDate today, String digest, String comment) {
        var partner = demandAnswering(change);
        var violations = new Violations();
        var parsed = violations.at("comment", () -> BoundedText.parse(comment, Decline.MAX_LENGTH, "comment"));
        violations.throwIfAny();
        answer(
                change,
                today,
                digest,
                partner,
                LetterEvent.LETTER_DECLINED,
                edition -> before ->
                        before.decline(new Decline(account(change), change.at(), Objects.requireNonNull(parsed))));
    }

    /**
     * Lifts the reservations of the partner that the actor acts for, by as many people as have to sign.
     *
     * @param name gives the actor's name, asked for when all else is in order
     * @throws Conflict if the digest is not that of an open edition
     * @throws RuleViolation also {@code decidedOn.future}, and what {@link Answer} does not allow
     */
    public void liftReservation(
            Change change, LocalDate today, String digest, Input<LiftingInput> input, Supplier<String> name) {
        var partner = demandAnswering(change);
        var violations = new Violations();
        var given = input.read(violations);
        violations.demand(
                violations.isAt("decidedOn") || !given.decidedOn().isAfter(today),
                "decidedOn.future",
                "This day has not come yet.",
                "decidedOn");
        violations.throwIfAny();
        answer(
                change,
                today,
                digest,
                partner,
                LetterEvent.LETTER_RESERVATION_LIFTED,
                edition -> before -> before.lift(
                        account(change),
                        () -> new Lifting(
                                new Signatory(account(change), name.get(), given.function(), change.at()),
                                given.decidedOn(),
                                given.reference(),
                                true)));
    }

    private void answer(
            Change change,
            LocalDate today,
            String digest,
            PartnerId partner,
            LetterEvent type,
            Function<Edition, UnaryOperator<Answer>> act) {
        var step = new Step(change);
        step.settle(today);
        var edition = step.last(each -> digest.equals(each.digest())
                        && each.findAnswer(partner).filter(each::isOpenTo).isPresent())
                .orElseThrow(() -> new Conflict(id, "digest"));
        step.replace(edition.answered(partner, act.apply(edition), today));
        step.record(type, List.of("editions"), edition.number());
        step.settle(today);
        step.take();
    }

    private PartnerId demandAnswering(Change change) {
        demand(change, LetterPermissions.answer(change.actor(), this));
        return change.actor().organisation().map(Organisation::partner).orElseThrow();
    }

    private static AccountId account(Change change) {
        return change.actor().account().orElseThrow();
    }

    /**
     * Drafts a new edition from the last one. An edition that is in force stays so until the new one is.
     *
     * @param text finds the text of an offered edition; null if there is none, also because it is gone
     * @throws RuleViolation {@code edition.open}, {@code editions.many}
     */
    public void amend(Change change, LocalDate today, Function<Edition, @Nullable LocalizedText> text) {
        demand(change, LetterPermissions.offer(change.actor(), this));
        var step = new Step(change);
        step.settle(today);
        if (step.last(edition -> edition.state() == EditionState.DRAFT || edition.state() == EditionState.OFFERED)
                .isPresent()) {
            throw new RuleViolation(
                    "edition.open", "There is a draft or an offer: edit it, or withdraw the offer first.");
        }
        var last = step.last(edition -> true).orElseThrow();
        if (last.number() >= MAX_EDITIONS) {
            throw new RuleViolation("editions.many", "A letter has at most " + MAX_EDITIONS + " editions.");
        }
        var again = text.apply(last);
        step.add(Edition.draft(last.number() + 1, termsOfNext(last), LetterKeys.words(again)));
        step.record(LetterEvent.LETTER_AMENDED, List.of("draft"), last.number() + 1);
        step.take();
        draftText = again;
    }

    /** Who has left is not asked again. */
    private static EditionTerms termsOfNext(Edition last) {
        var left = last.answers().stream()
                .filter(answer -> answer.until() != null)
                .map(Answer::partner)
                .collect(Collectors.toSet());
        return last.terms().without(left);
    }

    /**
     * Announces that the partner that the actor acts for leaves the edition in force, after the notice that was agreed on.
     *
     * @param name gives the actor's name, asked for when all else is in order
     * @throws Conflict if the digest is not that of the edition in force, or the partner is not a party of it
     * @throws RuleViolation also {@code initiator.leaves}, {@code notice.given}
     */
    public void withdrawFrom(
            Change change, LocalDate today, String digest, Input<LeavingNoticeInput> input, Supplier<String> name) {
        var partner = demandAnswering(change);
        var given = Violations.whole(input::read);
        var step = new Step(change);
        step.settle(today);
        var edition = step.inForce(digest, partner);
        if (partner.equals(initiator)) {
            throw new RuleViolation("initiator.leaves", "The initiator does not leave its letter: it ends it.");
        }
        if (edition.findAnswer(partner).orElseThrow().notice() != null) {
            throw new RuleViolation("notice.given", "Your organisation has said already that it leaves.");
        }
        step.replace(edition.leaving(partner, notice(change, edition, today, given, name)));
        step.record(LetterEvent.LETTER_PARTY_LEAVING, List.of("editions"), edition.number());
        step.settle(today);
        step.take();
    }

    /**
     * Announces that the edition in force ends, after the notice that was agreed on.
     *
     * @param name gives the actor's name, asked for when all else is in order
     * @throws Conflict if the digest is not that of the edition in force
     * @throws RuleViolation also {@code notice.given}
     */
    public void terminate(
            Change change, LocalDate today, String digest, Input<LeavingNoticeInput> input, Supplier<String> name) {
        demand(change, LetterPermissions.offer(change.actor(), this));
        var given = Violations.whole(input::read);
        var step = new Step(change);
        step.settle(today);
        var edition = step.inForce(digest, initiator);
        if (edition.termination() != null) {
            throw new RuleViolation("notice.given", "Your organisation has said already that the letter ends.");
        }
        step.replace(edition.terminating(notice(change, edition, today, given, name)));
        step.record(LetterEvent.LETTER_ENDING, List.of("editions"), edition.number());
        step.settle(today);
        step.take();
    }

    /**
     * Takes back that the partner that the actor acts for leaves the edition in force, or as its initiator ends it.
     *
     * @throws Conflict if the digest is not that of the edition in force, or the partner is not a party of it
     * @throws RuleViolation also {@code notice.none}
     */
    public void withdrawNotice(Change change, LocalDate today, String digest) {
        var partner = demandAnswering(change);
        var step = new Step(change);
        step.settle(today);
        var edition = step.inForce(digest, partner);
        var ends = partner.equals(initiator);
        var notice = ends
                ? edition.termination()
                : edition.findAnswer(partner).orElseThrow().notice();
        if (notice == null) {
            throw new RuleViolation("notice.none", "Your organisation has given no notice.");
        }
        step.replace(ends ? edition.terminating(null) : edition.leaving(partner, null));
        step.record(LetterEvent.LETTER_NOTICE_WITHDRAWN, List.of("editions"), edition.number());
        step.take();
    }

    private static LeavingNotice notice(
            Change change, Edition edition, LocalDate today, LeavingNoticeInput given, Supplier<String> name) {
        return new LeavingNotice(
                new Signatory(account(change), name.get(), given.function(), change.at()),
                given.reason(),
                // Stored terms may lack it.
                today.plusDays(Objects.requireNonNullElse(edition.terms().noticeDays(), 0)));
    }

    /**
     * Does what has become due by this day, for the service itself.
     *
     * @return whether anything was due, so that it has to be saved
     */
    public boolean settle(Change change, LocalDate today) {
        if (change.actor().kind() != Actor.Kind.SYSTEM) {
            throw new Forbidden(Refusal.officeOnly());
        }
        var step = new Step(change);
        var any = step.settle(today);
        step.take();
        // A stored day may come from terms that no longer have it; saving removes it.
        return any || (dueOn != null && !dueOn.isAfter(today));
    }

    /** The letter as a verb leaves it. Only when nothing can be refused any more, the letter takes it over. */
    private final class Step {

        private final Change change;
        private List<Edition> after = editions;
        private final List<Recorded> recorded = new ArrayList<>();

        Step(Change change) {
            this.change = change;
        }

        private record Recorded(Change by, LetterEvent type, List<String> changed, int edition) {}

        Optional<Edition> last(Predicate<Edition> condition) {
            return after.stream().filter(condition).max(Comparator.comparing(Edition::number));
        }

        /** The edition in force that was shown. @param party one of it */
        Edition inForce(String digest, PartnerId party) {
            return last(each -> each.state() == EditionState.IN_FORCE
                            && digest.equals(each.digest())
                            && each.parties().anyMatch(party::equals))
                    .orElseThrow(() -> new Conflict(id, "digest"));
        }

        void add(Edition edition) {
            after = Stream.concat(after.stream(), Stream.of(edition)).toList();
        }

        void replace(Edition edition) {
            after = replaced(after, edition);
        }

        void record(LetterEvent type, List<String> changed, int edition) {
            recorded.add(new Recorded(change, type, changed, edition));
        }

        /** What is due is done by no person, whoever's verb comes first after the day. */
        private void recordDue(LetterEvent type, int edition) {
            recorded.add(new Recorded(Change.by(Actor.system(), change.at()), type, List.of("editions"), edition));
        }

        /** Does what is due, in the order of the days. */
        boolean settle(LocalDate today) {
            var any = false;
            for (var due = nextDue(after).filter(next -> !next.on().isAfter(today));
                    due.isPresent();
                    due = nextDue(after).filter(next -> !next.on().isAfter(today))) {
                settle(due.get());
                any = true;
            }
            return any;
        }

        private void settle(Edition.DueDay due) {
            var edition = last(each -> each.number() == due.edition()).orElseThrow();
            switch (due.what()) {
                case EXPIRE -> {
                    replace(edition.closed(EditionState.EXPIRED, due.on()));
                    recordDue(LetterEvent.LETTER_EXPIRED, edition.number());
                }
                case LAPSE -> {
                    replace(edition.closed(EditionState.LAPSED, due.on()));
                    recordDue(LetterEvent.LETTER_LAPSED, edition.number());
                }
                case COME_INTO_FORCE -> {
                    last(each -> each.state() == EditionState.IN_FORCE).ifPresent(before -> {
                        replace(before.closed(EditionState.SUPERSEDED, due.on()));
                        recordDue(LetterEvent.LETTER_SUPERSEDED, before.number());
                    });
                    replace(edition.inForce(due.on()));
                    recordDue(LetterEvent.LETTER_IN_FORCE, edition.number());
                }
                case TERMINATE -> terminate(edition, due.on());
                case LEAVE -> {
                    var without = edition.left(Objects.requireNonNull(due.partner()), due.on());
                    replace(without);
                    recordDue(LetterEvent.LETTER_PARTY_LEFT, edition.number());
                    if (without.parties().count() < MIN_PARTIES) {
                        terminate(without, due.on());
                    }
                }
                case NOTICE -> replace(edition.noticed(Objects.requireNonNull(due.notice())));
            }
        }

        private void terminate(Edition edition, LocalDate on) {
            replace(edition.closed(EditionState.TERMINATED, on));
            recordDue(LetterEvent.LETTER_TERMINATED, edition.number());
        }

        void take() {
            var audience = new LetterAudience(new Facts(id, initiator, after));
            for (var event : recorded) {
                var edition = last(each -> each.number() == event.edition()).orElseThrow();
                var added = NewEvent.of(Event.of(event.by(), event.type(), event.changed()))
                        .among(audience.of(edition).tokens());
                newEvents.add(bounded(added, event.type()), outbox);
            }
            if (!recorded.isEmpty()) {
                keyedChanges.add(change, null);
            }
            updatedAt = change.at();
            editions = after;
        }
    }

    private static NewEvent bounded(NewEvent event, LetterEvent type) {
        return switch (type) {
            // All but a further edition may use the room that is kept beyond the budget.
            case LETTER_AMENDED -> event;
            // A notice can be given and taken back for ever.
            case LETTER_PARTY_LEAVING, LETTER_ENDING, LETTER_NOTICE_WITHDRAWN -> event.asSmall();
            default -> event.asEssential();
        };
    }

    private record Facts(LetterId id, PartnerId initiator, List<Edition> editions) implements LetterFacts {}

    private static List<Edition> replaced(List<Edition> editions, Edition by) {
        return editions.stream()
                .map(edition -> edition.number().equals(by.number()) ? by : edition)
                .toList();
    }

    private static Optional<Edition.DueDay> nextDue(List<Edition> editions) {
        return editions.stream()
                .flatMap(Edition::due)
                .min(Comparator.comparing(Edition.DueDay::on).thenComparing(Edition.DueDay::what));
    }

    /** Only the initiator learns of its drafts. */
    private NewEvent ofDraft(Change change, LetterEvent type) {
        return NewEvent.of(Event.of(change, type, List.of("draft")));
    }

    /** Called before fields are assigned, since the outbox may be full. */
    private void record(Change change, NewEvent event) {
        newEvents.add(event, outbox);
        keyedChanges.add(change, null);
        updatedAt = change.at();
    }

    /** A deleted letter is found only for changes that were made before. */
    private void demand(Change change, Optional<Refusal> refusal) {
        Forbidden.unlessPermitted(refusal);
        keyedChanges.demandFirst(change);
        if (deleted) {
            throw new NotFound("LetterOfIntent");
        }
    }

    private Edition demandDraft() {
        return draft().orElseThrow(() -> new RuleViolation("edition.noDraft", "No edition is being drafted."));
    }

    private void demandDigest(Edition edition, String digest) {
        if (!digest.equals(edition.digest())) {
            throw new Conflict(id, "digest");
        }
    }

    @Override
    public void derive(String defaultLocale) {
        // A day of five digits would sort before all others.
        dueOn = nextDue(editions)
                .map(Edition.DueDay::on)
                .filter(day -> day.getYear() <= MAX_YEAR)
                .orElse(null);
        files = editions.stream().flatMap(Edition::files).distinct().toList();
        var keys = new LetterKeys(this);
        derived = new DerivedFields(
                keys.audience(),
                Map.of(
                        "createdAt",
                        SortKey.of(SortKey.text(createdAt), id.value()),
                        "endsOn",
                        SortKey.of(
                                SortKey.text(inForce()
                                        .map(edition -> edition.terms().endsOn())
                                        .orElse(null)),
                                id.value())),
                keys.facets(),
                keys.search(),
                StoredTask.of(id.value(), LetterTasks.of(this), updatedAt, derived));
    }

    @Override
    public int maxSize() {
        return MAX_SIZE;
    }

    @Override
    public LetterId id() {
        return id;
    }

    /** The stored document's version; null until it is stored. */
    public @Nullable Long version() {
        return version;
    }

    @Override
    public PartnerId initiator() {
        return initiator;
    }

    /** At most 20, the first first; without the texts. */
    @Override
    public List<Edition> editions() {
        return editions;
    }

    /** The draft, with its text. */
    @Override
    public Optional<Edition> draft() {
        return LetterFacts.super
                .draft()
                .map(edition -> edition.edited(edition.terms().withText(draftText)));
    }

    /** Whether it was deleted before it was offered; nobody sees it any more. */
    public boolean isDeleted() {
        return deleted;
    }

    /** The next day on which something becomes due; null if nothing will. Derived. */
    public @Nullable LocalDate dueOn() {
        return dueOn;
    }

    /** The files of all its editions and signatures. Derived. */
    public List<FileId> files() {
        return files == null ? List.of() : files;
    }

    @Override
    public @Nullable DerivedFields derived() {
        return derived;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public NewEvents newEvents() {
        return newEvents;
    }
}
