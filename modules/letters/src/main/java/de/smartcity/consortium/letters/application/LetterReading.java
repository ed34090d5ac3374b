package de.smartcity.consortium.letters.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.OrderDirection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.LettersInForce;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads letters as an actor sees them. */
public class LetterReading implements LettersInForce {

    /** The collection of letters. */
    public static final String LETTERS = "letters";

    private static final String PARTIES = "parties";
    private static final String CREATED_AT = "createdAt";

    private final TypeTable<StoredLetter> table;
    private final TypeReading<StoredLetter> letters;
    private final MongoCollection<StoredLetter> stored;

    LetterReading(TypeTable<StoredLetter> table, RecordCollections collections, Pages pages) {
        this.table = table;
        this.stored = collections.of(LETTERS, StoredLetter.class);
        this.letters = pages.of(table, stored);
    }

    /** How many letters this initiator is drafting or amending, counted to the limit. */
    long countDrafts(PartnerId initiator, int limit) {
        var key = Audience.keys(
                List.of(LetterAudience.OWNER.token(initiator)), "state", List.of(EditionState.DRAFT.name()));
        return stored.countDocuments(Filters.in(DerivedPaths.FACETS, key), new CountOptions().limit(limit));
    }

    /**
     * A page of the letters that the actor may see.
     *
     * @throws Forbidden for a filter by a field that is hidden from the actor
     * @throws BadRequest for a text that is too long, a malformed id, or a cursor of another list
     */
    public Connection<View<StoredLetter>> page(
            @Nullable LetterFilter filter,
            @Nullable LetterOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        var which = Objects.requireNonNullElse(filter, LetterFilter.NONE);
        var order = Objects.requireNonNullElse(orderBy, LetterOrder.NEWEST_FIRST);
        var list = letters.list(LETTERS, actor)
                .facet("state", which.states(), Enum::name)
                .facet(PARTIES, which.party() == null ? null : List.of(which.party()), LetterReading::partner)
                .facet(
                        "awaitingMyAnswer",
                        Boolean.TRUE.equals(which.awaitingMyAnswer()) ? List.of(true) : null,
                        String::valueOf)
                .text(Set.of("title"), which.text());
        if (which.endsBefore() != null) {
            // At most one edition is in force, and its last day is stored beside the letter.
            list = list.facet("state", Set.of(EditionState.IN_FORCE), Enum::name)
                    .before("endsOn", which.endsBefore());
        }
        return list.page(order.field().name, order.direction() == OrderDirection.DESC, page, selection);
    }

    private static String partner(String globalId) {
        return GlobalId.parse(globalId, "Partner").toString();
    }

    /** A page of the letters of each of these partners that the actor may see, the newest first. @throws BadRequest for a cursor with several partners */
    public Map<PartnerId, Connection<View<StoredLetter>>> ofPartners(
            Collection<PartnerId> partners, PageRequest page, Actor actor, Selection selection) {
        return letters.pagesOf(
                PARTIES, partners, partner -> partner.value().toString(), CREATED_AT, true, page, actor, selection);
    }

    /** The letters among these that the actor may see. */
    public Map<LetterId, View<StoredLetter>> find(Collection<LetterId> ids, Actor actor, Selection selection) {
        return letters.find("_id", ids, StoredLetter::id, actor, selection);
    }

    @Override
    public Optional<Set<PartnerId>> parties(LetterId letter, Actor actor) {
        return Optional.ofNullable(stored.find(Filters.and(Filters.eq("_id", letter), letters.visibleTo(actor)))
                        .projection(table.projection(Selection.NONE, List.of()))
                        .limit(1)
                        .first())
                .map(found -> ShownEdition.seenBy(found, actor).stream()
                        .map(ShownEdition::edition)
                        .filter(edition -> edition.state() == EditionState.IN_FORCE)
                        .flatMap(Edition::parties)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
