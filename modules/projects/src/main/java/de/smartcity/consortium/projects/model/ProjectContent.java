package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Violations;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a project's coordinator writes about it. If only some components are given by an edit, the others are null.
 *
 * @param title at most {@value #MAX_TITLE_LENGTH} characters in each language
 * @param acronym at most {@value #MAX_ACRONYM_LENGTH} characters; not unique
 * @param summary at most {@value #MAX_SUMMARY_LENGTH} characters in each language
 * @param contactFunction the coordinator's function to turn to, and never a person's name; at most {@value #MAX_FUNCTION_LENGTH} characters in each
 *     language
 * @param areas ordered, without repetition
 * @param plannedEndsOn the last day
 * @param needs at most {@value #MAX_NEEDS}, one for each competence
 * @param references at most {@value #MAX_REFERENCES}
 */
public record ProjectContent(
        LocalizedText title,
        @Nullable String acronym,
        @Nullable LocalizedText summary,
        @Nullable LocalizedText contactFunction,
        List<AreaCode> areas,
        @Nullable LocalDate plannedStartsOn,
        @Nullable LocalDate plannedEndsOn,
        ProjectVisibility visibility,
        List<Need> needs,
        List<ExternalReference> references) {

    public static final int MAX_TITLE_LENGTH = 300;
    public static final int MAX_ACRONYM_LENGTH = 30;
    public static final int MAX_SUMMARY_LENGTH = 4_000;
    public static final int MAX_FUNCTION_LENGTH = 100;
    static final int MAX_NEEDS = 12;
    static final int MAX_REFERENCES = 20;

    /** That of a project that is stored without. */
    public static final ProjectContent NONE = new ProjectContent(
            LocalizedText.of(Map.of()),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            ProjectVisibility.MEMBERS,
            List.of(),
            List.of());

    /** All components, as given by a new project. */
    static final Set<String> ALL = Stream.of(ProjectContent.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    public ProjectContent {
        // Stored content may lack them.
        title = title == null ? LocalizedText.of(Map.of()) : title;
        areas = areas == null ? List.of() : List.copyOf(areas);
        visibility = Objects.requireNonNullElse(visibility, ProjectVisibility.MEMBERS);
        needs = needs == null ? List.of() : List.copyOf(needs);
        references = references == null ? List.of() : List.copyOf(references);
    }

    /**
     * Adds the violations of the given components: {@code title.required}, {@code plannedEndsOn.early}, {@code needs.many}, {@code need.twice},
     * {@code competence.unknown}, {@code references.many}, {@code reference.twice}. What was not given is not validated.
     *
     * @param existing finds those competences that exist
     */
    void check(
            Set<String> given,
            Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing,
            Violations violations) {
        if (given.contains("title")) {
            violations.demand(
                    violations.isAt("title") || !title.texts().isEmpty(),
                    "title.required",
                    "A project has a title.",
                    "title");
        }
        if (given.contains("plannedStartsOn") || given.contains("plannedEndsOn")) {
            violations.demand(
                    plannedStartsOn == null || plannedEndsOn == null || !plannedEndsOn.isBefore(plannedStartsOn),
                    "plannedEndsOn.early",
                    "The last day is not before the first.",
                    "plannedEndsOn");
        }
        if (given.contains("needs") && !violations.isAt("needs")) {
            checkNeeds(existing, violations);
        }
        if (given.contains("references") && !violations.isAt("references")) {
            checkReferences(violations);
        }
    }

    private void checkNeeds(Function<Collection<CompetenceCode>, Set<CompetenceCode>> existing, Violations violations) {
        violations.demand(
                needs.size() <= MAX_NEEDS, "needs.many", "A project has at most " + MAX_NEEDS + " needs.", "needs");
        if (needs.isEmpty() || needs.size() > MAX_NEEDS) {
            return;
        }
        var known = existing.apply(needs.stream().map(Need::competence).toList());
        var seen = new HashSet<CompetenceCode>();
        for (var index = 0; index < needs.size(); index++) {
            var code = needs.get(index).competence();
            var at = new String[] {"needs", String.valueOf(index), "competence"};
            violations.demand(
                    known.contains(code),
                    "competence.unknown",
                    "There is no competence " + code.value() + "; see competences.",
                    at);
            violations.demand(seen.add(code), "need.twice", "The project has another need for this.", at);
        }
    }

    private void checkReferences(Violations violations) {
        violations.demand(
                references.size() <= MAX_REFERENCES,
                "references.many",
                "A project has at most " + MAX_REFERENCES + " references.",
                "references");
        var seen = new HashSet<ExternalReference>();
        for (var index = 0; index < references.size(); index++) {
            violations.demand(
                    seen.add(references.get(index)),
                    "reference.twice",
                    "The project has this reference already.",
                    "references",
                    String.valueOf(index));
        }
    }

    ProjectContent withoutContact() {
        return new ProjectContent(
                title, acronym, summary, null, areas, plannedStartsOn, plannedEndsOn, visibility, needs, references);
    }
}
