package de.smartcity.consortium.partners.application;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.Consortium;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** Answers questions about the consortium and its areas of activity, which everybody may see. */
public class ConsortiumReading implements DefaultLocale {

    static final String CONSORTIUM = "consortium";
    static final String AREAS = "areas";
    static final String PLACE = "place";
    private static final String NO_CONSORTIUM = "en";

    private final RecordCollections views;
    private final Clock clock;
    private volatile DefaultTag defaultTag = new DefaultTag(NO_CONSORTIUM, Instant.MIN);

    ConsortiumReading(RecordCollections views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    /** The consortium; empty where none has been set up. */
    public Optional<ConsortiumView> find() {
        return Optional.ofNullable(views.of(CONSORTIUM, ConsortiumView.class)
                .find(Filters.eq("_id", Consortium.ONLY))
                .limit(1)
                .first());
    }

    /** All areas of activity, in the consortium's order. */
    public List<AreaView> listAreas() {
        return views.of(AREAS, AreaView.class)
                .find()
                .sort(Sorts.ascending(PLACE))
                .into(new ArrayList<>());
    }

    /** These areas of activity. */
    public Map<AreaCode, AreaView> findAreas(Collection<AreaCode> codes) {
        var found = new HashMap<AreaCode, AreaView>();
        views.of(AREAS, AreaView.class)
                .find(Filters.in("_id", codes))
                .forEach(area -> found.put(area.areaCode(), area));
        return found;
    }

    Set<AreaCode> areaCodes() {
        return listAreas().stream().map(AreaView::areaCode).collect(Collectors.toSet());
    }

    /** Asked for every text: a consortium's languages stay, and its absence is remembered for a moment. */
    @Override
    public String tag() {
        var known = defaultTag;
        if (!clock.instant().isBefore(known.until())) {
            known = find().map(consortium -> new DefaultTag(consortium.locales().getFirst(), Instant.MAX))
                    .orElseGet(
                            () -> new DefaultTag(NO_CONSORTIUM, clock.instant().plusSeconds(1)));
            defaultTag = known;
        }
        return known.tag();
    }

    /** The consortium has been set up just now. */
    void forgetAbsence() {
        defaultTag = new DefaultTag(NO_CONSORTIUM, Instant.MIN);
    }

    private record DefaultTag(String tag, Instant until) {}

    /** The type {@code AreaOfActivity}. */
    public record AreaView(@BsonId AreaCode areaCode, LocalizedText name) {

        /** The field {@code code}. */
        public String code() {
            return areaCode.value();
        }
    }

    /** The type {@code Consortium}. */
    public record ConsortiumView(
            LocalizedText name,
            List<GoalView> goals,
            List<String> locales,
            @Nullable ContactView contact,
            @Nullable LocalDate founded,
            List<RecognitionView> recognitions) {

        /** The type {@code ConsortiumGoal}. */
        public record GoalView(LocalizedText text) {}

        /** The type {@code ConsortiumContact}. */
        public record ContactView(
                LocalizedText function,
                @Nullable String email,
                @Nullable String phone) {}

        /** The type {@code Recognition}. */
        public record RecognitionView(
                LocalizedText title,
                LocalDate date,
                @Nullable LocalizedText text) {}
    }
}
