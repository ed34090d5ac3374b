package de.smartcity.consortium.projects.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferences;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what the acting organisation notes about projects. */
public class OwnReferencesReading implements OwnReferenceLookup {

    /** The collection of own references. */
    public static final String OWN_REFERENCES = "ownReferences";

    private static final String KEYS = "keys";

    private final TypeReading<StoredOwnReferences> reading;
    private final MongoCollection<NotedProject> projects;

    OwnReferencesReading(TypeTable<StoredOwnReferences> table, RecordCollections collections, Pages pages) {
        this.reading = pages.of(table, collections.of(OWN_REFERENCES, StoredOwnReferences.class));
        this.projects = collections.of(OWN_REFERENCES, NotedProject.class);
    }

    /** About which project something is noted; public only because the driver instantiates no other class. */
    public record NotedProject(ProjectId project) {}

    /** Those with these ids that the actor may see. */
    public Map<OwnReferencesId, View<StoredOwnReferences>> find(
            Collection<OwnReferencesId> ids, Actor actor, Selection selection) {
        return reading.find("_id", ids, StoredOwnReferences::id, actor, selection);
    }

    /** What the acting organisation notes about these projects. */
    public Map<ProjectId, View<StoredOwnReferences>> ofProjects(
            Collection<ProjectId> about, Actor actor, Selection selection) {
        var noted = new HashMap<ProjectId, View<StoredOwnReferences>>();
        actor.organisation().map(Organisation::partner).ifPresent(partner -> {
            var ids = new HashMap<OwnReferencesId, ProjectId>();
            about.forEach(project -> ids.put(OwnReferencesId.of(partner, project), project));
            find(ids.keySet(), actor, selection)
                    .forEach((id, own) -> noted.put(Objects.requireNonNull(ids.get(id)), own));
        });
        return noted;
    }

    /**
     * The project that the acting organisation keeps under this key, also if it does not see the project any more.
     *
     * @throws Forbidden if no organisation acts that may see own references
     * @throws RuleViolation for texts that no reference has
     */
    @Override
    public Optional<ProjectId> find(String system, String key, Actor actor) {
        var partner = actor.organisation()
                .filter(acting -> OwnReferences.OWNER.heldWhile().contains(acting.status()))
                .map(Organisation::partner)
                .orElseThrow(() -> hidden(actor));
        var wanted = OwnReference.parse(system, key).storedKey(partner);
        return Optional.ofNullable(projects.find(Filters.and(Filters.eq(KEYS, wanted), reading.visibleTo(actor)))
                        .projection(Projections.include("project"))
                        .limit(1)
                        .first())
                .map(NotedProject::project);
    }

    /** As for any other field to filter by that the actor sees of no object. */
    private static Forbidden hidden(Actor actor) {
        return new Forbidden(
                actor.kind() == Actor.Kind.ANONYMOUS
                        ? Refusal.noActingOrganisation(NoActingOrganisation.NOT_SIGNED_IN)
                        : Refusal.hiddenField("ownReference"));
    }
}
