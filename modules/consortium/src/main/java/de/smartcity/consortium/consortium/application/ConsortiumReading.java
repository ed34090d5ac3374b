package de.smartcity.consortium.consortium.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the consortium and its areas of activity. */
public class ConsortiumReading implements DefaultLocale, Languages, ConsortiumZone, AreasOfActivity {

    public static final String CONSORTIUM = "consortium";
    public static final String AREAS = "areas";

    private static final int MAX_AREAS = 100;
    private static final String PLACE = "place";
    private static final String DEFAULT_LOCALE = "en";
    private static final Settled UNKNOWN = Settled.unknown(Instant.MIN);

    private final MongoCollection<StoredConsortium> consortium;
    private final MongoCollection<StoredArea> areas;
    private final Clock clock;
    private volatile Settled settled = UNKNOWN;

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
        if (codes.size() > MAX_AREAS) {
            throw new RuleViolation("areas.many", "Give at most " + MAX_AREAS + " areas.");
        }
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

    @Override
    public String tag() {
        return settled().tag();
    }

    @Override
    public int maxLanguages() {
        return settled().languages().maxLanguages();
    }

    @Override
    public ZoneId zone() {
        return settled().zone();
    }

    /**
     * Cached, because languages are needed for every text: a consortium's languages and time zone never change, and its absence is cached for a
     * second.
     */
    private Settled settled() {
        var known = settled;
        if (!clock.instant().isBefore(known.until())) {
            known = find().map(Settled::of)
                    .orElseGet(() -> Settled.unknown(clock.instant().plusSeconds(1)));
            settled = known;
        }
        return known;
    }

    /** Call when a consortium has just been stored. */
    void clearCachedAbsence() {
        settled = UNKNOWN;
    }

    /** What never changes of a consortium. */
    private record Settled(String tag, Languages languages, ZoneId zone, Instant until) {

        static Settled of(StoredConsortium found) {
            var locales = found.locales();
            return new Settled(locales.getFirst(), Languages.of(locales), ZoneId.of(found.timeZone()), Instant.MAX);
        }

        static Settled unknown(Instant until) {
            return new Settled(DEFAULT_LOCALE, Languages.of(List.of()), ZoneOffset.UTC, until);
        }
    }
}
