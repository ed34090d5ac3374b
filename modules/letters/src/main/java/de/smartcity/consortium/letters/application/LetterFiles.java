package de.smartcity.consortium.letters.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** Says who sees the files of letters: whoever sees the field of the edition that shows them. */
class LetterFiles implements FileOwner {

    static final String KIND = "LetterOfIntent";

    /** The path of all files of a letter. */
    static final String FILES = "files";

    private static final List<String> SHOWN =
            List.of("editions.terms.document", "editions.terms.annexes", "editions.answers");

    private final TypeTable<StoredLetter> table;
    private final MongoCollection<StoredLetter> letters;
    private final MongoCollection<Attached> attached;

    /** The files of a letter; public only because the driver instantiates no other class. */
    public record Attached(@BsonId LetterId id, @Nullable List<FileId> files) {}

    LetterFiles(TypeTable<StoredLetter> table, RecordCollections collections) {
        this.table = table;
        this.letters = collections.of(LetterReading.LETTERS, StoredLetter.class);
        this.attached = collections.of(LetterReading.LETTERS, Attached.class);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<FileId> visible(Collection<FileId> files, Actor actor) {
        var visible = new HashSet<FileId>();
        letters.find(Filters.and(
                        Filters.in(FILES, files),
                        Filters.in(DerivedPaths.AUDIENCE, table.tokens(actor).keySet())))
                .projection(table.projection(Selection.NONE, SHOWN))
                .batchSize(files.size() + 1)
                .forEach(letter -> ShownEdition.seenBy(letter, actor)
                        .forEach(edition -> shown(edition, actor).forEach(visible::add)));
        visible.retainAll(Set.copyOf(files));
        return visible;
    }

    private static Stream<FileId> shown(ShownEdition shown, Actor actor) {
        if (shown.isSeenFromInside(actor)) {
            return shown.edition().files();
        }
        return shown.showsText(actor)
                ? Stream.ofNullable(shown.edition().terms().document())
                : Stream.of();
    }

    @Override
    public Set<FileId> referred(UUID aggregate) {
        var letter = attached.find(Filters.eq("_id", aggregate))
                .projection(Projections.include(FILES))
                .limit(1)
                .first();
        return letter == null || letter.files() == null ? Set.of() : Set.copyOf(letter.files());
    }
}
