package de.smartcity.consortium.sandbox;

import com.github.dockerjava.api.exception.NotFoundException;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * Finds a MongoDB: the first available of a given URI, Docker, a mongod and the embedded server. One that cannot be started is skipped with a
 * message, unless it is required.
 */
final class MongoChoice {

    /** Where a MongoDB comes from, in the order in which they are tried. */
    enum Source {
        URI,
        DOCKER,
        MONGOD,
        EMBEDDED
    }

    /**
     * A running MongoDB.
     *
     * @param uri the URI of a database of this name
     * @param database the default name for a single deployment
     * @param limits the features that it lacks; empty for a real MongoDB
     */
    record Running(Source source, UnaryOperator<String> uri, String database, String limits, AutoCloseable server) {}

    private static final String IMAGE = "mongo:8.0";
    private static final String DATABASE = "consortium";
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** The source that {@code sandbox.mongo} requires; null if it leaves the choice. */
    static @Nullable Source required() {
        var required = System.getProperty("sandbox.mongo", "").toUpperCase(Locale.ROOT);
        if (required.isBlank() || required.equals("AUTO")) {
            return null;
        }
        return Arrays.stream(Source.values())
                .filter(source -> source.name().equals(required))
                .findFirst()
                .orElseThrow(() -> new SandboxFailure("-Dsandbox.mongo takes auto, uri, docker, mongod or embedded"));
    }

    private static final Pattern VERSION = Pattern.compile("db version v(\\d+)\\.");
    private static final Pattern URI_PARTS =
            Pattern.compile("(?<server>mongodb(?:\\+srv)?://[^/?]+)(?:/(?<database>[^?]*))?(?<options>\\?.*)?");
    private static final int MIN_VERSION = 7;

    private final Path data;
    private final int port;
    private final @Nullable String givenUri;
    private final @Nullable String givenMongod;
    private final Consumer<String> progress;

    /** @param port for a mongod or the embedded server; 0 for any */
    MongoChoice(
            Path data, int port, @Nullable String givenUri, @Nullable String givenMongod, Consumer<String> progress) {
        this.data = data;
        this.port = port;
        this.givenUri = givenUri;
        this.givenMongod = givenMongod;
        this.progress = progress;
    }

    /** @param required the only source to try; null to use the first that works */
    Running choose(@Nullable Source required) {
        if (required != null) {
            return start(required);
        }
        for (var source : Source.values()) {
            try {
                return start(source);
            } catch (SandboxFailure reason) {
                progress.accept("MongoDB: " + source + " skipped: " + reason.getMessage());
            }
        }
        throw new SandboxFailure("No MongoDB could be started, not even the embedded one");
    }

    Running start(Source source) {
        return switch (source) {
            case URI -> given();
            case DOCKER -> docker();
            case MONGOD -> mongod();
            case EMBEDDED -> embedded();
        };
    }

    private Running given() {
        if (givenUri == null || givenUri.isBlank()) {
            throw new SandboxFailure("none is given (-Dsandbox.mongo.uri or MONGODB_URI)");
        }
        try {
            var given = new ConnectionString(givenUri);
            var settings = MongoClientSettings.builder()
                    .applyConnectionString(given)
                    .applyToClusterSettings(
                            cluster -> cluster.serverSelectionTimeout(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
                    .build();
            try (var client = MongoClients.create(settings)) {
                client.getDatabase("admin").runCommand(new Document("ping", 1));
            }
            return new Running(
                    Source.URI,
                    database -> withDatabase(givenUri, database),
                    Optional.ofNullable(given.getDatabase()).orElse(DATABASE),
                    "",
                    () -> {});
        } catch (IllegalArgumentException | MongoException failed) {
            throw new SandboxFailure("the given server does not answer: " + failed.getMessage(), failed);
        }
    }

    /** The URI with another database; the credentials are still checked in the original one. */
    static String withDatabase(String uri, String database) {
        var parts = URI_PARTS.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a MongoDB URI");
        }
        var options = Optional.ofNullable(parts.group("options")).orElse("");
        var own = Optional.ofNullable(parts.group("database")).orElse("");
        if (parts.group("server").contains("@")
                && !options.toLowerCase(Locale.ROOT).contains("authsource=")) {
            options += (options.isEmpty() ? "?" : "&") + "authSource=" + (own.isEmpty() ? "admin" : own);
        }
        return parts.group("server") + "/" + database + options;
    }

    private Running docker() {
        if (!engineAnswers()) {
            throw new SandboxFailure("no Docker engine answers");
        }
        try {
            pull();
            var container = new MongoDBContainer(IMAGE).withReplicaSet();
            if (port != 0) {
                container.withFileSystemBind(data.resolve("mongo-docker").toString(), "/data/db", BindMode.READ_WRITE);
            }
            container.start();
            return new Running(Source.DOCKER, container::getReplicaSetUrl, DATABASE, "", container);
        } catch (RuntimeException failed) {
            throw new SandboxFailure("the engine cannot start " + IMAGE + ": " + firstLine(failed), failed);
        }
    }

    /** Testcontainers retries for long when no registry is reachable, and its timeout is too short for slow ones. */
    private void pull() {
        var docker = DockerClientFactory.instance().client();
        try {
            docker.inspectImageCmd(IMAGE).exec();
        } catch (NotFoundException absent) {
            progress.accept("MongoDB: pulling " + IMAGE + " (once)");
            try {
                docker.pullImageCmd(IMAGE).start().awaitCompletion();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new SandboxFailure("Interrupted", stopped);
            }
        }
    }

    private static String firstLine(RuntimeException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    /** Checked first, because Testcontainers searches long for an engine and logs much. */
    private static boolean engineAnswers() {
        var host = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
        try {
            if (host.startsWith("unix://")) {
                try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    return socket.connect(UnixDomainSocketAddress.of(host.substring("unix://".length())));
                }
            }
            var uri = java.net.URI.create(host);
            try (var socket = SocketChannel.open()) {
                socket.socket().connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 1_000);
                return true;
            }
        } catch (IOException | RuntimeException none) {
            return false;
        }
    }

    private Running mongod() {
        var binary = findMongod().orElseThrow(() -> new SandboxFailure("no mongod on the PATH or in MONGOD"));
        var version = version(binary);
        if (version < MIN_VERSION) {
            throw new SandboxFailure(binary + " is version " + version + "; this needs " + MIN_VERSION + " or newer");
        }
        var chosen = port == 0 ? Ports.free() : port;
        try {
            Files.createDirectories(data.resolve("mongod"));
        } catch (IOException failed) {
            throw new SandboxFailure("The data folder cannot be created", failed);
        }
        var child = ChildProcess.start(
                "mongod",
                data.resolve("logs/mongod.log"),
                Map.of(),
                List.of(
                        binary,
                        "--dbpath",
                        data.resolve("mongod").toString(),
                        "--bind_ip",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(chosen),
                        "--replSet",
                        "sandbox"));
        try {
            initiate(child, chosen);
        } catch (RuntimeException failed) {
            child.close();
            throw failed;
        }
        return new Running(
                Source.MONGOD,
                database -> "mongodb://127.0.0.1:" + chosen + "/" + database + "?replicaSet=sandbox",
                DATABASE,
                "",
                child);
    }

    private static void initiate(ChildProcess child, int port) {
        var direct = "mongodb://127.0.0.1:" + port + "/?directConnection=true&serverSelectionTimeoutMS=1000";
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until && child.isAlive()) {
            try (var client = MongoClients.create(direct)) {
                var admin = client.getDatabase("admin");
                try {
                    admin.runCommand(new Document(
                            "replSetInitiate",
                            new Document("_id", "sandbox")
                                    .append(
                                            "members",
                                            List.of(new Document("_id", 0).append("host", "127.0.0.1:" + port)))));
                } catch (MongoCommandException already) {
                    // 23: already initiated.
                    if (already.getErrorCode() != 23) {
                        throw new SandboxFailure("The replica set cannot be initiated", already);
                    }
                }
                if (Boolean.TRUE.equals(
                        admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary"))) {
                    return;
                }
            } catch (MongoException notYet) {
                ChildProcess.pause(200);
            }
            ChildProcess.pause(200);
        }
        throw new SandboxFailure("mongod did not become a writable replica set within a minute");
    }

    private Optional<String> findMongod() {
        if (givenMongod != null && !givenMongod.isBlank()) {
            return Optional.of(givenMongod);
        }
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static int version(String binary) {
        try {
            var process = new ProcessBuilder(binary, "--version")
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var found = VERSION.matcher(output);
            if (!found.find()) {
                throw new SandboxFailure(binary + " does not print its version");
            }
            return Integer.parseInt(found.group(1));
        } catch (IOException failed) {
            throw new SandboxFailure(binary + " cannot be run: " + failed.getMessage(), failed);
        }
    }

    private Running embedded() {
        Path file = null;
        if (port != 0) {
            file = data.resolve("mongo-embedded.h2");
            try {
                Files.createDirectories(data);
            } catch (IOException failed) {
                throw new SandboxFailure("The data folder cannot be created", failed);
            }
        }
        var server = EmbeddedMongo.start(file, port);
        return new Running(Source.EMBEDDED, server::uri, DATABASE, EmbeddedMongo.LIMITS, server);
    }
}
