package de.smartcity.consortium.benchmarks;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.conversions.Bson;

/**
 * The commands that the service sends to MongoDB for the benchmark's queries, and what it reads of the results. All knowledge of stored data is
 * here: it must follow the service, and the benchmark fails if it does not, since it compares the commands.
 */
final class Commands {

    private static final String ALIAS = "alias";
    private static final String AUDIENCE = "derived.audience.tokens";
    private static final String ORDER = "derived.sort.name";
    private static final String LANGUAGE = "de";
    private static final UUID NONE = new UUID(0, 0);
    private static final int PAGE = 20;
    private static final int ACTIVITIES = 3;
    private static final int MAX_TOTAL = 10_000;

    /** The projections of the queries, in the service's order. */
    private static final Bson PARTNERS_WITH_AREAS =
            Projections.include(AUDIENCE, "status", ORDER, "profile.name", "profile.kind", "profile.areas");

    private static final Bson PARTNERS_WITH_ACTIVITY =
            Projections.include(AUDIENCE, "status", ORDER, "profile.name", "_id");

    private static final StoredFields<Partner> PARTNER = new StoredFields<>(Partner.class, Partner::new)
            .at("_id", (partner, value) -> partner.id = value.uuid())
            .at("profile.name.texts." + LANGUAGE, (partner, value) -> partner.name = value.string())
            .at("profile.kind", (partner, value) -> partner.kind = value.string())
            .at("profile.areas", (partner, value) -> partner.areas = value.strings());

    private static final StoredFields<Area> AREA = new StoredFields<>(Area.class, Area::new)
            .at("_id", (area, value) -> area.code = value.string())
            .at("name.texts." + LANGUAGE, (area, value) -> area.name = value.string());

    private static final StoredFields<Event> EVENT =
            new StoredFields<>(Event.class, Event::new).at("type", (event, value) -> event.type = value.string());

    private static final StoredFields<Activity> ACTIVITY = new StoredFields<>(Activity.class, Activity::new)
            .at("_id", (activity, value) -> activity.subject = value.uuid())
            .at("activity", (activity, value) -> activity.events = value.documents(EVENT));

    private final MongoCollection<Partner> partners;
    private final MongoCollection<Area> areas;
    private final MongoCollection<Activity> activity;

    Commands(MongoDatabase database) {
        var known = database.withCodecRegistry(CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(PARTNER, AREA, ACTIVITY), MongoClientSettings.getDefaultCodecRegistry()));
        this.partners = known.getCollection("partners", Partner.class);
        this.areas = known.getCollection("areas", Area.class);
        this.activity = known.getCollection("partners", Activity.class);
    }

    static final class Partner {
        UUID id = NONE;
        String name = "";
        String kind = "";
        List<String> areas = List.of();
    }

    static final class Area {
        String code = "";
        String name = "";
    }

    static final class Activity {
        UUID subject = NONE;
        List<Event> events = List.of();
    }

    static final class Event {
        String type = "";
    }

    Bson visibleToMember(String alias) {
        var member = partners.find(Filters.eq(ALIAS, alias)).limit(1).first();
        if (member == null) {
            throw new IllegalStateException("No partner has the alias " + alias);
        }
        return visibleTo(List.of("consortium", "own:" + member.id));
    }

    Bson visibleToOffice() {
        return visibleTo(List.of("office"));
    }

    private static Bson visibleTo(List<String> tokens) {
        return Filters.and(Filters.in(AUDIENCE, tokens)).toBsonDocument();
    }

    List<Partner> partnersWithAreas(Bson visible) {
        return page(visible, PARTNERS_WITH_AREAS);
    }

    List<Partner> partnersWithActivity(Bson visible) {
        return page(visible, PARTNERS_WITH_ACTIVITY);
    }

    /** Reads one more than a page, as the service does for hasNextPage. */
    private List<Partner> page(Bson visible, Bson projection) {
        var found = partners.find(visible)
                .sort(Sorts.ascending(ORDER))
                .projection(projection)
                .limit(PAGE + 1)
                .batchSize(PAGE + 2)
                .into(new ArrayList<>(PAGE + 1));
        return found.size() > PAGE ? found.subList(0, PAGE) : found;
    }

    long total(Bson visible) {
        return partners.countDocuments(visible, new CountOptions().limit(MAX_TOTAL + 1));
    }

    /** Names by code. */
    Map<String, String> areaNames(Collection<String> codes) {
        var names = new HashMap<String, String>();
        areas.find(Filters.in("_id", codes)).forEach(area -> names.put(area.code, area.name));
        return names;
    }

    /** The latest events of each of these partners. */
    Map<UUID, List<Event>> activity(List<UUID> subjects) {
        var found = new HashMap<UUID, List<Event>>();
        activity.aggregate(List.of(
                        Aggregates.match(Filters.in("_id", subjects)),
                        Aggregates.project(Projections.include("_id")),
                        Aggregates.lookup(
                                "activity",
                                List.of(new Variable<>("of", "$_id")),
                                List.of(
                                        Aggregates.match(Filters.and(
                                                Filters.expr(new Document("$eq", List.of("$subject", "$$of"))),
                                                Filters.eq("kind", "Partner"),
                                                Filters.in("audience.tokens", List.of("office")))),
                                        Aggregates.sort(new Document("_id", -1)),
                                        Aggregates.limit(ACTIVITIES + 1),
                                        Aggregates.project(
                                                Projections.include("_id", "event", "kind", "audience", "type"))),
                                "activity")))
                .forEach(one -> found.put(
                        one.subject, one.events.size() > ACTIVITIES ? one.events.subList(0, ACTIVITIES) : one.events));
        return found;
    }
}
