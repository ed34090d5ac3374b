package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.application.OwnReferencesReading;
import de.smartcity.consortium.projects.application.StoredOwnReferences;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type tables of values and payloads of own references, and the references from and to them. */
@Configuration(proxyBeanMethods = false)
class OwnReferencesTypes {

    private static final String TYPE = "OwnReferences";
    private static final String PAYLOAD = "SetOwnReferencesPayload";

    @Bean
    RecordTypes ownReferencesRecords() {
        return RecordTypes.of(OwnReference.class).and(OwnReferencesPayload.class, PAYLOAD);
    }

    @Bean
    Reference<OwnReferencesId, View<StoredOwnReferences>> ownReferencesOfPayload(OwnReferencesReading reading) {
        return Reference.byRow(
                Set.of(PAYLOAD),
                "ownReferences",
                (ids, arguments, actor, selection) -> reading.find(ids, actor, selection));
    }

    @Bean
    Reference<ProjectId, View<StoredOwnReferences>> ownReferencesOfProject(OwnReferencesReading reading) {
        return Reference.byKey(
                "JointProject",
                "ownReferences",
                key -> new ProjectId((UUID) key),
                (projects, arguments, actor, selection) -> reading.ofProjects(projects, actor, selection));
    }

    @Bean
    Reference<ProjectId, ?> projectOfOwnReferences(Reference.Loader<ProjectId, ?> visibleProjects) {
        return Reference.byRow(Set.of(TYPE), "project", visibleProjects);
    }

    @Bean
    Reference<OwnReferencesId, Connection<ActivityView>> activityOfOwnReferences(ActivityReading activity) {
        return Reference.byRow(
                Set.of(TYPE),
                "activity",
                Reference.pages((ids, page, actor, selection) ->
                        activity.of(TYPE, ids, OwnReferencesId::value, page, actor, selection)));
    }

    @Bean
    NodeSource<OwnReferencesId> ownReferencesNodes(OwnReferencesReading reading) {
        return NodeSource.byUuid(TYPE, OwnReferencesId::new, reading::find);
    }
}
