package de.smartcity.consortium.sandbox;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A MongoDB server inside this process, for machines without one, with {@link #LIMITS}. */
public final class EmbeddedMongo implements AutoCloseable {

    static final String LIMITS =
            "no transactions, no change streams, only unique indexes; a killed process may lose" + " the last second";

    private final MongoServer server;
    private final int port;

    private EmbeddedMongo(MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a server. @param file its data file; null for memory only @param port 0 for any */
    public static EmbeddedMongo start(@Nullable Path file, int port) {
        var server = new MongoServer(file == null ? new MemoryBackend() : new H2Backend(file.toString()));
        server.bind("127.0.0.1", port);
        return new EmbeddedMongo(server, server.getLocalAddress().getPort());
    }

    /** The URI of a database in it. */
    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Runs a server in memory until the process is killed. Argument: the port. For tests that kill the service but not its database. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var mongo = start(null, Integer.parseInt(arguments[0]))) {
            System.out.println(mongo.uri(""));
            Thread.currentThread().join();
        }
    }
}
