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
 * Finds a MongoDB: the first that is there of a URI that was given, Docker, a mongod and the embedded server. One that is there but cannot be
 * started is passed over with its reason, unless it was demanded.
 */
final class MongoChoice {

    /** The ways to a MongoDB, in the order in which they are tried. */
    enum Way {
        URI,
        DOCKER,
        MONGOD,
        EMBEDDED
    }

    /**
     * A MongoDB that runs.
     *
     * @param uri the URI of a database of this name
     * @param database the name to use where one deployment is all that it holds
     * @param limits what it cannot do; empty for a real one
     */
    record Running(Way way, UnaryOperator<String> uri, String database, String limits, AutoCloseable server) {}

    private static final String IMAGE = "mongo:8.0";
    private static final String DATABASE = "consortium";
    private static final int ANSWERS_WITHIN_MILLIS = 5_000;

    /** The way that {@code sandbox.mongo} demands; absent where it leaves the choice. */
    static @Nullable Way demanded() {
        var demanded = System.getProperty("sandbox.mongo", "").toUpperCase(Locale.ROOT);
        if (demanded.isBlank() || demanded.equals("AUTO")) {
            return null;
        }
        return Arrays.stream(Way.values())
                .filter(way -> way.name().equals(demanded))
                .findFirst()
                .orElseThrow(() -> new SandboxFailure("-Dsandbox.mongo takes auto, uri, docker, mongod or embedded"));
    }

    private static final Pattern VERSION = Pattern.compile("db version v(\\d+)\\.");
    private static final Pattern URI_PARTS =
            Pattern.compile("(?<server>mongodb(?:\\+srv)?://[^/?]+)(?:/(?<database>[^?]*))?(?<options>\\?.*)?");
    private static final int OLDEST = 7;

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

    /** @param demanded the only way to take; absent to take the first that goes */
    Running choose(@Nullable Way demanded) {
        if (demanded != null) {
            return start(demanded);
        }
        for (var way : Way.values()) {
            try {
                return start(way);
            } catch (SandboxFailure reason) {
                progress.accept("MongoDB: not by " + way + ": " + reason.getMessage());
            }
        }
        throw new SandboxFailure("There is no MongoDB, not even the embedded one");
    }

    Running start(Way way) {
        return switch (way) {
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
                            cluster -> cluster.serverSelectionTimeout(ANSWERS_WITHIN_MILLIS, TimeUnit.MILLISECONDS))
                    .build();
            try (var client = MongoClients.create(settings)) {
                client.getDatabase("admin").runCommand(new Document("ping", 1));
            }
            return new Running(
                    Way.URI,
                    database -> withDatabase(givenUri, database),
                    Optional.ofNullable(given.getDatabase()).orElse(DATABASE),
                    "",
                    () -> {});
        } catch (IllegalArgumentException | MongoException failed) {
            throw new SandboxFailure("the given one does not answer: " + failed.getMessage(), failed);
        }
    }

    /** The URI with this database instead of its own; whoever signs in still does so where it did. */
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
            return new Running(Way.DOCKER, container::getReplicaSetUrl, DATABASE, "", container);
        } catch (RuntimeException failed) {
            throw new SandboxFailure("the engine cannot start " + IMAGE + ": " + firstLine(failed), failed);
        }
    }

    /** By ourselves, since Testcontainers tries again and again where the engine reaches no registry, and gives a slow one too little time. */
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

    /** Asked first, because Testcontainers looks for an engine long and loudly. */
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
        if (version < OLDEST) {
            throw new SandboxFailure(binary + " is version " + version + "; this needs " + OLDEST + " or newer");
        }
        var chosen = port == 0 ? Ports.free() : port;
        try {
            Files.createDirectories(data.resolve("mongod"));
        } catch (IOException failed) {
            throw new SandboxFailure("The data folder cannot be made", failed);
        }
        var child = Child.start(
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
                Way.MONGOD,
                database -> "mongodb://127.0.0.1:" + chosen + "/" + database + "?replicaSet=sandbox",
                DATABASE,
                "",
                child);
    }

    private static void initiate(Child child, int port) {
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
                    // 23: it was initiated by an earlier start.
                    if (already.getErrorCode() != 23) {
                        throw new SandboxFailure("The replica set cannot be initiated", already);
                    }
                }
                if (Boolean.TRUE.equals(
                        admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary"))) {
                    return;
                }
            } catch (MongoException notYet) {
                Child.pause(200);
            }
            Child.pause(200);
        }
        throw new SandboxFailure("mongod is no writable replica set after a minute");
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
                throw new SandboxFailure(binary + " does not tell its version");
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
                throw new SandboxFailure("The data folder cannot be made", failed);
            }
        }
        var server = EmbeddedMongo.start(file, port);
        return new Running(Way.EMBEDDED, server::uri, DATABASE, EmbeddedMongo.LIMITS, server);
    }
}
