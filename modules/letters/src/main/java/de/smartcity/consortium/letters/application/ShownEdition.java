package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.letters.model.Requirement;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An edition with those who see it, shown only through {@link LetterTable}.
 *
 * @param letter whose edition it is
 * @param audience who sees it
 * @param publishesText whether they all see its text
 */
public record ShownEdition(StoredLetter letter, Edition edition, Audience audience, boolean publishesText) {

    /** All editions of a letter. */
    static Stream<ShownEdition> of(StoredLetter letter) {
        var audience = new LetterAudience(letter);
        return letter.editions().stream()
                .map(edition ->
                        new ShownEdition(letter, edition, audience.of(edition), audience.publishesText(edition)));
    }

    DerivedFields derived() {
        return only(audience);
    }

    private static DerivedFields only(Audience audience) {
        return new DerivedFields(audience, null, null, null, null);
    }

    /** The editions of a letter that the actor sees. */
    static List<ShownEdition> seenBy(StoredLetter letter, Actor actor) {
        var held = actor.tokens(LetterAudience.RELATIONS);
        return of(letter)
                .filter(shown -> !shown.audience().viewpoints(held).isEmpty())
                .toList();
    }

    /** Whether the actor sees more of it than what is published. */
    boolean isSeenFromInside(Actor actor) {
        return audience.viewpoints(actor.tokens(LetterAudience.RELATIONS)).stream()
                .anyMatch(LetterAudience.INSIDE::contains);
    }

    /** Whether the actor sees its text. */
    boolean showsText(Actor actor) {
        return publishesText || isSeenFromInside(actor);
    }

    /** Where its text is; null if it has none. */
    @Nullable
    TextOf text() {
        if (edition.state() == EditionState.DRAFT) {
            return new TextOf(null, letter.id());
        }
        return edition.textLanguages().isEmpty() ? null : new TextOf(edition.digest(), null);
    }

    /** As the key of what is loaded for it; all of a letter would be long to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShownEdition shown
                && shown.letter.id().equals(letter.id())
                && shown.edition.number().equals(edition.number());
    }

    @Override
    public int hashCode() {
        return Objects.hash(letter.id(), edition.number());
    }

    /** Its parties, in their order. */
    List<ShownParty> parties() {
        return edition.terms().parties().stream()
                .map(terms -> {
                    var answer = edition.findAnswer(terms.partner());
                    return new ShownParty(
                            terms.partner(),
                            terms.requirement(),
                            answer.orElse(null),
                            answer.map(edition::since).orElse(null),
                            only(audienceOf(answer)));
                })
                .toList();
    }

    /** Where an edition is published, those are named who have signed it and have not left. */
    private Audience audienceOf(Optional<Answer> answer) {
        return answer.filter(Answer::isParty).isPresent()
                ? audience
                : new Audience(audience.tokens().stream()
                        .filter(LetterAudience::isInside)
                        .toList());
    }

    /**
     * A party of an edition with those who see it.
     *
     * @param answer null for a draft
     * @param since the first day on which it was a party of the edition in force; null if there was none
     */
    public record ShownParty(
            PartnerId partner,
            Requirement requirement,
            @Nullable Answer answer,
            @Nullable LocalDate since,
            DerivedFields derived) {}
}
