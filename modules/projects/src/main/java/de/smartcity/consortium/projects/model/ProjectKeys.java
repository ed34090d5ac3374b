package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.letters.LetterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what a project is found. */
public final class ProjectKeys {

    private final ProjectFacts project;

    ProjectKeys(ProjectFacts project) {
        this.project = project;
    }

    /**
     * Keys of tokens, since most projects are hidden from most who search. Of members there are too many for that: their keys are shared, and what
     * others than the members' own searches read for them is bounded by what a partner takes part in.
     */
    List<String> facets(@Nullable LetterId foundingLetter) {
        var content = project.content();
        return Stream.of(
                        keys(
                                ProjectAudience.PRESENT,
                                "phase",
                                List.of(project.phase().name())),
                        keys(
                                ProjectAudience.PRESENT,
                                "areas",
                                content.areas().stream().map(AreaCode::value).toList()),
                        keys(
                                ProjectAudience.PARTNERS,
                                "coordinator",
                                project.coordinator().stream()
                                        .map(ProjectKeys::text)
                                        .toList()),
                        keys(
                                ProjectAudience.INSIDE,
                                "gates",
                                project.gates().stream()
                                        .filter(gate -> !gate.state().isPassed())
                                        .map(gate -> gate.kind().name())
                                        .toList()),
                        keys(
                                ProjectAudience.INSIDE,
                                "foundingLetter",
                                foundingLetter == null
                                        ? List.of()
                                        : List.of(foundingLetter.value().toString())),
                        members())
                .flatMap(List::stream)
                .toList();
    }

    private List<String> keys(Set<Viewpoint> seenBy, String facet, List<String> values) {
        return Audience.keys(ProjectAudience.tokens(project, seenBy), facet, values);
    }

    /** Partners, and partners in a role; only an invited partner finds itself. */
    private List<String> members() {
        var members = project.members()
                .flatMap(each -> Stream.of(text(each.partner()), inRole(each.partner(), each.role())))
                .toList();
        var invited = project.invited()
                .flatMap(each -> Audience.keys(
                        List.of(ProjectAudience.INVITED.token(each.partner())),
                        "members",
                        List.of(text(each.partner())))
                        .stream());
        return Stream.concat(Audience.sharedKeys("members", members).stream(), invited)
                .toList();
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
