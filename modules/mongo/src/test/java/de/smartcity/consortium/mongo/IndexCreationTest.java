package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import de.smartcity.consortium.sandbox.TestMongo;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class IndexCreationTest {

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
        properties.add("spring.mongodb.representation.uuid", () -> "standard");
    }

    @Autowired
    private MongoTemplate template;

    @Autowired
    private MongoDatabaseFactory databases;

    @Autowired
    private IndexCreation creation;

    @Test
    void declaredIndexesExistOnceTheContextIsStarted() {
        assertThat(indexes("indexed"))
                .containsExactlyInAnyOrder(
                        new Index(List.of("_id"), false, false),
                        new Index(List.of("audience", "sort.name"), false, false),
                        new Index(List.of("alias"), true, false),
                        new Index(List.of("organisation"), true, true));
        assertThat(indexes("other"))
                .containsExactlyInAnyOrder(
                        new Index(List.of("_id"), false, false), new Index(List.of("subject", "_id"), false, false));
    }

    @Test
    void anotherStartChangesNothing() {
        var before = indexes("indexed");

        creation.afterPropertiesSet();
        creation.afterPropertiesSet();

        assertThat(indexes("indexed")).isEqualTo(before);
    }

    @Test
    void uniqueKeysCannotBeShared() {
        things().insertOne(new Document("alias", "a").append("organisation", "1"));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things().insertOne(new Document("alias", "a").append("organisation", "2")));
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things().insertOne(new Document("alias", "b").append("organisation", "1")));
    }

    @Test
    void anyNumberOfDocumentsMayLackAKeyThatIsUniqueWherePresent() {
        things().insertMany(List.of(new Document("alias", "x"), new Document("alias", "y")));

        assertThat(things().countDocuments(new Document("organisation", null))).isEqualTo(2);
    }

    @Test
    void anObsoleteIndexIsDropped() {
        var before = CollectionIndexes.of("changing").on("kind", "sort.name").unique("alias");
        var after = CollectionIndexes.of("changing")
                .on("kind", "area", "sort.name")
                .unique("alias")
                .obsolete("kind_1_sort.name_1");

        make(before);
        make(after);
        make(after);

        assertThat(indexes("changing"))
                .containsExactlyInAnyOrder(
                        new Index(List.of("_id"), false, false),
                        new Index(List.of("kind", "area", "sort.name"), false, false),
                        new Index(List.of("alias"), true, false));
    }

    @Test
    void keysOfADroppedUniqueIndexCanBeShared() {
        make(CollectionIndexes.of("shared").unique("number"));
        make(CollectionIndexes.of("shared").obsolete("number_1"));

        template.getCollection("shared").insertMany(List.of(new Document("number", 1), new Document("number", 1)));

        assertThat(indexes("shared")).containsExactly(new Index(List.of("_id"), false, false));
    }

    @Test
    void anIndexOfTheSameNameInAnotherCollectionStays() {
        make(
                CollectionIndexes.of("freed").unique("place"),
                CollectionIndexes.of("elsewhere").unique("place"));
        make(
                CollectionIndexes.of("freed").obsolete("place_1"),
                CollectionIndexes.of("elsewhere").unique("place"));

        assertThat(indexes("elsewhere")).contains(new Index(List.of("place"), true, false));
    }

    @Test
    void droppingAnIndexOfAMissingCollectionDoesNothing() {
        make(CollectionIndexes.of("absent").obsolete("alias_1"));

        assertThat(indexes("absent")).isEmpty();
    }

    @Test
    void oneModuleCannotDropAnothersIndex() {
        assertThatIllegalStateException()
                .isThrownBy(() -> make(
                        CollectionIndexes.of("disputed").unique("alias"),
                        CollectionIndexes.of("disputed").obsolete("alias_1")))
                .withMessageContaining("alias_1 of disputed");
    }

    @Test
    void anIndexIsEitherUniqueOrNot() {
        assertThatIllegalStateException()
                .isThrownBy(() -> make(
                        CollectionIndexes.of("disputed").unique("alias"),
                        CollectionIndexes.of("disputed").on("alias")))
                .withMessageContaining("alias_1 of disputed");
    }

    private void make(CollectionIndexes... declared) {
        new IndexCreation(databases, List.of(declared)).afterPropertiesSet();
    }

    private MongoCollection<Document> things() {
        return template.getCollection("indexed");
    }

    private List<Index> indexes(String collection) {
        var found = new ArrayList<Index>();
        for (var index : template.getCollection(collection).listIndexes()) {
            found.add(new Index(
                    List.copyOf(index.get("key", Document.class).keySet()),
                    index.getBoolean("unique", false),
                    index.getBoolean("sparse", false)));
        }
        return found;
    }

    private record Index(List<String> keys, boolean unique, boolean sparse) {}
}
