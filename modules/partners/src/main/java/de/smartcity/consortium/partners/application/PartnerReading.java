package de.smartcity.consortium.partners.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.AudienceToken;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.application.PartnerQuery.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.conversions.Bson;

/** Answers questions about partners; what the actor may not see is in no answer. */
public class PartnerReading {

    /** The collection of partners. */
    public static final String PARTNERS = "partners";

    private static final String AUDIENCE = "audience.tokens";
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_WORDS = 10;

    private final RecordCollections views;
    private final Pages pages;

    PartnerReading(RecordCollections views, Pages pages) {
        this.views = views;
        this.pages = pages;
    }

    /**
     * A page of the partners that the actor may see.
     *
     * @throws Forbidden for a filter or order by what is hidden from the actor
     * @throws BadRequest for a text that is too long, or a cursor of another list
     */
    public Connection<PartnerView> page(PartnerQuery query, PageRequest page, Actor actor, Selection selection) {
        var conditions = new ArrayList<Bson>();
        conditions.add(visibleTo(actor));
        if (query.kinds() != null) {
            conditions.add(Filters.in("kind", names(query.kinds())));
        }
        if (query.statuses() != null) {
            demandVisible(PartnerField.STATUS, actor);
            conditions.add(Filters.in("status", names(query.statuses())));
        }
        if (query.areas() != null) {
            conditions.add(Filters.in("areas", query.areas()));
        }
        if (query.identifier() != null) {
            demandVisible(PartnerField.IDENTIFIERS, actor);
            conditions.add(Filters.eq("identifierKeys", query.identifier().key()));
        }
        if (query.text() != null) {
            searched(query.text()).forEach(word -> conditions.add(Filters.eq("search", word)));
        }
        if (query.order() == Order.MEMBER_SINCE) {
            demandVisible(PartnerField.MEMBER_SINCE, actor);
        }
        Function<StoredPartner, String> sortKey = stored -> {
            var sort = Objects.requireNonNull(stored.sort());
            return Objects.requireNonNull(query.order() == Order.NAME ? sort.name() : sort.memberSince());
        };
        return pages.read(
                new Pages.Listing<>(
                        collection(),
                        Filters.and(conditions),
                        query.order().path(),
                        sortKey,
                        Function.identity(),
                        query.descending(),
                        projection(selection.ofNodes(), query.order().path()),
                        query.listName(),
                        stored -> PartnerView.of(stored, actor)),
                page,
                selection);
    }

    private static List<String> searched(String text) {
        var words = SearchText.queried(text);
        if (text.length() > LONGEST_TEXT || words.size() > MOST_WORDS) {
            throw new BadRequest("Search for at most " + MOST_WORDS + " words and " + LONGEST_TEXT + " characters.");
        }
        if (words.isEmpty()) {
            throw new BadRequest("Search for at least one letter or digit.");
        }
        return words;
    }

    /** The partner with this alias, where the actor may see it. @throws Forbidden where the actor may not look partners up by alias */
    public Optional<PartnerView> findByAlias(PartnerAlias alias, Actor actor, Selection selection) {
        var own = actor.organisation()
                .filter(organisation -> organisation.alias().equals(alias))
                .isPresent();
        if (!own) {
            demandVisible(PartnerField.ALIAS, actor);
        }
        return Optional.ofNullable(collection()
                        .find(Filters.and(Filters.eq("alias", alias), visibleTo(actor)))
                        .projection(projection(selection))
                        .limit(1)
                        .first())
                .map(stored -> PartnerView.of(stored, actor));
    }

    /** Those of these partners that the actor may see. */
    public Map<PartnerId, PartnerView> find(Collection<PartnerId> ids, Actor actor, Selection selection) {
        return found(Filters.and(Filters.in("_id", ids), visibleTo(actor)), ids.size(), actor, selection);
    }

    /** These partners as a visible object refers to them: id, name and kind even of one that is hidden otherwise. */
    public Map<PartnerId, PartnerView> findReferred(Collection<PartnerId> ids, Actor actor, Selection selection) {
        return found(Filters.in("_id", ids), ids.size(), actor, selection);
    }

    private Map<PartnerId, PartnerView> found(Bson filter, int atMost, Actor actor, Selection selection) {
        var found = new HashMap<PartnerId, PartnerView>();
        collection()
                .find(filter)
                .projection(projection(selection))
                .batchSize(atMost + 1)
                .forEach(stored -> found.put(stored.id(), PartnerView.of(stored, actor)));
        return found;
    }

    private MongoCollection<StoredPartner> collection() {
        return views.of(PARTNERS, StoredPartner.class);
    }

    /** The audience as a criterion; the predicate is {@link de.smartcity.consortium.kernel.Audience#admits}. */
    static Bson visibleTo(Actor actor) {
        return Filters.in(
                AUDIENCE, actor.tokens().stream().map(AudienceToken::text).toList());
    }

    /** Refuses to filter or order by a field that is hidden from the actor in partners other than its own. */
    private static void demandVisible(PartnerField field, Actor actor) {
        Set<Viewpoint> everywhere = EnumSet.noneOf(Viewpoint.class);
        actor.tokens().stream()
                .filter(token -> token.partner() == null)
                .map(AudienceToken::viewpoint)
                .forEach(everywhere::add);
        if (!field.isVisibleFrom(everywhere)) {
            throw new Forbidden(
                    actor.kind() == Actor.Kind.ANONYMOUS
                            ? actor.refusalToActAsOffice().orElseThrow()
                            : Refusal.hiddenField(field.schemaName()));
        }
    }

    private static Bson projection(Selection selection, String... also) {
        // What narrowing looks at comes in any case.
        var paths = new LinkedHashSet<>(List.of("audience", "status"));
        paths.addAll(List.of(also));
        for (var name : selection.names()) {
            var field = PartnerField.named(name);
            if (field != null) {
                paths.addAll(field.paths());
            }
        }
        return Projections.include(List.copyOf(paths));
    }

    private static List<String> names(Set<? extends Enum<?>> values) {
        return values.stream().<String>map(Enum::name).toList();
    }
}
