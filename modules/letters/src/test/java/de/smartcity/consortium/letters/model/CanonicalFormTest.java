package de.smartcity.consortium.letters.model;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.partners.LegalEntity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form is what docs/letters.md promises, and stands for all that is agreed. */
class CanonicalFormTest {

    private static final PartnerId CITY = new PartnerId(uuid("a1"));
    private static final PartnerId TRANSPORT = new PartnerId(uuid("a2"));
    private static final PartnerId UNIVERSITY = new PartnerId(uuid("a3"));
    private static final PartnerId ASSOCIATION = new PartnerId(uuid("a4"));
    private static final FileId DOCUMENT = new FileId(uuid("d1"));
    private static final FileId MAP = new FileId(uuid("d2"));
    private static final FileId ANNEX = new FileId(uuid("d3"));
    private static final FileId OTHER_FILE = new FileId(uuid("d4"));

    /** The digests of {@code abc}, of nothing and of the quick brown fox. */
    private static final Map<FileId, FileFacts> FILES = Map.of(
            DOCUMENT,
            new FileFacts(
                    DOCUMENT,
                    "Letter of intent, edition 3.pdf",
                    "application/pdf",
                    3,
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            MAP,
            new FileFacts(
                    MAP,
                    "Karte „Mitte“.png",
                    "image/png",
                    0,
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ANNEX,
            new FileFacts(
                    ANNEX,
                    "Annex 2.pdf",
                    "application/pdf",
                    43,
                    "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592"),
            OTHER_FILE,
            new FileFacts(OTHER_FILE, "Other.pdf", "application/pdf", 1, "00"));

    private static final Offer SMALL = new Offer(
            new LetterId(uuid("01")),
            CITY,
            1,
            new EditionTerms(
                    LocalizedText.of(Map.of("en", "Letter of intent")),
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    LetterVisibility.PARTIES,
                    false,
                    SignatureMethod.IN_APP,
                    90,
                    30,
                    LocalDate.of(2026, 12, 31),
                    null,
                    null),
            LocalizedText.of(Map.of("en", "We want to cooperate.")),
            List.of(asked(CITY, Requirement.REQUIRED, null, 1), asked(TRANSPORT, Requirement.REQUIRED, null, 1)),
            Map.of());

    private static final Offer FULL = new Offer(
            new LetterId(uuid("02")),
            TRANSPORT,
            3,
            new EditionTerms(
                    LocalizedText.of(Map.of(
                            "de", "Absichtserklärung „Beispielstadt“",
                            "en", "Letter of intent \"Example city\"",
                            "zh-Hans", "意向书")),
                    null,
                    "de",
                    DOCUMENT,
                    List.of(MAP, ANNEX),
                    List.of(),
                    LetterVisibility.PUBLIC,
                    true,
                    SignatureMethod.QUALIFIED,
                    180,
                    0,
                    LocalDate.of(2027, 1, 31),
                    LocalDate.of(2027, 2, 1),
                    LocalDate.of(2031, 12, 31)),
            LocalizedText.of(Map.of(
                    "de",
                    "§ 1 Ziele\n\tÄhnlich groß wie „zuvor“: größer, schöner & <besser> – 100 %/Jahr.\n§ 2 Café",
                    "en",
                    "1 \"Goals\"\r\n\\ is a backslash, / is not escaped.\b\f\u0001\u000b\u001f\n"
                            + "City \uD83C\uDFD9\uFE0F, flag \uD83C\uDDE9\uD83C\uDDEA, Cafe\u0301.",
                    "zh-Hans",
                    "我们希望合作。")),
            List.of(
                    asked(CITY, Requirement.REQUIRED, new LegalEntity("Example city", null, null, "Example city"), 1),
                    asked(
                            TRANSPORT,
                            Requirement.REQUIRED,
                            new LegalEntity(
                                    "Example Transport GmbH", "Amtsgericht Example city", "HRB 12345", "Example city"),
                            2),
                    asked(
                            UNIVERSITY,
                            Requirement.REQUIRED,
                            new LegalEntity("Beispiel-Universität", null, null, "Beispielstadt"),
                            1),
                    asked(ASSOCIATION, Requirement.OPTIONAL, null, 1)),
            FILES);

    /** Other terms than those of {@link #FULL}, in each of their components. */
    private static final EditionTerms OTHER = new EditionTerms(
            LocalizedText.of(Map.of("de", "Absichtserklärung")),
            LocalizedText.of(Map.of("de", "Text")),
            "en",
            OTHER_FILE,
            List.of(ANNEX, MAP),
            List.of(new PartyTerms(CITY, Requirement.REQUIRED)),
            LetterVisibility.CONSORTIUM,
            false,
            SignatureMethod.PAPER,
            181,
            1,
            LocalDate.of(2027, 1, 30),
            LocalDate.of(2027, 2, 2),
            LocalDate.of(2031, 12, 30));

    private record Facts(LetterId id, PartnerId initiator, List<Edition> editions) implements LetterFacts {}

    /** An edition with what its form needs besides. */
    private record Offer(
            LetterId letter,
            PartnerId initiator,
            int number,
            EditionTerms terms,
            @Nullable LocalizedText text,
            List<Answer> parties,
            Map<FileId, FileFacts> files) {

        String form() {
            return form(edition());
        }

        /** With the edition as it has become since. */
        String form(Edition edition) {
            return CanonicalForm.of(new Facts(letter, initiator, List.of(edition)), edition, text, files);
        }

        Edition edition() {
            return new Edition(
                    number,
                    EditionState.OFFERED,
                    terms,
                    null,
                    null,
                    List.of(),
                    Set.of(),
                    parties,
                    null,
                    null,
                    null,
                    Set.of(),
                    null);
        }

        /** With one of its own components taken from another offer. */
        Offer with(String component, Offer other) {
            return changed(this, component, other);
        }

        Offer withTerms(EditionTerms otherTerms) {
            return new Offer(letter, initiator, number, otherTerms, text, parties, files);
        }

        Offer withText(@Nullable LocalizedText otherText) {
            return new Offer(letter, initiator, number, terms, otherText, parties, files);
        }

        Offer withParties(List<Answer> others) {
            return new Offer(letter, initiator, number, terms, text, others, files);
        }

        Offer withFile(FileFacts file) {
            var others = new HashMap<>(files);
            others.put(file.id(), file);
            return new Offer(letter, initiator, number, terms, text, parties, others);
        }
    }

    private static UUID uuid(String end) {
        return UUID.fromString("01938f5e-7c00-7000-8000-0000000000" + end);
    }

    private static Answer asked(
            PartnerId partner, Requirement requirement, @Nullable LegalEntity entity, int signaturesRequired) {
        return Answer.waiting(new PartyTerms(partner, requirement), entity, signaturesRequired);
    }

    private static <R extends Record> R changed(R record, String component, R other) {
        return new Edit<>(Set.of(component), violations -> other).over(record, new Violations());
    }

    private static Stream<String> components(Class<? extends Record> type, String... except) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .filter(component -> !List.of(except).contains(component));
    }

    // The documentation

    /** The test vectors of docs/letters.md: the digests by the forms. */
    private static Map<String, String> documented() throws IOException {
        // Mutation tests run in the module's folder, without the property.
        var page = Files.readString(Path.of(System.getProperty("consortium.root", "../.."), "docs", "letters.md"));
        var vectors = new LinkedHashMap<String, String>();
        var vector = Pattern.compile("```text\n(letter-edition/.*?)\n```\n\nDigest: `([0-9a-f]{64})`", Pattern.DOTALL)
                .matcher(page);
        while (vector.find()) {
            vectors.put(vector.group(1), vector.group(2));
        }
        return vectors;
    }

    @Test
    void theFormIsWrittenAsDocumented() throws IOException {
        assertThat(documented().keySet()).containsExactly(SMALL.form(), FULL.form());
    }

    @Test
    void theDigestIsComputedAsDocumented() throws IOException {
        assertThat(documented().values())
                .containsExactly(CanonicalForm.digest(SMALL.form()), CanonicalForm.digest(FULL.form()));
    }

    // RFC 8785

    @ParameterizedTest
    @CsvSource({"8, \\b", "9, \\t", "10, \\n", "12, \\f", "13, \\r", "34, \\\"", "92, \\\\"})
    void someCharactersHaveAShortEscape(int character, String escaped) {
        assertThat(textOf(character)).isEqualTo(escaped);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 0x0b, 0x0e, 0x1f})
    void otherControlCharactersAreEscapedInLowerCase(int character) {
        assertThat(textOf(character)).isEqualTo("\\u00%02x".formatted(character));
    }

    @ParameterizedTest
    @ValueSource(ints = {' ', '/', '<', 0x7f, 0x80, 0xad, 'ä', 0x301, 0x2028, 0xfeff, 0x1f3d9})
    void allOtherCharactersAreWrittenAsTheyAre(int character) {
        assertThat(textOf(character)).isEqualTo(Character.toString(character));
    }

    /** How a character stands in the form. */
    private static String textOf(int character) {
        var form = SMALL.withText(LocalizedText.of(Map.of("en", "<" + Character.toString(character) + ">")))
                .form();
        return form.substring(form.indexOf("{\"en\":\"<") + 8, form.indexOf(">\"}"));
    }

    @Test
    void namesAreOrderedByTheirUtf16CodeUnits() {
        // Of code points the other way round: U+1F600 is written with surrogates, which are less than U+FB33.
        var form = SMALL.withText(LocalizedText.of(Map.of("\uFB33", "4", "\uD83D\uDE00", "3", "en-GB", "2", "en", "1")))
                .form();
        assertThat(form).contains("\"text\":{\"en\":\"1\",\"en-GB\":\"2\",\"\uD83D\uDE00\":\"3\",\"\uFB33\":\"4\"}");
    }

    // What is absent

    @Test
    void anEditionWithoutTextHasNone() {
        assertThat(FULL.withText(null).form()).doesNotContain("\"text\"").contains("\"publishText\":true,\"title\":");
    }

    @Test
    void anEditionWithoutAnnexesHasAnEmptyList() {
        assertThat(SMALL.form()).contains("\"annexes\":[],");
    }

    @Test
    void whatWasNotAgreedIsAbsent() {
        assertThat(SMALL.form())
                .doesNotContain("bindingLocale", "document", "inForceOn", "endsOn", "legalEntity", "null");
    }

    @Test
    void aFileThatIsGoneHasNoFacts() {
        var form = new Offer(FULL.letter, FULL.initiator, FULL.number, FULL.terms, FULL.text, FULL.parties, Map.of())
                .form();
        assertThat(form).contains("\"annexes\":[{},{}],", "\"document\":{},");
    }

    // What the digest stands for

    static Stream<String> terms() {
        // The text is stored beside the terms, and the parties with what they are asked for.
        return components(EditionTerms.class, "text", "parties");
    }

    @ParameterizedTest
    @MethodSource("terms")
    void eachTermChangesTheDigest(String term) {
        assertThat(Edit.changed(FULL.terms, OTHER)).contains(term);
        assertOtherDigest(FULL, FULL.withTerms(changed(FULL.terms, term, OTHER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bindingLocale", "document", "annexes", "inForceOn", "endsOn"})
    void theAbsenceOfATermChangesTheDigest(String term) {
        assertOtherDigest(FULL, FULL.withTerms(changed(FULL.terms, term, SMALL.terms)));
    }

    @Test
    void eachLanguageOfTheTextChangesTheDigest() {
        var texts = Objects.requireNonNull(FULL.text).texts();
        for (var tag : texts.keySet()) {
            var fewer = new HashMap<>(texts);
            fewer.remove(tag);
            assertOtherDigest(FULL, FULL.withText(LocalizedText.of(fewer)));
            var changed = new HashMap<>(texts);
            changed.put(tag, texts.get(tag) + ".");
            assertOtherDigest(FULL, FULL.withText(LocalizedText.of(changed)));
        }
        assertOtherDigest(FULL, FULL.withText(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"letter", "initiator", "number"})
    void letterInitiatorAndNumberChangeTheDigest(String component) {
        assertOtherDigest(FULL, FULL.with(component, SMALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"partner", "requirement", "legalEntity", "signaturesRequired"})
    void whatAPartyIsAskedForChangesTheDigest(String component) {
        var other = asked(
                new PartnerId(uuid("a9")),
                Requirement.OPTIONAL,
                new LegalEntity("Example Bus GmbH", null, null, "Example city"),
                1);
        assertOtherDigest(FULL, withTransport(changed(FULL.parties.get(1), component, other)));
    }

    static Stream<String> partsOfLegalEntities() {
        return components(LegalEntity.class);
    }

    @ParameterizedTest
    @MethodSource("partsOfLegalEntities")
    void eachPartOfALegalEntityChangesTheDigest(String part) {
        var entity = Objects.requireNonNull(FULL.parties.get(1).legalEntity());
        for (var other :
                List.of(new LegalEntity("Other", "Other", "Other", "Other"), new LegalEntity("", null, null, ""))) {
            assertOtherDigest(FULL, withTransport(withEntity(changed(entity, part, other))));
        }
        assertOtherDigest(FULL, withTransport(withEntity(null)));
    }

    private static Answer withEntity(@Nullable LegalEntity entity) {
        return asked(TRANSPORT, Requirement.REQUIRED, entity, 2);
    }

    private static Offer withTransport(Answer party) {
        var parties = new ArrayList<>(FULL.parties);
        parties.set(1, party);
        return FULL.withParties(parties);
    }

    @Test
    void theOrderAndTheNumberOfPartiesChangeTheDigest() {
        assertOtherDigest(FULL, FULL.withParties(FULL.parties.reversed()));
        assertOtherDigest(FULL, FULL.withParties(FULL.parties.subList(0, 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "mediaType", "sha256"})
    void whatAFileIsChangesTheDigest(String fact) {
        for (var file : List.of(DOCUMENT, MAP, ANNEX)) {
            var other = new FileFacts(file, "Other", "image/jpeg", 3, "00");
            assertOtherDigest(FULL, FULL.withFile(changed(Objects.requireNonNull(FILES.get(file)), fact, other)));
        }
    }

    @Test
    void theSameFileUnderAnotherIdHasTheSameDigest() {
        var facts = Objects.requireNonNull(FILES.get(DOCUMENT));
        var copy = new FileFacts(OTHER_FILE, facts.name(), facts.mediaType(), 4, facts.sha256());
        assertThat(FULL.withTerms(changed(FULL.terms, "document", OTHER))
                        .withFile(copy)
                        .form())
                .isEqualTo(FULL.form());
    }

    @Test
    void whatHappensAfterTheOfferDoesNotChangeTheDigest() {
        var answered = FULL.withParties(FULL.parties.stream()
                .map(party -> party.decline(new Decline(new AccountId("account"), Instant.EPOCH, "No")))
                .toList());
        var inForce = answered.edition().withDigest("00").inForce(LocalDate.of(2027, 2, 1));
        assertThat(FULL.form(inForce)).isEqualTo(FULL.form());
    }

    @Test
    void theDigestIsTheSha256OfUtf8InLowerCase() {
        assertThat(CanonicalForm.digest("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(CanonicalForm.digest("ä"))
                .isEqualTo("33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc");
    }

    private static void assertOtherDigest(Offer offer, Offer other) {
        assertThat(CanonicalForm.digest(other.form())).isNotEqualTo(CanonicalForm.digest(offer.form()));
    }
}
