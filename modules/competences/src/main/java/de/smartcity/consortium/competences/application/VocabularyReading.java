package de.smartcity.consortium.competences.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLookup;
import de.smartcity.consortium.competences.model.Vocabulary;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the vocabulary. */
public class VocabularyReading implements CompetenceLookup {

    /** The collection of competences. */
    public static final String COMPETENCES = "competences";

    static final String LABEL = "label";

    private final MongoCollection<StoredConcept> stored;
    private final TypeReading<StoredConcept> concepts;

    VocabularyReading(TypeTable<StoredConcept> table, RecordCollections collections, Pages pages) {
        this.stored = collections.of(COMPETENCES, StoredConcept.class);
        this.concepts = pages.of(table, stored);
    }

    /** All of it, as far as rules need it; one Mongo command. */
    public Vocabulary vocabulary() {
        return new Vocabulary(stored.find()
                .sort(Sorts.ascending("_id"))
                .projection(Projections.include("broader", "deprecatedSince", "replacedBy"))
                .batchSize(VocabularyImporter.MAX_CONCEPTS + 1)
                .map(StoredConcept::concept)
                .into(new ArrayList<>()));
    }

    /** A code that a client names. @throws BadRequest if there is no such competence */
    static CompetenceCode known(String code, Vocabulary vocabulary) {
        var parsed = CompetenceCode.parse(code);
        if (vocabulary.find(parsed).isEmpty()) {
            throw new BadRequest("There is no competence " + parsed.value() + "; see competences.");
        }
        return parsed;
    }

    @Override
    public Set<CompetenceCode> existing(Collection<CompetenceCode> codes) {
        return stored.find(Filters.in("_id", codes))
                .projection(Projections.include("_id"))
                .batchSize(codes.size() + 1)
                .map(StoredConcept::code)
                .into(new HashSet<>());
    }

    /** The competences with these codes. */
    public Map<CompetenceCode, View<StoredConcept>> find(
            Collection<CompetenceCode> codes, Actor actor, Selection selection) {
        return concepts.find("_id", codes, StoredConcept::code, actor, selection);
    }

    /**
     * A page of the competences, by their labels in the consortium's first language.
     *
     * @throws BadRequest for a text that is too long, or a cursor of another list
     */
    public Connection<View<StoredConcept>> page(
            @Nullable CompetenceFilter filter, PageRequest page, Actor actor, Selection selection) {
        var which = Objects.requireNonNullElse(filter, CompetenceFilter.NONE);
        return concepts.list(COMPETENCES, actor)
                .facet("deprecated", which.includeDeprecated() ? null : List.of(false), String::valueOf)
                .facet(
                        "area",
                        listOf(which.area()),
                        area -> AreaCode.parse(area).value())
                .facet(
                        "broader",
                        listOf(which.broader()),
                        code -> CompetenceCode.parse(code).value())
                .facet("broader", which.firstLevel() ? List.of("") : null, none -> none)
                .text(Set.of(LABEL, "alternatives"), which.text())
                .page(LABEL, false, page, selection);
    }

    private static @Nullable List<String> listOf(@Nullable String value) {
        return value == null ? null : List.of(value);
    }
}
