package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database for tests in its own process, which outlives killed nodes. */
public final class DatabaseProcess implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 600;

    private final String uri;
    private final @Nullable ChildProcess server;

    private DatabaseProcess(String uri, @Nullable ChildProcess server) {
        this.uri = uri;
        this.server = server;
    }

    /** Starts one, unless the tests use a real MongoDB. @param folder for its log */
    public static DatabaseProcess start(Path folder) {
        if (TestMongo.isReal()) {
            return new DatabaseProcess(TestMongo.newDatabase(), null);
        }
        var port = Ports.free();
        var server = ChildProcess.java(
                "MongoDB",
                folder.resolve("mongo.log"),
                Map.of(),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedMongo.class.getName(),
                        String.valueOf(port)));
        for (var attempt = 0; !answers(port); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new SandboxFailure("MongoDB did not start; see " + folder);
            }
            ChildProcess.pause(50);
        }
        return new DatabaseProcess("mongodb://127.0.0.1:" + port + "/consortium", server);
    }

    /** The URI of its database, which no other test uses. */
    public String uri() {
        return uri;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
