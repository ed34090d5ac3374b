package de.smartcity.consortium.consortium.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the consortium and its areas of activity. */
public class ConsortiumReading implements DefaultLocale, AreasOfActivity {

    public static final String CONSORTIUM = "consortium";
    public static final String AREAS = "areas";

    private static final String PLACE = "place";
    private static final String NO_CONSORTIUM = "en";

    private final MongoCollection<StoredConsortium> consortium;
    private final MongoCollection<StoredArea> areas;
    private final Clock clock;
    private volatile DefaultTag defaultTag = new DefaultTag(NO_CONSORTIUM, Instant.MIN);

    ConsortiumReading(RecordCollections collections, Clock clock) {
        this.consortium = collections.of(CONSORTIUM, StoredConsortium.class);
        this.areas = collections.of(AREAS, StoredArea.class);
        this.clock = clock;
    }

    /** Empty where no consortium is stored yet. */
    public Optional<StoredConsortium> find() {
        return Optional.ofNullable(consortium
                .find(Filters.eq("_id", StoredConsortium.ONLY))
                .limit(1)
                .first());
    }

    /** All areas of activity, in the consortium's order. */
    public List<StoredArea> listAreas() {
        return areas.find().sort(Sorts.ascending(PLACE)).into(new ArrayList<>());
    }

    public Map<AreaCode, StoredArea> findAreas(Collection<AreaCode> codes) {
        var found = new HashMap<AreaCode, StoredArea>();
        areas.find(Filters.in("_id", codes)).forEach(area -> found.put(area.code(), area));
        return found;
    }

    @Override
    public @Nullable List<AreaCode> areas(@Nullable List<String> codes, Violations violations) {
        return codes == null || codes.isEmpty() ? List.of() : violations.at("areas", () -> parse(codes));
    }

    private List<AreaCode> parse(List<String> codes) {
        var known = listAreas().stream().map(StoredArea::code).collect(Collectors.toSet());
        var violations = new Violations();
        var parsed = violations.each(codes, text -> {
            var code = AreaCode.parse(text);
            if (!known.contains(code)) {
                throw new RuleViolation(
                        "area.unknown", "This consortium has no area " + text + "; see areasOfActivity.");
            }
            return code;
        });
        violations.throwIfAny();
        return parsed.stream().distinct().sorted().toList();
    }

    /** Cached, because it is called for every text: a consortium's languages never change, and its absence is cached for a second. */
    @Override
    public String tag() {
        var known = defaultTag;
        if (!clock.instant().isBefore(known.until())) {
            known = find().map(found -> new DefaultTag(found.locales().getFirst(), Instant.MAX))
                    .orElseGet(
                            () -> new DefaultTag(NO_CONSORTIUM, clock.instant().plusSeconds(1)));
            defaultTag = known;
        }
        return known.tag();
    }

    /** Call when a consortium has just been stored. */
    void clearCachedAbsence() {
        defaultTag = new DefaultTag(NO_CONSORTIUM, Instant.MIN);
    }

    private record DefaultTag(String tag, Instant until) {}
}
