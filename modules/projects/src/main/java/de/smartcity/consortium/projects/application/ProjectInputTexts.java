package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.projects.model.GateDecision;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.ProjectContent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Named;

/** Parses the texts of projects, for the mapper of inputs; violations are added at the field's name. */
public class ProjectInputTexts {

    private final Languages languages;

    ProjectInputTexts(Languages languages) {
        this.languages = languages;
    }

    @Named("title")
    @Nullable
    public LocalizedText title(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("title", given, texts -> languages.parse(texts, ProjectContent.MAX_TITLE_LENGTH));
    }

    @Named("acronym")
    @Nullable
    public String acronym(@Nullable String given, @Context Violations violations) {
        return line("acronym", given, ProjectContent.MAX_ACRONYM_LENGTH, violations);
    }

    @Named("summary")
    @Nullable
    public LocalizedText summary(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at("summary", given, texts -> languages.parse(texts, ProjectContent.MAX_SUMMARY_LENGTH));
    }

    @Named("contactFunction")
    @Nullable
    public LocalizedText contactFunction(@Nullable List<Translation> given, @Context Violations violations) {
        return violations.at(
                "contactFunction", given, texts -> languages.parse(texts, ProjectContent.MAX_FUNCTION_LENGTH));
    }

    @Named("asked")
    @Nullable
    public String asked(@Nullable String given, @Context Violations violations) {
        return text("asked", given, InvitationTerms.MAX_LENGTH, violations);
    }

    @Named("contribution")
    @Nullable
    public String contribution(@Nullable String given, @Context Violations violations) {
        return text("contribution", given, InvitationTerms.MAX_LENGTH, violations);
    }

    @Named("message")
    @Nullable
    public String message(@Nullable String given, @Context Violations violations) {
        return text("message", given, InvitationTerms.MAX_MESSAGE_LENGTH, violations);
    }

    @Named("decidedBy")
    @Nullable
    public String decidedBy(@Nullable String given, @Context Violations violations) {
        return line("decidedBy", given, GateDecision.MAX_LENGTH, violations);
    }

    @Named("reference")
    @Nullable
    public String reference(@Nullable String given, @Context Violations violations) {
        return line("reference", given, GateDecision.MAX_LENGTH, violations);
    }

    @Named("conditions")
    @Nullable
    public String conditions(@Nullable String given, @Context Violations violations) {
        return text("conditions", given, GateDecision.MAX_LENGTH, violations);
    }

    @Named("reason")
    @Nullable
    public String reason(@Nullable String given, @Context Violations violations) {
        return text("reason", given, GateDecision.MAX_LENGTH, violations);
    }

    private static @Nullable String line(String field, @Nullable String given, int maxLength, Violations violations) {
        return violations.at(field, given, text -> BoundedText.parseLine(text, maxLength, field));
    }

    private static @Nullable String text(String field, @Nullable String given, int maxLength, Violations violations) {
        return violations.at(field, given, text -> BoundedText.parse(text, maxLength, field));
    }
}
