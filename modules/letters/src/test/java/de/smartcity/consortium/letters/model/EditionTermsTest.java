package de.smartcity.consortium.letters.model;

import static de.smartcity.consortium.letters.LetterFixtures.TODAY;
import static de.smartcity.consortium.letters.LetterFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.LetterFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What terms must be like to be drafted, and to be offered. */
class EditionTermsTest {

    private final PartnerId initiator = PartnerId.next();
    private final PartnerId other = PartnerId.next();
    private final PartnerId third = PartnerId.next();

    // Drafting and editing

    @Test
    void newTermsMayLackWhatOnlyAnOfferNeeds() {
        assertDraft(with(
                terms(),
                "text",
                null,
                "bindingLocale",
                null,
                "parties",
                List.of(),
                "lapsesOn",
                null,
                "inForceOn",
                null,
                "endsOn",
                null));
    }

    @ParameterizedTest
    @CsvSource({
        "title, title.required",
        "visibility, visibility.required",
        "publishText, publishText.required",
        "minimumMethod, minimumMethod.required",
        "noticeDays, noticeDays.range",
        "accessionObjectionDays, accessionObjectionDays.range"
    })
    void whatEveryDraftHasIsNotEmpty(String component, String rule) {
        var terms = with(terms(), component, null);

        assertDraft(terms, rule + " " + component);
        assertEdit(terms, Set.of(component), rule + " " + component);
        assertOffer(terms, rule + " " + component);
    }

    @Test
    void whatAnEditDoesNotGiveIsNotValidated() {
        var file = FileId.next();
        var wrong = with(
                terms(),
                "title",
                null,
                "document",
                file,
                "annexes",
                List.of(file),
                "parties",
                List.of(required(other), required(other)),
                "visibility",
                null,
                "publishText",
                null,
                "minimumMethod",
                null,
                "noticeDays",
                -1,
                "accessionObjectionDays",
                -1,
                "inForceOn",
                TODAY,
                "endsOn",
                TODAY.minusDays(1));

        assertEdit(wrong, Set.of());
        assertEdit(wrong, Set.of("text", "bindingLocale", "lapsesOn"));
        assertEdit(wrong, Set.of("parties"), "party.twice parties.1.partnerId");
        assertEdit(wrong, Set.of("noticeDays"), "noticeDays.range noticeDays");
        assertEdit(wrong, Set.of("accessionObjectionDays"), "accessionObjectionDays.range accessionObjectionDays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annexes", "document"})
    void aFileIsAttachedOnceWhicheverOfItsPlacesAnEditGives(String given) {
        var file = FileId.next();

        assertEdit(
                with(terms(), "document", file, "annexes", List.of(FileId.next(), file)),
                Set.of(given),
                "annex.twice annexes.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inForceOn", "endsOn"})
    void aLetterEndsNotBeforeItsFirstDayWhicheverOfItsDaysAnEditGives(String given) {
        var terms = with(terms(), "inForceOn", TODAY.plusDays(40));

        assertEdit(with(terms, "endsOn", TODAY.plusDays(39)), Set.of(given), "endsOn.early endsOn");
        assertEdit(with(terms, "endsOn", TODAY.plusDays(40)), Set.of(given));
        assertEdit(with(terms, "endsOn", null), Set.of(given));
        assertEdit(with(terms, "inForceOn", null, "endsOn", TODAY.plusDays(39)), Set.of(given));
    }

    @Test
    void twentyAnnexesAreTheMost() {
        assertDraft(with(terms(), "annexes", files(20)));
        assertDraft(with(terms(), "annexes", files(21)), "annexes.many annexes");
    }

    @ParameterizedTest
    @CsvSource({"noticeDays, 3650", "accessionObjectionDays, 365"})
    void aNumberOfDaysIsFromNoneToItsMost(String component, int most) {
        assertDraft(with(terms(), component, 0));
        assertDraft(with(terms(), component, most));
        for (var outside : List.of(-1, most + 1)) {
            var terms = with(terms(), component, outside);
            assertDraft(terms, component + ".range " + component);
            assertOffer(terms, component + ".range " + component);
        }
    }

    @Test
    void theInitiatorIsARequiredPartyAndTheFirstUnlessItIsNamedElsewhere() {
        var named = with(terms(), "parties", List.of(required(other), required(initiator)));

        assertThat(named.withInitiator(initiator)).isEqualTo(named);
        assertThat(with(terms(), "parties", List.of(required(other)))
                        .withInitiator(initiator)
                        .parties())
                .containsExactly(required(initiator), required(other));
        assertDraft(
                with(terms(), "parties", List.of(new PartyTerms(initiator, Requirement.OPTIONAL), required(other))),
                "party.initiator parties.0.requirement");
    }

    // Offering

    @Test
    void termsThatAreCompleteAreOffered() {
        assertOffer(terms());
    }

    @Test
    void anOfferHasATextOrAPdf() {
        var text = terms().text();
        var pdf = FileId.next();

        assertOffer(with(terms(), "text", text, "document", null));
        assertOffer(with(terms(), "text", text, "document", pdf));
        assertOffer(with(terms(), "text", null, "document", pdf));
        assertOffer(with(terms(), "text", null, "document", null), "text.missing text");
    }

    @Test
    void theLanguageThatPrevailsIsOneOfTheText() {
        var terms = with(terms(), "title", in("de"), "text", in("en", "fr"));

        assertOffer(with(terms, "bindingLocale", "fr"));
        assertOffer(with(terms, "bindingLocale", "de"), "bindingLocale.missing bindingLocale");
        assertOffer(with(terms, "bindingLocale", null), "bindingLocale.required bindingLocale");
        assertOffer(with(terms, "bindingLocale", null, "text", in("en")));
    }

    @Test
    void whereThereIsOnlyAPdfTheLanguageThatPrevailsIsOneOfTheTitle() {
        var terms = with(terms(), "title", in("de", "en"), "text", null, "document", FileId.next());

        assertOffer(with(terms, "bindingLocale", "en"));
        assertOffer(with(terms, "bindingLocale", "fr"), "bindingLocale.missing bindingLocale");
        assertOffer(with(terms, "bindingLocale", null), "bindingLocale.required bindingLocale");
        assertOffer(with(terms, "bindingLocale", null, "title", in("de")));
    }

    @Test
    void optionalPartiesDoNotMakeALetter() {
        var optional = new PartyTerms(third, Requirement.OPTIONAL);

        assertOffer(with(terms(), "parties", List.of(required(initiator), optional)), "parties.few parties");
        assertOffer(with(terms(), "parties", List.of(required(initiator), optional, required(other))));
    }

    @Test
    void thePartiesHaveAtLeastTodayToAnswer() {
        assertOffer(with(terms(), "lapsesOn", TODAY));
        assertOffer(with(terms(), "lapsesOn", TODAY.minusDays(1)), "lapsesOn.past lapsesOn");
        assertOffer(with(terms(), "lapsesOn", null), "lapsesOn.required lapsesOn");
    }

    @Test
    void aLetterEndsNotBeforeTheLastDayToAnswer() {
        var terms = with(terms(), "lapsesOn", TODAY.plusDays(30));

        assertOffer(with(terms, "endsOn", TODAY.plusDays(30)));
        assertOffer(with(terms, "endsOn", TODAY.plusDays(29)), "endsOn.early endsOn");
        assertOffer(
                with(terms, "endsOn", TODAY.minusDays(1), "lapsesOn", null),
                "lapsesOn.required lapsesOn",
                "endsOn.past endsOn");
        assertOffer(with(terms, "endsOn", TODAY, "lapsesOn", TODAY));
    }

    // What belongs to it

    @Test
    void itsFilesAreItsPdfAndItsAnnexesInTheirOrder() {
        var pdf = FileId.next();
        var annexes = files(2);

        assertThat(with(terms(), "document", pdf, "annexes", annexes).files())
                .containsExactly(pdf, annexes.getFirst(), annexes.getLast());
        assertThat(terms().files()).isEmpty();
    }

    // Help

    /** Terms that can be offered. */
    private EditionTerms terms() {
        return LetterFixtures.terms(initiator, other);
    }

    private static PartyTerms required(PartnerId partner) {
        return new PartyTerms(partner, Requirement.REQUIRED);
    }

    private static LocalizedText in(String... languages) {
        return LocalizedText.of(
                Stream.of(languages).collect(Collectors.toMap(language -> language, language -> "Text")));
    }

    private static List<FileId> files(int number) {
        return Stream.generate(FileId::next).limit(number).toList();
    }

    private void assertDraft(EditionTerms terms, String... rulesAndPlaces) {
        assertEdit(terms, EditionTerms.ALL, rulesAndPlaces);
    }

    private void assertEdit(EditionTerms terms, Set<String> given, String... rulesAndPlaces) {
        var violations = new Violations();
        terms.check(given, initiator, violations);
        assertViolations(violations, rulesAndPlaces);
    }

    private static void assertOffer(EditionTerms terms, String... rulesAndPlaces) {
        var violations = new Violations();
        terms.checkOffer(TODAY, violations);
        assertViolations(violations, rulesAndPlaces);
    }

    private static void assertViolations(Violations violations, String... rulesAndPlaces) {
        var found = new ArrayList<String>();
        try {
            violations.throwIfAny();
        } catch (RuleViolation broken) {
            broken.violations()
                    .forEach(violation -> found.add(violation.rule() + " " + String.join(".", violation.path())));
        }
        assertThat(found).containsExactly(rulesAndPlaces);
    }
}
