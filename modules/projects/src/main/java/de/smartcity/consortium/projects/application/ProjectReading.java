package de.smartcity.consortium.projects.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import de.smartcity.consortium.competences.CandidateCoverage;
import de.smartcity.consortium.competences.CandidateSearch;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.OrderDirection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.LettersInForce;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.ProjectAudience;
import de.smartcity.consortium.projects.model.ProjectKeys;
import de.smartcity.consortium.projects.model.ProjectPhase;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads projects as an actor sees them. */
public class ProjectReading {

    /** The collection of projects. */
    public static final String PROJECTS = "jointProjects";

    /** The collection of what members saw when they left. */
    public static final String COPIES = "projectCopies";

    private static final String MEMBERS = "members";
    private static final String TITLE = "title";

    private final TypeTable<StoredProject> table;
    private final TypeTable<ShownMember> members;
    private final TypeReading<StoredProject> projects;
    private final MongoCollection<StoredProject> stored;
    private final MongoCollection<StoredCopy> copies;
    private final CandidateSearch candidates;
    private final LettersInForce letters;
    private final OwnReferenceLookup ownReferences;

    ProjectReading(
            TypeTable<StoredProject> table,
            TypeTable<ShownMember> members,
            RecordCollections collections,
            Pages pages,
            CandidateSearch candidates,
            LettersInForce letters,
            OwnReferenceLookup ownReferences) {
        this.table = table;
        this.members = members;
        this.stored = collections.of(PROJECTS, StoredProject.class);
        this.copies = collections.of(COPIES, StoredCopy.class);
        this.projects = pages.of(table, stored).withSharedFacets();
        this.candidates = candidates;
        this.letters = letters;
        this.ownReferences = ownReferences;
    }

    /** The projects among these that the actor may see. */
    public Map<ProjectId, View<StoredProject>> find(Collection<ProjectId> ids, Actor actor, Selection selection) {
        return projects.find("_id", ids, StoredProject::id, actor, selection);
    }

    /** Whether there is a project that the actor sees as it is now. */
    public boolean sees(ProjectId id, Actor actor) {
        return findPresent(id, actor, List.of()).isPresent();
    }

    /** The tokens with which an actor sees projects as they are now. */
    Set<String> presentTokens(Actor actor) {
        var held = table.tokens(actor);
        held.values().retainAll(ProjectAudience.PRESENT);
        return held.keySet();
    }

    private Optional<StoredProject> findPresent(ProjectId id, Actor actor, List<String> paths) {
        return Optional.ofNullable(
                stored.find(Filters.and(Filters.eq("_id", id), Filters.in(DerivedPaths.AUDIENCE, presentTokens(actor))))
                        .projection(table.projection(Selection.NONE, paths))
                        .limit(1)
                        .first());
    }

    /** How many projects that have not ended a partner coordinates, counted to the limit. */
    long countCoordinated(PartnerId coordinator, int limit) {
        var key = Audience.keys(
                List.of(ProjectAudience.MEMBER.token(coordinator)),
                "coordinator",
                List.of(coordinator.value().toString()));
        return stored.countDocuments(
                Filters.and(
                        Filters.in(DerivedPaths.FACETS, key),
                        Filters.nin("phase", ProjectPhase.COMPLETED.name(), ProjectPhase.CANCELLED.name())),
                new CountOptions().limit(limit));
    }

    /**
     * A page of the projects that the actor sees as they are now.
     *
     * @throws Forbidden for a filter by a field that is hidden from the actor
     * @throws BadRequest for a text that is too long, a malformed id, or a cursor of another list
     */
    public Connection<View<StoredProject>> page(
            @Nullable ProjectFilter filter,
            @Nullable ProjectOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        var which = Objects.requireNonNullElse(filter, ProjectFilter.NONE);
        var order = Objects.requireNonNullElse(orderBy, ProjectOrder.BY_NAME);
        var list = projects.list(PROJECTS, actor).showing(TITLE);
        if (which.role() != null) {
            list = list.showing(members.seenFrom("role"), "role");
        }
        return list.facet("phase", which.phases(), Enum::name)
                .facet("areas", which.areas(), given -> AreaCode.parse(given).value())
                .facet(
                        MEMBERS,
                        listOf(which.member()),
                        member -> partner(member).value().toString())
                .facet(MEMBERS, listOf(which.role()), role -> ProjectKeys.inRole(holder(which, actor), role))
                .facet(
                        "coordinator",
                        listOf(which.coordinator()),
                        given -> partner(given).value().toString())
                .facet("gates", listOf(which.gateOpen()), Enum::name)
                .facet(
                        "foundingLetter",
                        listOf(which.foundingLetter()),
                        given -> GlobalId.parse(given, "LetterOfIntent").toString())
                .text(Set.of(TITLE, "acronym", "summary"), which.text())
                .among("visibleLetter", hiddenLetter(which.foundingLetter(), actor) ? List.of() : null)
                .among("ownReference", own(which.ownReference(), actor))
                .page(order.field().name, order.direction() == OrderDirection.DESC, page, selection);
    }

    /** A letter that is hidden from a member leaves no trace in what it was the beginning of. */
    private boolean hiddenLetter(@Nullable String globalId, Actor actor) {
        return globalId != null
                && letters.parties(new LetterId(GlobalId.parse(globalId, "LetterOfIntent")), actor)
                        .isEmpty();
    }

    private @Nullable List<ProjectId> own(ProjectFilter.@Nullable OwnReferenceFilter reference, Actor actor) {
        return reference == null
                ? null
                : ownReferences.find(reference.system(), reference.key(), actor).stream()
                        .toList();
    }

    private static <T> @Nullable List<T> listOf(@Nullable T value) {
        return value == null ? null : List.of(value);
    }

    private static PartnerId partner(String globalId) {
        return new PartnerId(GlobalId.parse(globalId, "Partner"));
    }

    private static PartnerId holder(ProjectFilter which, Actor actor) {
        return Optional.ofNullable(which.member())
                .map(ProjectReading::partner)
                .or(() -> actor.organisation().map(Organisation::partner))
                .orElseThrow(() -> new BadRequest("Name the member whose role it is."));
    }

    /** A page of the projects that the partner which the actor acts for has left, the newest first. @throws Forbidden if it acts for none */
    public Connection<View<StoredProject>> former(PageRequest page, Actor actor, Selection selection) {
        return projects.list("formerProjects", actor)
                .showing(Set.of(ProjectAudience.FORMER), "asLeft")
                .page("createdAt", true, page, selection);
    }

    /** A page of the projects of each of these partners, by name. @throws BadRequest for a cursor with several partners */
    public Map<PartnerId, Connection<View<StoredProject>>> ofPartners(
            Collection<PartnerId> partners, PageRequest page, Actor actor, Selection selection) {
        return projects.pagesOf(
                MEMBERS, partners, partner -> partner.value().toString(), TITLE, false, page, actor, selection);
    }

    /** A page of the projects that were founded from each of these letters, by name; none for whom that is hidden. @throws BadRequest for a cursor with several letters */
    public Map<LetterId, Connection<View<StoredProject>>> ofLetters(
            Collection<LetterId> letters, PageRequest page, Actor actor, Selection selection) {
        if (Collections.disjoint(table.tokens(actor).values(), table.seenFrom("foundingLetter"))) {
            return Map.of();
        }
        return projects.pagesOf(
                "foundingLetter", letters, letter -> letter.value().toString(), TITLE, false, page, actor, selection);
    }

    /** Those of these memberships that the actor sees: the present ones, or those of the day that the arguments name. */
    public Map<ShownMember, View<ShownMember>> members(
            Collection<ShownMember> keys, Map<String, Object> arguments, Actor actor, Selection selection) {
        var day = (LocalDate) arguments.get("on");
        var found = new HashMap<ShownMember, View<ShownMember>>();
        for (var key : keys) {
            var wanted = day == null
                    ? key.membership().state().isPresent()
                    : key.membership().isMemberOn(day);
            if (wanted) {
                members.shownTo(actor, List.of(day == null ? key : key.on(day))).forEach(view -> found.put(key, view));
            }
        }
        return found;
    }

    /** These copies. A key is given only to whom the copy is shown. */
    public Map<UUID, ShownCopy> copies(Collection<UUID> ids) {
        var found = new HashMap<UUID, ShownCopy>();
        copies.find(Filters.in("_id", ids))
                .batchSize(ids.size() + 1)
                .forEach(copy -> ShownCopy.of(copy).ifPresent(shown -> found.put(copy.id(), shown)));
        return found;
    }

    /**
     * Who covers the needs of a project, without its members as far as the actor sees them.
     *
     * @return null if there is no project whose needs the actor sees
     */
    public @Nullable CandidateCoverage candidates(ProjectId id, int first, Actor actor) {
        return findPresent(id, actor, List.of("content.needs"))
                .filter(project -> project.derived().audience().viewpoints(table.tokens(actor)).stream()
                        .anyMatch(ProjectAudience.PARTNERS::contains))
                .map(project -> candidates.candidates(
                        project.content().needs(),
                        ShownMember.of(project).stream()
                                .filter(each -> each.membership().state().isPresent())
                                .filter(each ->
                                        !members.shownTo(actor, List.of(each)).isEmpty())
                                .map(each -> each.membership().partner())
                                .collect(Collectors.toSet()),
                        first,
                        actor))
                .orElse(null);
    }
}
