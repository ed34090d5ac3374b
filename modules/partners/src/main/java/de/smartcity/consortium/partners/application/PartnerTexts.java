package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.PartnerProfile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Named;

/** Parses the texts of partners, for the mappers of inputs and of files; violations are added at the field's name. */
public class PartnerTexts {

    private final Languages languages;

    PartnerTexts(Languages languages) {
        this.languages = languages;
    }

    @Named("name")
    @Nullable
    public LocalizedText name(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("name", given, texts -> languages.parse(texts, PartnerProfile.MAX_NAME_LENGTH));
    }

    @Named("name")
    @Nullable
    public LocalizedText name(Map<String, String> given, @Context Violations violations) {
        return violations.at("name", () -> languages.parse(given, PartnerProfile.MAX_NAME_LENGTH));
    }

    @Named("summary")
    @Nullable
    public LocalizedText summary(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("summary", given, texts -> languages.parse(texts, PartnerProfile.MAX_SUMMARY_LENGTH));
    }

    @Named("summary")
    @Nullable
    public LocalizedText summary(@Nullable Map<String, String> given, @Context Violations violations) {
        return violations.at("summary", given, texts -> languages.parse(texts, PartnerProfile.MAX_SUMMARY_LENGTH));
    }

    /** The function of a contact. */
    @Nullable
    public LocalizedText function(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("function", given, texts -> languages.parse(texts, Contact.MAX_FUNCTION_LENGTH));
    }
}
