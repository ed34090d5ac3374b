package de.smartcity.consortium.files.mongo;

import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.model.GridFSUploadOptions;
import com.mongodb.client.model.Filters;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileContents;
import java.io.InputStream;
import org.bson.BsonBinary;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Stores bytes in GridFS. */
final class GridFsContents implements FileContents {

    static final String BUCKET = "fileContents";

    /** A transfer has a few of them in memory. */
    private static final int CHUNK_SIZE = 64 * 1024;

    /** At once; without it, the first hundred are read for a client that may be slow. */
    private static final int CHUNKS_READ = 4;

    private final MongoDatabaseFactory databases;

    GridFsContents(MongoDatabaseFactory databases) {
        this.databases = databases;
    }

    /** Has what is left of the request's deadline. */
    private GridFSBucket bucket() {
        return GridFSBuckets.create(databases.getMongoDatabase(), BUCKET);
    }

    @Override
    public void write(FileId file, InputStream bytes) {
        bucket().uploadFromStream(
                        id(file), file.value().toString(), bytes, new GridFSUploadOptions().chunkSizeBytes(CHUNK_SIZE));
    }

    @Override
    public InputStream read(FileId file) {
        return bucket().openDownloadStream(id(file)).batchSize(CHUNKS_READ);
    }

    /** Not by the bucket, which refuses a file of which only chunks are there. */
    @Override
    public void remove(FileId file) {
        var database = databases.getMongoDatabase();
        database.getCollection(BUCKET + ".files").deleteOne(Filters.eq("_id", id(file)));
        database.getCollection(BUCKET + ".chunks").deleteMany(Filters.eq("files_id", id(file)));
    }

    private static BsonBinary id(FileId file) {
        return new BsonBinary(file.value());
    }
}
