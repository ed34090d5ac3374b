package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.letters.LetterId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what a project is found. */
public final class ProjectKeys {

    private final ProjectFacts project;

    ProjectKeys(ProjectFacts project) {
        this.project = project;
    }

    /** Who sees the field of a facet is said by the type's table, so that its keys are shared; only an invited partner finds itself alone. */
    List<String> facets(@Nullable LetterId foundingLetter) {
        var content = project.content();
        var shared = Stream.of(
                Audience.sharedKeys("phase", List.of(project.phase().name())),
                Audience.sharedKeys(
                        "areas", content.areas().stream().map(AreaCode::value).toList()),
                Audience.sharedKeys(
                        "members",
                        project.members().map(each -> text(each.partner())).toList()),
                Audience.sharedKeys(
                        "members",
                        project.members()
                                .map(each -> inRole(each.partner(), each.role()))
                                .toList()),
                Audience.sharedKeys(
                        "coordinator",
                        project.coordinator().stream().map(ProjectKeys::text).toList()),
                Audience.sharedKeys(
                        "gates",
                        project.gates().stream()
                                .filter(gate -> !gate.state().isPassed())
                                .map(gate -> gate.kind().name())
                                .toList()),
                Audience.sharedKeys(
                        "foundingLetter",
                        foundingLetter == null
                                ? List.of()
                                : List.of(foundingLetter.value().toString())));
        var invited = project.invited()
                .map(each -> Audience.keys(
                        List.of(ProjectAudience.INVITED.token(each.partner())),
                        "members",
                        List.of(text(each.partner()))));
        return Stream.concat(shared, invited).flatMap(List::stream).toList();
    }

    private static String text(PartnerId partner) {
        return partner.value().toString();
    }

    /** The value of the facet {@code members} for a partner in a role, by which only those search who see roles. */
    public static String inRole(PartnerId partner, ProjectRole role) {
        return partner.value() + " " + role;
    }

    List<SearchEntry> search() {
        var content = project.content();
        var complete = new ArrayList<>(content.title().texts().values());
        if (content.acronym() != null) {
            complete.add(content.acronym());
        }
        return List.of(new SearchEntry(
                ProjectAudience.tokens(project),
                SearchText.prefixes(
                        complete,
                        content.summary() == null
                                ? List.of()
                                : List.copyOf(content.summary().texts().values()))));
    }
}
