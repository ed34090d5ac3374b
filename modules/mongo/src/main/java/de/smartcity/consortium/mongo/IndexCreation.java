package de.smartcity.consortium.mongo;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Makes the declared indexes before anything reads or writes; the service does not start without them. */
final class IndexCreation implements InitializingBean {

    private final MongoDatabaseFactory databases;
    private final List<DeclaredIndex> indexes;

    IndexCreation(MongoDatabaseFactory databases, List<DeclaredIndex> indexes) {
        this.databases = databases;
        this.indexes = indexes;
    }

    @Override
    public void afterPropertiesSet() {
        var database = databases.getMongoDatabase();
        indexes.stream()
                .collect(Collectors.groupingBy(DeclaredIndex::collection))
                .forEach((collection, declared) -> database.getCollection(collection)
                        .createIndexes(
                                declared.stream().map(DeclaredIndex::model).toList()));
    }
}
