package de.smartcity.consortium.competences.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.Evidence;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** Says who sees the certificates of profiles: whoever sees the entry, and its partner those of the draft. */
class CompetenceFiles implements FileOwner {

    static final String KIND = "CompetenceProfile";

    /** The path of all files of a profile. */
    static final String FILES = "files";

    private static final List<String> SHOWN =
            List.of("published.entries.visibility", "published.entries.evidence.file", "draft.entries.evidence.file");

    private final TypeTable<StoredProfile> table;
    private final MongoCollection<StoredProfile> profiles;
    private final MongoCollection<Attached> attached;

    /** The files of a profile; public only because the driver instantiates no other class. */
    public record Attached(
            @BsonId PartnerId partner, @Nullable List<FileId> files) {}

    CompetenceFiles(TypeTable<StoredProfile> table, RecordCollections collections) {
        this.table = table;
        this.profiles = collections.of(ProfileReading.PROFILES, StoredProfile.class);
        this.attached = collections.of(ProfileReading.PROFILES, Attached.class);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<FileId> visible(Collection<FileId> files, Actor actor) {
        var held = table.tokens(actor);
        var visible = new HashSet<FileId>();
        profiles.find(Filters.and(Filters.in(FILES, files), Filters.in(DerivedPaths.AUDIENCE, held.keySet())))
                .projection(table.projection(Selection.NONE, SHOWN))
                .batchSize(files.size() + 1)
                .forEach(profile -> shown(profile, held).forEach(visible::add));
        visible.retainAll(Set.copyOf(files));
        return visible;
    }

    private static Stream<FileId> shown(StoredProfile profile, Map<String, Viewpoint> held) {
        var viewpoints = profile.derived().audience().viewpoints(held);
        var published = profile.entriesSeenFrom(viewpoints).stream()
                .flatMap(entry -> entry.evidence().stream())
                .map(Evidence::file)
                .filter(Objects::nonNull);
        var draft = profile.draft();
        return draft != null && viewpoints.contains(CompetenceProfile.OWNER)
                ? Stream.concat(published, draft.files())
                : published;
    }

    @Override
    public Set<FileId> referred(UUID aggregate) {
        var profile = attached.find(Filters.eq("_id", aggregate))
                .projection(Projections.include(FILES))
                .limit(1)
                .first();
        return profile == null || profile.files() == null ? Set.of() : Set.copyOf(profile.files());
    }
}
