package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LeavingNotice;
import de.smartcity.consortium.letters.model.Lifting;
import de.smartcity.consortium.letters.model.Signatory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Named;

/** Parses the texts of letters, for the mapper of inputs; violations are added at the field's name. */
public class LetterInputTexts {

    private final Languages languages;

    LetterInputTexts(Languages languages) {
        this.languages = languages;
    }

    @Named("title")
    @Nullable
    public LocalizedText title(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("title", given, texts -> parse(texts, EditionTerms.MAX_TITLE_LENGTH));
    }

    @Named("text")
    @Nullable
    public LocalizedText text(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("text", given, texts -> parse(texts, EditionTerms.MAX_TEXT_LENGTH));
    }

    private LocalizedText parse(List<Translation> given, int maxLength) {
        var text = languages.parse(given, maxLength);
        for (var index = 0; index < given.size(); index++) {
            if (hasHalfCharacter(given.get(index).text())) {
                // It has no bytes, so it cannot be signed.
                throw new RuleViolation(List.of(new Violation(
                        "text.characters",
                        "The text has half of a character: it was cut or is not Unicode.",
                        List.of(String.valueOf(index), "text"))));
            }
        }
        return text;
    }

    private static boolean hasHalfCharacter(String text) {
        return text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    @Named("bindingLocale")
    @Nullable
    public String bindingLocale(@Nullable String given, @Context Violations violations) {
        return violations.at("bindingLocale", given, LocalizedText::canonicalTag);
    }

    @Named("locale")
    @Nullable
    public String locale(@Nullable String given, @Context Violations violations) {
        return violations.at("locale", given, LocalizedText::canonicalTag);
    }

    @Named("function")
    @Nullable
    public String function(@Nullable String given, @Context Violations violations) {
        return violations.at(
                "function", given, text -> BoundedText.parseLine(text, Signatory.MAX_FUNCTION_LENGTH, "function"));
    }

    @Named("reason")
    @Nullable
    public String reason(@Nullable String given, @Context Violations violations) {
        return violations.at(
                "reason", given, text -> BoundedText.parse(text, LeavingNotice.MAX_REASON_LENGTH, "reason"));
    }

    @Named("reference")
    @Nullable
    public String reference(@Nullable String given, @Context Violations violations) {
        return violations.at("reference", given, text -> BoundedText.parseLine(text, Lifting.MAX_LENGTH, "reference"));
    }
}
