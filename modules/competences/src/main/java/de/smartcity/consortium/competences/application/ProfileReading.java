package de.smartcity.consortium.competences.application;

import com.mongodb.client.MongoCollection;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.Map;

/** Reads profiles as an actor sees them. */
public class ProfileReading {

    /** The collection of profiles. */
    public static final String PROFILES = "competenceProfiles";

    private final TypeReading<StoredProfile> profiles;
    private final VocabularyReading vocabulary;

    ProfileReading(
            TypeTable<StoredProfile> table, VocabularyReading vocabulary, RecordCollections collections, Pages pages) {
        MongoCollection<StoredProfile> stored = collections.of(PROFILES, StoredProfile.class);
        this.profiles = pages.of(table, stored);
        this.vocabulary = vocabulary;
    }

    /** The profiles of these partners that the actor may see. */
    public Map<PartnerId, View<StoredProfile>> find(Collection<PartnerId> partners, Actor actor, Selection selection) {
        return profiles.find("_id", partners, StoredProfile::partner, actor, selection);
    }

    /**
     * A page of the profiles of ACTIVE partners with an entry that the actor sees for this competence or a narrower one, at this level or a higher
     * one, by their partners' names.
     *
     * @throws BadRequest for a competence that does not exist, or a cursor of another list
     */
    public Connection<View<StoredProfile>> competent(
            String competence, CompetenceLevel minLevel, PageRequest page, Actor actor, Selection selection) {
        var known = vocabulary.vocabulary();
        var codes = known.covering(VocabularyReading.known(competence, known));
        return profiles.list("competentPartners", actor)
                .facet("entries", codes, code -> CompetenceProfile.facet(code, minLevel.rank()))
                .page("partner", false, page, selection);
    }
}
