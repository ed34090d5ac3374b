package de.smartcity.consortium.files.mongo;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileContents;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.StoredValues;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The collection {@code files}, and the bucket of their bytes. */
@Configuration(proxyBeanMethods = false)
class FileCollections {

    @Bean
    static StoredValues fileValues() {
        return new StoredValues(List.of(FileId.class));
    }

    @Bean
    FileContents fileContents(MongoDatabaseFactory databases) {
        return new GridFsContents(databases);
    }

    @Bean
    CollectionIndexes fileIndexes() {
        return CollectionIndexes.of(FileReading.FILES)
                .on("owner", "counted")
                .on("claim.aggregate")
                .on("dueAt");
    }

    /** As GridFS demands. */
    @Bean
    CollectionIndexes fileChunkIndexes() {
        return CollectionIndexes.of(GridFsContents.BUCKET + ".chunks").unique("files_id", "n");
    }
}
