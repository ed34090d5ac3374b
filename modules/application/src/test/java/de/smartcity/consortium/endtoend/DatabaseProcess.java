package de.smartcity.consortium.endtoend;

import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.sandbox.ChildProcess;
import de.smartcity.consortium.sandbox.EmbeddedMongo;
import de.smartcity.consortium.sandbox.Ports;
import de.smartcity.consortium.sandbox.TestMongo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database in its own process, which outlives killed services. */
final class DatabaseProcess implements AutoCloseable {

    private final String uri;
    private final @Nullable ChildProcess server;

    private DatabaseProcess(String uri, @Nullable ChildProcess server) {
        this.uri = uri;
        this.server = server;
    }

    /** @param folder for its log */
    static DatabaseProcess start(Path folder) {
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
        await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
        return new DatabaseProcess("mongodb://127.0.0.1:" + port + "/consortium", server);
    }

    String uri() {
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
