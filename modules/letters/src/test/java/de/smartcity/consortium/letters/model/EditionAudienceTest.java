package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees which editions of a letter, and what of them is published. */
class EditionAudienceTest {

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId party = PartnerId.next();
    private final PartnerId earlier = PartnerId.next();

    // Whom the edition concerns

    @ParameterizedTest
    @EnumSource(LetterVisibility.class)
    void onlyTheInitiatorSeesADraft(LetterVisibility proposed) {
        var draft = edition(1, EditionState.DRAFT, proposed, true, initiator, party);

        assertThat(audience(draft, draft)).containsExactly("owner:" + initiator.value());
    }

    @ParameterizedTest
    @EnumSource(
            value = EditionState.class,
            names = {"OFFERED", "WITHDRAWN", "LAPSED"})
    void whatWasNeverInForceIsSeenByItsPartiesAndTheOfficeWhateverItProposed(EditionState state) {
        var edition = edition(1, state, LetterVisibility.PUBLIC, true, initiator, party);

        assertThat(audience(edition, edition))
                .containsExactlyInAnyOrder(
                        "office", "owner:" + initiator.value(), "party:" + initiator.value(), "party:" + party.value());
    }

    @Test
    void aPartyThatHasLeftALetterStillSeesTheEditionsThatItWasOffered() {
        var first = edition(1, EditionState.SUPERSEDED, LetterVisibility.PARTIES, false, initiator, earlier);
        var second = edition(2, EditionState.IN_FORCE, LetterVisibility.PARTIES, false, initiator, party);

        assertThat(audience(first, first, second))
                .contains("former:" + earlier.value())
                .doesNotContain("party:" + earlier.value());
    }

    @Test
    void aPartnerSeesNoEditionThatItWasNotOffered() {
        var first = edition(1, EditionState.SUPERSEDED, LetterVisibility.PARTIES, false, initiator, earlier);
        var second = edition(2, EditionState.IN_FORCE, LetterVisibility.PARTIES, false, initiator, party);

        assertThat(audience(first, first, second)).noneMatch(token -> token.endsWith(":" + party.value()));
        assertThat(audience(second, first, second)).noneMatch(token -> token.endsWith(":" + earlier.value()));
    }

    @Test
    void aPartyOfWhatIsInForceIsNoFormerOneWhileTheNextEditionIsOfferedWithoutIt() {
        var inForce = edition(1, EditionState.IN_FORCE, LetterVisibility.PARTIES, false, initiator, party);
        var offered = edition(2, EditionState.OFFERED, LetterVisibility.PARTIES, false, initiator, earlier);

        assertThat(audience(inForce, inForce, offered))
                .contains("party:" + party.value())
                .doesNotContain("former:" + party.value());
    }

    @Test
    void aPartyOfTheLastOfferIsNoFormerOneAlsoWhenThatWasWithdrawnOrTheNextIsDraftedWithoutIt() {
        var withdrawn = edition(1, EditionState.WITHDRAWN, LetterVisibility.PARTIES, false, initiator, party);
        var draft = edition(2, EditionState.DRAFT, LetterVisibility.PARTIES, false, initiator, earlier);

        assertThat(audience(withdrawn, withdrawn)).contains("party:" + party.value());
        assertThat(audience(withdrawn, withdrawn, draft)).contains("party:" + party.value());
    }

    // What is published

    @ParameterizedTest
    @CsvSource({"PARTIES,office", "CONSORTIUM,office consortium", "PUBLIC,office consortium public"})
    void anEditionInForceIsPublishedAsItsPartiesAgreed(LetterVisibility agreed, String published) {
        var edition = edition(1, EditionState.IN_FORCE, agreed, false, initiator, party);

        assertThat(publishedTo(edition, edition)).containsExactlyInAnyOrder(published.split(" "));
    }

    @ParameterizedTest
    @EnumSource(
            value = EditionState.class,
            names = {"IN_FORCE", "SUPERSEDED", "EXPIRED", "TERMINATED"})
    void whatWasInForceStaysPublishedAfterItsEnd(EditionState state) {
        var edition = edition(1, state, LetterVisibility.PUBLIC, false, initiator, party);

        assertThat(publishedTo(edition, edition)).contains("public");
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC,     PARTIES,    office",
        "PARTIES,    PUBLIC,     office",
        "PUBLIC,     CONSORTIUM, office consortium",
        "CONSORTIUM, PUBLIC,     office consortium",
        "CONSORTIUM, PARTIES,    office",
        "PUBLIC,     PUBLIC,     office consortium public"
    })
    void whatIsNoLongerInForceIsPublishedNoMoreWidelyThanItsPartiesAndThoseOfNowAgreed(
            LetterVisibility then, LetterVisibility now, String published) {
        var before = edition(1, EditionState.SUPERSEDED, then, false, initiator, party);
        var inForce = edition(2, EditionState.IN_FORCE, now, false, initiator, party);

        assertThat(publishedTo(before, before, inForce)).containsExactlyInAnyOrder(published.split(" "));
    }

    @Test
    void anEndedEditionGovernsTheEarlierOnesUntilAnotherComesIntoForce() {
        var first = edition(1, EditionState.SUPERSEDED, LetterVisibility.PUBLIC, true, initiator, party);
        var ended = edition(2, EditionState.EXPIRED, LetterVisibility.PARTIES, false, initiator, party);

        assertThat(publishedTo(first, first, ended)).containsExactly("office");
        assertThat(audienceOf(first, ended).publishesText(first)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = EditionState.class,
            names = {"DRAFT", "OFFERED", "WITHDRAWN", "LAPSED"})
    void termsTakeEffectOnlyWhenTheirEditionComesIntoForce(EditionState notInForce) {
        var first = edition(1, EditionState.EXPIRED, LetterVisibility.PUBLIC, true, initiator, party);
        var narrower = edition(2, notInForce, LetterVisibility.PARTIES, false, initiator, party);
        assertThat(publishedTo(first, first, narrower)).contains("public");
        assertThat(audienceOf(first, narrower).publishesText(first)).isTrue();

        var ended = edition(2, EditionState.EXPIRED, LetterVisibility.PARTIES, false, initiator, party);
        var wider = edition(3, notInForce, LetterVisibility.PUBLIC, true, initiator, party);
        assertThat(publishedTo(first, first, ended, wider)).containsExactly("office");
        assertThat(audienceOf(first, ended, wider).publishesText(first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true,true,true", "true,false,false", "false,true,false", "false,false,false"})
    void aTextIsPublishedIfItsPartiesAndThoseOfNowAgreed(boolean then, boolean now, boolean published) {
        var before = edition(1, EditionState.SUPERSEDED, LetterVisibility.PUBLIC, then, initiator, party);
        var inForce = edition(2, EditionState.IN_FORCE, LetterVisibility.PUBLIC, now, initiator, party);

        assertThat(audienceOf(before, inForce).publishesText(before)).isEqualTo(published);
        assertThat(audienceOf(before, inForce).publishesText(inForce)).isEqualTo(now);
    }

    @Test
    void anEditionWithoutThatTermIsNotPublished() {
        var edition = edition(1, EditionState.IN_FORCE, null, null, initiator, party);

        assertThat(publishedTo(edition, edition)).containsExactly("office");
        assertThat(audienceOf(edition).publishesText(edition)).isFalse();
    }

    // All or what is published

    @ParameterizedTest
    @ValueSource(strings = {"owner:1", "party:1", "former:1", "office"})
    void initiatorPartiesFormerOnesAndOfficeSeeAllOfAnEdition(String token) {
        assertThat(LetterAudience.isInside(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consortium", "public"})
    void othersSeeOnlyWhatIsPublished(String token) {
        assertThat(LetterAudience.isInside(token)).isFalse();
    }

    // Help

    private Collection<String> publishedTo(Edition edition, Edition... editions) {
        return audience(edition, editions).stream()
                .filter(token -> !token.contains(":"))
                .toList();
    }

    private Collection<String> audience(Edition edition, Edition... editions) {
        return audienceOf(editions).of(edition).tokens();
    }

    private LetterAudience audienceOf(Edition... editions) {
        return new LetterAudience(new Letter(new LetterId(UUID.randomUUID()), initiator, List.of(editions)));
    }

    private record Letter(LetterId id, PartnerId initiator, List<Edition> editions) implements LetterFacts {}

    @SuppressWarnings("NullAway") // Stored terms may lack what new ones have.
    private static Edition edition(
            int number,
            EditionState state,
            @Nullable LetterVisibility visibility,
            @Nullable Boolean publishText,
            PartnerId... parties) {
        var terms = new EditionTerms(
                LocalizedText.of(Map.of("de", "Titel")),
                null,
                null,
                null,
                List.of(),
                Stream.of(parties)
                        .map(partner -> new PartyTerms(partner, Requirement.REQUIRED))
                        .toList(),
                visibility,
                publishText,
                SignatureMethod.IN_APP,
                90,
                30,
                TODAY,
                null,
                null);
        return new Edition(
                number, state, terms, null, null, List.of(), Set.of(), List.of(), null, null, null, Set.of(), null);
    }
}
