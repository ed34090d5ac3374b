package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.Evidence;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Named;

/** Parses the texts of profiles, for the mapper of inputs; violations are added at the field's name. */
public class CompetenceInputTexts {

    private final Languages languages;

    CompetenceInputTexts(Languages languages) {
        this.languages = languages;
    }

    @Named("description")
    @Nullable
    public LocalizedText description(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at(
                "description", given, texts -> languages.parse(texts, CompetenceEntry.MAX_DESCRIPTION_LENGTH));
    }

    @Named("contactFunction")
    @Nullable
    public LocalizedText contactFunction(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at(
                "contactFunction", given, texts -> languages.parse(texts, ProfileContent.MAX_FUNCTION_LENGTH));
    }

    @Named("issuer")
    @Nullable
    public String issuer(@Nullable String given, @Context Violations violations) {
        return violations.at("issuer", given, text -> BoundedText.parseLine(text, Evidence.MAX_TEXT_LENGTH, "issuer"));
    }

    @Named("number")
    @Nullable
    public String number(@Nullable String given, @Context Violations violations) {
        return violations.at("number", given, text -> BoundedText.parseLine(text, Evidence.MAX_TEXT_LENGTH, "number"));
    }
}
