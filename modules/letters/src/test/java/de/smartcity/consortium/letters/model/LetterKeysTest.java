package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.letters.LetterFixtures;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what whom a letter is found. */
class LetterKeysTest {

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId party = PartnerId.next();
    private final PartnerId later = PartnerId.next();

    @Test
    void aDraftIsFoundByItsInitiatorOnly() {
        var letter = draft(terms("Entwurf", "Vertraulich", LetterVisibility.PUBLIC, true));

        assertThat(facets(letter))
                .containsExactlyInAnyOrder(
                        owner() + " state=DRAFT",
                        owner() + " parties=" + initiator.value(),
                        owner() + " parties=" + party.value());
        assertThat(found(letter, "entwurf")).containsExactly(owner());
        assertThat(found(letter, "vertraulich")).containsExactly(owner());
    }

    @Test
    void anOfferIsFoundByThoseWhomItAsksAndAwaitsThoseWhoHaveNotSigned() {
        var letter = offered(terms("Angebot", "Vertraulich", LetterVisibility.PUBLIC, true));
        sign(letter, party);

        assertThat(facets(letter))
                .contains(
                        "party:" + party.value() + " state=OFFERED",
                        "office state=OFFERED",
                        "party:" + initiator.value() + " awaitingMyAnswer=true",
                        "office parties=" + party.value())
                .doesNotContain(
                        "party:" + party.value() + " awaitingMyAnswer=true",
                        owner() + " awaitingMyAnswer=true",
                        "office awaitingMyAnswer=true")
                .noneMatch(key -> key.startsWith("consortium") || key.startsWith("public"));
        assertThat(found(letter, "angebot"))
                .containsExactlyInAnyOrder(owner(), "party:" + initiator.value(), "party:" + party.value(), "office");
    }

    /** Others know of whom has signed only. */
    @Test
    void whatIsPublishedIsFoundByItsTitleAndThosePartiesThatHaveSigned() {
        var terms = with(
                terms("Vereinbarung", "Vertraulich", LetterVisibility.CONSORTIUM, false),
                "parties",
                List.of(new PartyTerms(party, Requirement.REQUIRED), new PartyTerms(later, Requirement.OPTIONAL)));
        var letter = inForce(terms);

        assertThat(facets(letter))
                .contains("consortium state=IN_FORCE", "consortium parties=" + party.value())
                .contains("office parties=" + later.value(), "party:" + later.value() + " awaitingMyAnswer=true")
                .doesNotContain("consortium parties=" + later.value())
                .noneMatch(key -> key.startsWith("public"));
        assertThat(found(letter, "vereinbarung")).contains("consortium", "office");
        assertThat(found(letter, "vertraulich"))
                .contains("office", "party:" + later.value())
                .doesNotContain("consortium");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTextIsFoundByEverybodyWhereItIsPublished(boolean publishText) {
        var letter = inForce(terms("Vereinbarung", "Stromnetz", LetterVisibility.PUBLIC, publishText));

        assertThat(found(letter, "stromnetz").contains("public")).isEqualTo(publishText);
        assertThat(found(letter, "vereinbarung")).contains("public");
    }

    @Test
    void aLetterInForceIsFoundByItsNextOfferToo() {
        var letter = inForce(terms("Vereinbarung", "Erstens", LetterVisibility.CONSORTIUM, false));
        amend(letter, terms("Nachtrag", "Zweitens", LetterVisibility.CONSORTIUM, false));
        offer(letter);

        assertThat(facets(letter))
                .contains(
                        "party:" + party.value() + " state=IN_FORCE",
                        "party:" + party.value() + " state=OFFERED",
                        "consortium state=IN_FORCE")
                .doesNotContain("consortium state=OFFERED");
        assertThat(found(letter, "nachtrag")).contains("party:" + party.value()).doesNotContain("consortium");
    }

    @Test
    void aTextThatIsOverIsFoundByNobody() {
        var letter = offered(terms("Angebot", "Vertraulich", LetterVisibility.PARTIES, false));
        letter.withdrawOffer(by(initiator), TODAY, digest(letter));

        assertThat(found(letter, "vertraulich")).isEmpty();
        assertThat(found(letter, "angebot")).contains("party:" + party.value());
    }

    /** Long titles of an offer that few see take no room from what members find. */
    @Test
    void whatIsInForceComesFirstAndADraftHasRoomOfItsOwn() {
        var letter = inForce(longTitles("abcdefghijklmnopqrstuvwxyz", 10, 110));
        var before = ofMembers(letter);
        assertThat(before).hasSizeGreaterThan(300);
        amend(letter, longTitles("äöü", 8, 298));
        assertThat(ofMembers(letter)).as("while it is drafted").isEqualTo(before);
        offer(letter);
        assertThat(ofMembers(letter)).as("while it is offered").isEqualTo(before);
        assertThat(search(letter).stream()
                        .mapToInt(entry -> entry.prefixes().size())
                        .sum())
                .as("there was not room for all")
                .isEqualTo(4_000);
    }

    private EditionTerms longTitles(String letters, int length, int size) {
        var random = new Random(7);
        var titles = Stream.of("de", "en", "fr", "es", "it")
                .collect(Collectors.toMap(tag -> tag, tag -> words(random, letters, length, size)));
        var text = words(random, "abcdefghijklmnopqrstuvwxyz", 10, 3_000);
        return with(terms("Titel", text, LetterVisibility.CONSORTIUM, false), "title", LocalizedText.of(titles));
    }

    private static String words(Random random, String letters, int length, int size) {
        return Stream.generate(() -> random.ints(length, 0, letters.length())
                        .mapToObj(letters::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining()))
                .limit(size / (length + 1))
                .collect(Collectors.joining(" "));
    }

    private static Set<String> ofMembers(LetterOfIntent letter) {
        return search(letter).stream()
                .filter(entry -> entry.tokens().contains("consortium"))
                .flatMap(entry -> entry.prefixes().stream())
                .collect(Collectors.toSet());
    }

    private String owner() {
        return "owner:" + initiator.value();
    }

    private static Set<String> found(LetterOfIntent letter, String word) {
        return search(letter).stream()
                .filter(entry -> entry.prefixes().contains(word))
                .flatMap(entry -> entry.tokens().stream())
                .collect(Collectors.toSet());
    }

    private static List<SearchEntry> search(LetterOfIntent letter) {
        letter.derive("de");
        return Objects.requireNonNull(Objects.requireNonNull(letter.derived()).search());
    }

    private static List<String> facets(LetterOfIntent letter) {
        letter.derive("de");
        return Objects.requireNonNull(Objects.requireNonNull(letter.derived()).facets());
    }

    private EditionTerms terms(String title, String text, LetterVisibility visibility, boolean publishText) {
        return with(
                LetterFixtures.terms(party),
                "title",
                LocalizedText.of(Map.of("de", title)),
                "text",
                LocalizedText.of(Map.of("de", text)),
                "bindingLocale",
                null,
                "visibility",
                visibility,
                "publishText",
                publishText);
    }

    private Change by(PartnerId partner) {
        return Change.by(LetterFixtures.signatory(partner), TODAY.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private LetterOfIntent draft(EditionTerms terms) {
        return LetterOfIntent.draft(
                Change.by(LetterFixtures.editor(initiator), by(initiator).at()), violations -> terms);
    }

    private LetterOfIntent offered(EditionTerms terms) {
        var letter = draft(terms);
        offer(letter);
        return letter;
    }

    private void offer(LetterOfIntent letter) {
        letter.offer(by(initiator), TODAY, 0, LetterFixtures::faces, files -> Map.of());
    }

    private LetterOfIntent inForce(EditionTerms terms) {
        var letter = offered(terms);
        sign(letter, initiator);
        sign(letter, party);
        return letter;
    }

    private void sign(LetterOfIntent letter, PartnerId partner) {
        letter.sign(by(partner), TODAY, digest(letter), violations -> LetterFixtures.signature(), () -> "x");
    }

    private void amend(LetterOfIntent letter, EditionTerms terms) {
        letter.amend(by(initiator), TODAY, edition -> terms.text());
        letter.edit(
                Change.by(LetterFixtures.editor(initiator), by(initiator).at()),
                0,
                new Edit<>(Set.of("title", "text"), violations -> terms));
    }

    private static String digest(LetterOfIntent letter) {
        return Objects.requireNonNull(letter.lastOffered().orElseThrow().digest());
    }
}
