package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.letters.application.ShownEdition.ShownParty;
import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterPermissions;
import de.smartcity.consortium.letters.model.LetterStates;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The type tables of {@code LetterOfIntent}, of its editions and of their parties. */
final class LetterTable {

    private static final Set<Viewpoint> EVERYBODY = everybody();

    /** What says who sees which edition and who may do what. */
    private static final String[] FACTS = {
        "initiator",
        "editions.number",
        "editions.state",
        "editions.terms.parties",
        "editions.terms.visibility",
        "editions.terms.publishText",
        "editions.completedOn",
        "editions.notices",
        "editions.answers.partner",
        "editions.answers.requirement",
        "editions.answers.state",
        "editions.answers.until"
    };

    /** Who has signed and lifted, since nobody does it twice. */
    private static final List<String> SIGNATORIES = List.of(
            "editions.answers.signatures.by.account",
            "editions.answers.signatures.counts",
            "editions.answers.liftings.by.account",
            "editions.answers.liftings.counts");

    /** Who has given notice. */
    private static final List<String> NOTICES = List.of("editions.answers.notice.on", "editions.termination.on");

    /** All of an edition but the words by which its text is found. */
    private static final List<String> EDITIONS = List.of(
            "editions.number",
            "editions.state",
            "editions.terms",
            "editions.digest",
            "editions.offeredAt",
            "editions.textLanguages",
            "editions.answers",
            "editions.completedOn",
            "editions.inForceSince",
            "editions.closedSince",
            "editions.notices",
            "editions.termination");

    private LetterTable() {}

    private static Set<Viewpoint> everybody() {
        var all = new HashSet<>(LetterAudience.INSIDE);
        all.addAll(Set.of(Viewpoint.CONSORTIUM, Viewpoint.PUBLIC));
        return Set.copyOf(all);
    }

    static TypeTable<StoredLetter> table(TypeTable<ShownEdition> editions) {
        return TypeTable.of("LetterOfIntent", StoredLetter.class, StoredLetter::derived, LetterAudience.RELATIONS)
                .key(letter -> letter.id().value())
                .alwaysRead(FACTS)
                .computed(
                        "title",
                        List.of("editions.terms.title"),
                        (letter, actor) -> counting(letter, actor)
                                .map(shown -> shown.edition().terms().title())
                                .orElse(null))
                .withTranslations()
                .computed(
                        "state",
                        List.of(),
                        (letter, actor) -> counting(letter, actor)
                                .map(shown -> shown.edition().state())
                                .orElse(null))
                .computed(
                        "parties",
                        List.of(),
                        (letter, actor) -> counting(letter, actor)
                                .map(shown -> parties(shown, actor))
                                .orElse(List.of()))
                .computed("awaitingMyAnswer", LetterTable::isAwaited)
                .everybody("initiator", "initiator", StoredLetter::initiator)
                .view(
                        EVERYBODY,
                        "currentEdition",
                        EDITIONS,
                        (letter, actor) -> current(letter, actor).orElse(null),
                        editions)
                .view(
                        Set.of(LetterAudience.OWNER),
                        "draft",
                        EDITIONS,
                        (letter, actor) -> ShownEdition.of(letter)
                                .filter(LetterTable::isDraft)
                                .findFirst()
                                .orElse(null),
                        editions)
                .views(
                        EVERYBODY,
                        "editions",
                        EDITIONS,
                        letter -> ShownEdition.of(letter)
                                .filter(shown -> !isDraft(shown))
                                .toList(),
                        editions)
                .everybody("createdAt", "createdAt", StoredLetter::createdAt)
                .seenBy(LetterAudience.INSIDE, "activity", "_id", StoredLetter::id)
                .seenIf(LetterTable::mayEdit, "version", "version", StoredLetter::version)
                .seenIf(LetterTable::mayEdit, "updatedAt", "updatedAt", StoredLetter::updatedAt)
                .computed(
                        "viewerCanEdit",
                        (letter, actor) -> letter.draft().isPresent()
                                && LetterPermissions.edit(actor, letter).isEmpty())
                .computed("viewerCanOffer", (letter, actor) -> letter.draft().isPresent() && mayOffer(letter, actor))
                .computed(
                        "viewerCanWithdraw",
                        (letter, actor) -> letter.last(edition -> edition.state() == EditionState.OFFERED
                                                && edition.completedOn() == null)
                                        .isPresent()
                                && mayOffer(letter, actor))
                .computed(
                        "viewerCanAmend",
                        (letter, actor) -> letter.editions().size() < LetterOfIntent.MAX_EDITIONS
                                && letter.editions().stream()
                                        .noneMatch(edition -> edition.state() == EditionState.DRAFT
                                                || edition.state() == EditionState.OFFERED)
                                && mayOffer(letter, actor))
                .computed(
                        "viewerCanSign",
                        SIGNATORIES,
                        (letter, actor) -> mayAnswer(
                                letter,
                                actor,
                                (answer, account) ->
                                        answer.refusalToSign(account).isEmpty()))
                .computed(
                        "viewerCanDecline",
                        (letter, actor) -> mayAnswer(
                                letter,
                                actor,
                                (answer, account) -> answer.refusalToDecline().isEmpty()))
                .computed(
                        "viewerCanLiftReservation",
                        SIGNATORIES,
                        (letter, actor) -> mayAnswer(
                                letter,
                                actor,
                                (answer, account) ->
                                        answer.refusalToLift(account).isEmpty()))
                .computed(
                        "viewerCanLeave",
                        NOTICES,
                        (letter, actor) -> isParty(
                                letter,
                                actor,
                                (edition, party) ->
                                        !party.partner().equals(letter.initiator()) && party.notice() == null))
                .computed(
                        "viewerCanTerminate",
                        NOTICES,
                        (letter, actor) -> isParty(
                                        letter,
                                        actor,
                                        (edition, party) -> party.partner().equals(letter.initiator())
                                                && edition.termination() == null)
                                && mayOffer(letter, actor))
                .computed(
                        "viewerCanWithdrawNotice",
                        NOTICES,
                        (letter, actor) -> isParty(
                                letter,
                                actor,
                                (edition, party) -> party.partner().equals(letter.initiator())
                                        ? edition.termination() != null
                                        : party.notice() != null))
                .build();
    }

    static TypeTable<ShownEdition> editionTable(TypeTable<ShownParty> parties) {
        return TypeTable.of("Edition", ShownEdition.class, ShownEdition::derived, LetterAudience.RELATIONS)
                .everybody("number", "number", of(Edition::number))
                .everybody("state", "state", of(Edition::state))
                .everybody("title", "terms.title", ofTerms(EditionTerms::title))
                .withTranslations()
                .seenIf(ShownEdition::showsText, "text", "terms.text", ShownEdition::text)
                .seenIf(ShownEdition::showsText, "document", "terms.document", ofTerms(EditionTerms::document))
                .seenBy(LetterAudience.INSIDE, "annexes", "terms.annexes", ofTerms(EditionTerms::annexes))
                .seenBy(
                        LetterAudience.INSIDE,
                        "bindingLocale",
                        "terms.bindingLocale",
                        ofTerms(EditionTerms::bindingLocale))
                .views(
                        EVERYBODY,
                        "parties",
                        List.of("terms.parties", "answers", "inForceSince"),
                        ShownEdition::parties,
                        parties)
                .everybody("visibility", "terms.visibility", ofTerms(EditionTerms::visibility))
                .everybody("publishText", "terms.publishText", ofTerms(EditionTerms::publishText))
                .seenBy(
                        LetterAudience.INSIDE,
                        "minimumMethod",
                        "terms.minimumMethod",
                        ofTerms(EditionTerms::minimumMethod))
                .seenBy(LetterAudience.INSIDE, "noticeDays", "terms.noticeDays", ofTerms(EditionTerms::noticeDays))
                .seenBy(
                        LetterAudience.INSIDE,
                        "accessionObjectionDays",
                        "terms.accessionObjectionDays",
                        ofTerms(EditionTerms::accessionObjectionDays))
                .seenBy(LetterAudience.INSIDE, "lapsesOn", "terms.lapsesOn", ofTerms(EditionTerms::lapsesOn))
                .everybody("inForceOn", "terms.inForceOn", ofTerms(EditionTerms::inForceOn))
                .everybody("endsOn", "terms.endsOn", ofTerms(EditionTerms::endsOn))
                .everybody("inForceSince", "inForceSince", of(Edition::inForceSince))
                .everybody("closedSince", "closedSince", of(Edition::closedSince))
                .seenBy(LetterAudience.INSIDE, "termination", "termination", of(Edition::termination))
                .seenBy(LetterAudience.INSIDE, "offeredAt", "offeredAt", of(Edition::offeredAt))
                .seenBy(LetterAudience.INSIDE, "digest", "digest", of(Edition::digest))
                .seenBy(LetterAudience.INSIDE, "canonicalForm", "digest", of(Edition::digest))
                .seenBy(LetterAudience.INSIDE, "changesSince", "terms", Function.identity())
                .build();
    }

    static TypeTable<ShownParty> partyTable() {
        return TypeTable.of("EditionParty", ShownParty.class, ShownParty::derived, LetterAudience.RELATIONS)
                .everybody("partner", "partner", ShownParty::partner)
                .seenBy(LetterAudience.INSIDE, "requirement", "requirement", ShownParty::requirement)
                .seenBy(LetterAudience.INSIDE, "legalEntity", "legalEntity", ofAnswer(Answer::legalEntity))
                .seenBy(
                        LetterAudience.INSIDE,
                        "signaturesRequired",
                        "signaturesRequired",
                        ofAnswer(Answer::signaturesRequired))
                .seenBy(LetterAudience.INSIDE, "answer", "answer", party -> ShownAnswer.of(party.answer()))
                .everybody("since", "since", ShownParty::since)
                .seenBy(LetterAudience.INSIDE, "notice", "notice", ofAnswer(Answer::notice))
                .seenBy(LetterAudience.INSIDE, "until", "until", ofAnswer(Answer::until))
                .build();
    }

    private static Function<ShownEdition, @Nullable Object> of(Function<Edition, ? extends @Nullable Object> read) {
        return shown -> read.apply(shown.edition());
    }

    private static Function<ShownEdition, @Nullable Object> ofTerms(
            Function<EditionTerms, ? extends @Nullable Object> read) {
        return shown -> read.apply(shown.edition().terms());
    }

    private static Function<ShownParty, @Nullable Object> ofAnswer(Function<Answer, ? extends @Nullable Object> read) {
        return shown -> shown.answer() == null ? null : read.apply(shown.answer());
    }

    private static Optional<ShownEdition> counting(StoredLetter letter, Actor actor) {
        return counting(ShownEdition.seenBy(letter, actor));
    }

    private static Optional<ShownEdition> counting(List<ShownEdition> seen) {
        return LetterStates.counting(seen, ShownEdition::edition);
    }

    /** The offered edition, which waits for answers, or else the one that counts. */
    private static Optional<ShownEdition> current(StoredLetter letter, Actor actor) {
        var seen = ShownEdition.seenBy(letter, actor);
        return seen.stream()
                .filter(shown -> shown.edition().state() == EditionState.OFFERED)
                .findFirst()
                .or(() -> counting(seen));
    }

    private static boolean isDraft(ShownEdition shown) {
        return shown.edition().state() == EditionState.DRAFT;
    }

    private static List<PartnerId> parties(ShownEdition edition, Actor actor) {
        var inside = edition.isSeenFromInside(actor);
        return edition.parties().stream()
                .filter(party ->
                        inside || (party.answer() != null && party.answer().isParty()))
                .map(ShownParty::partner)
                .toList();
    }

    private static boolean isAwaited(StoredLetter letter, Actor actor) {
        return isAnswered(letter, actor, answer -> answer.state().isAwaited());
    }

    private static boolean mayEdit(StoredLetter letter, Actor actor) {
        return LetterPermissions.edit(actor, letter).isEmpty() || mayOffer(letter, actor);
    }

    private static boolean mayOffer(StoredLetter letter, Actor actor) {
        return LetterPermissions.offer(actor, letter).isEmpty();
    }

    private static boolean mayAnswer(StoredLetter letter, Actor actor, BiPredicate<Answer, AccountId> how) {
        return actor.account()
                        .filter(account -> isAnswered(letter, actor, answer -> how.test(answer, account)))
                        .isPresent()
                && LetterPermissions.answer(actor, letter).isEmpty();
    }

    /** Whether somebody may give or take back notice for the partner that the actor acts for, which is a party like this of the edition in force. */
    private static boolean isParty(StoredLetter letter, Actor actor, BiPredicate<Edition, Answer> like) {
        return LetterPermissions.answer(actor, letter).isEmpty()
                && actor.organisation()
                        .map(Organisation::partner)
                        .flatMap(own -> letter.inForce()
                                .flatMap(edition -> edition.findAnswer(own)
                                        .filter(Answer::isParty)
                                        .filter(party -> like.test(edition, party))))
                        .isPresent();
    }

    /** Whether the partner that the actor acts for is asked by an open edition, which the actor sees as its party, and has answered like this. */
    private static boolean isAnswered(StoredLetter letter, Actor actor, Predicate<Answer> like) {
        return actor
                .organisation()
                .filter(own -> LetterAudience.PARTY.heldWhile().contains(own.status()))
                .map(Organisation::partner)
                .stream()
                .flatMap(own -> letter.editions().stream()
                        .flatMap(edition -> edition.findAnswer(own).filter(edition::isOpenTo).stream()))
                .anyMatch(like);
    }
}
