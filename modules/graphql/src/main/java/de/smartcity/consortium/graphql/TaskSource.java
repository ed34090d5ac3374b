package de.smartcity.consortium.graphql;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A kind of aggregate because of which tasks wait. A capability declares one as a bean for each of its aggregates that derive tasks, an index of
 * its collection on {@link DerivedPaths#TASK_HOLDERS}, a {@link NodeSource} of the aggregates' type, and its task kinds in the schema's enum
 * {@code TaskKind}.
 */
public final class TaskSource {

    private static final String TASK = "task";

    private final TypeTable<?> table;
    private final Set<String> kinds;
    private final MongoCollection<Waiting> aggregates;

    private TaskSource(TypeTable<?> table, Set<String> kinds, MongoCollection<Waiting> aggregates) {
        this.table = table;
        this.kinds = kinds;
        this.aggregates = aggregates;
    }

    /**
     * A source of tasks.
     *
     * @param collection the collection of the aggregates
     * @param kinds the aggregates' task kinds
     * @param table the aggregates' type: the tasks of those are shown that the actor may see
     */
    public static TaskSource of(
            String collection, Class<? extends Enum<?>> kinds, TypeTable<?> table, RecordCollections collections) {
        return new TaskSource(
                table,
                Arrays.stream(kinds.getEnumConstants()).map(Enum::name).collect(Collectors.toUnmodifiableSet()),
                collections.of(collection, Waiting.class));
    }

    /**
     * A task and the id of the aggregate because of which it waits; public only because the driver instantiates no other class.
     *
     * @param subject the aggregate's id
     */
    public record Waiting(@BsonId UUID subject, StoredTask task) {}

    /** The names of its task kinds. */
    public Set<String> kinds() {
        return kinds;
    }

    /** The aggregates' type in the schema. */
    String type() {
        return table.types().getFirst();
    }

    /** The global id of the aggregate because of which a task waits. */
    GlobalId subject(Waiting waiting) {
        return new GlobalId(type(), waiting.subject());
    }

    /**
     * The first tasks of these holders whose aggregate the actor may see, by position.
     *
     * @param after the position after which to start; null for the beginning
     */
    List<Waiting> find(Set<String> holders, Actor actor, @Nullable String after, int limit) {
        var stages = waiting(holders, actor, after);
        stages.add(Aggregates.sort(Sorts.ascending(TASK + ".position")));
        stages.add(Aggregates.limit(limit));
        return aggregates.aggregate(stages).batchSize(limit + 1).into(new ArrayList<>());
    }

    /** The number of tasks of these holders whose aggregate the actor may see, counted to the limit. */
    int count(Set<String> holders, Actor actor, int limit) {
        var stages = waiting(holders, actor, null);
        stages.add(Aggregates.limit(limit));
        stages.add(Aggregates.count());
        var counted = aggregates.aggregate(stages, Document.class).first();
        return counted == null ? 0 : counted.get("count", Number.class).intValue();
    }

    private List<Bson> waiting(Set<String> holders, Actor actor, @Nullable String after) {
        var wanted = new ArrayList<Bson>();
        wanted.add(Filters.in(TASK + ".holder", holders));
        // A newer node may have stored a kind for which this schema has no value.
        wanted.add(Filters.in(TASK + ".kind", kinds));
        if (after != null) {
            wanted.add(Filters.gt(TASK + ".position", after));
        }
        return new ArrayList<>(List.of(
                Aggregates.match(Filters.and(
                        Filters.in(DerivedPaths.TASK_HOLDERS, holders),
                        Filters.in(DerivedPaths.AUDIENCE, table.tokens(actor).keySet()))),
                Aggregates.project(Projections.computed(TASK, "$" + DerivedPaths.TASKS)),
                Aggregates.unwind("$" + TASK),
                Aggregates.match(Filters.and(wanted))));
    }
}
