package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts everything on 127.0.0.1 and runs until it is stopped. Settings are system properties:
 *
 * <ul>
 *   <li>{@code sandbox.port} (8080), {@code sandbox.keycloak.port} (8180), {@code sandbox.mongo.port} (27117)
 *   <li>{@code sandbox.mongo}: uri, docker, mongod or embedded, to require that MongoDB
 *   <li>{@code sandbox.mongo.uri} or the environment's {@code MONGODB_URI}; {@code sandbox.mongod} or {@code MONGOD}
 *   <li>{@code sandbox.issuer} with {@code sandbox.organisations}: a Keycloak realm of your own, and a file alias=organisation id
 *   <li>{@code sandbox.fresh}: true to delete the data of earlier starts
 * </ul>
 */
public final class Sandbox {

    private final Path root = Path.of(KeycloakServer.required("consortium.root"));
    private final Path folder = root.resolve(".sandbox");
    private final Path data = folder.resolve("data");
    private final Path logs = folder.resolve("logs");
    private final int port = port("sandbox.port", 8080);
    private final int keycloakPort = port("sandbox.keycloak.port", 8180);
    private final int mongoPort = port("sandbox.mongo.port", 27117);
    private final @Nullable String issuer = setting("sandbox.issuer");
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private Sandbox() {}

    /** Argument: the service's jar. */
    public static void main(String[] arguments) throws InterruptedException {
        var sandbox = new Sandbox();
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::stop));
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        try {
            sandbox.start(Path.of(arguments[0]));
        } catch (SandboxFailure failure) {
            System.err.println("The sandbox cannot start: " + failure.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private void start(Path jar) {
        Ports.requireFree(port, "sandbox.port");
        if (issuer == null) {
            Ports.requireFree(keycloakPort, "sandbox.keycloak.port");
        }
        Ports.requireFree(mongoPort, "sandbox.mongo.port");
        if (Boolean.getBoolean("sandbox.fresh")) {
            log("Deleting the data of earlier starts");
            delete(data);
        }

        var mongo = new MongoChoice(
                        data,
                        mongoPort,
                        or(setting("sandbox.mongo.uri"), System.getenv("MONGODB_URI")),
                        or(setting("sandbox.mongod"), System.getenv("MONGOD")),
                        this::log)
                .choose(MongoChoice.required());
        running.push(mongo.server());
        log("MongoDB: " + mongo.source().name().toLowerCase(Locale.ROOT)
                + (mongo.limits().isEmpty() ? "" : " (" + mongo.limits() + ")"));

        var realm = issuer != null ? issuer : "http://127.0.0.1:" + keycloakPort + "/realms/" + Realm.NAME;
        if (issuer == null) {
            var home = KeycloakServer.prepare(folder, this::log);
            log("Keycloak: starting on port " + keycloakPort);
            running.push(KeycloakServer.start(
                    home,
                    data,
                    logs.resolve("keycloak.log"),
                    keycloakPort,
                    Realm.derive(root.resolve("config/keycloak")),
                    ProcessHandle.current().pid()));
        }

        log("Service: starting on port " + port + " and loading the Duisburg consortium");
        running.push(startService(jar, mongo.uri().apply(mongo.database()), realm));
        System.out.println(ready(realm));
    }

    private ChildProcess startService(Path jar, String mongoUri, String realm) {
        var environment = new HashMap<String, String>();
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SPRING_MONGODB_URI", mongoUri);
        environment.put("CONSORTIUM_ISSUER", realm);
        environment.put("CONSORTIUM_CURSORKEYS", cursorKey());
        environment.put(
                "CONSORTIUM_DATA_FOLDER",
                root.resolve("config/consortium/duisburg").toString());
        environment.put(
                "CONSORTIUM_DATA_VOCABULARY",
                root.resolve("config/consortium/competences.yaml").toString());
        environment.put("CONSORTIUM_DATA_DEMONSTRATION", "true");
        environment.put(
                "CONSORTIUM_DATA_ORGANISATIONS",
                or(
                        setting("sandbox.organisations"),
                        root.resolve("config/keycloak/sandbox/organisations.properties")
                                .toString()));
        return ChildProcess.java(
                        "The service",
                        logs.resolve("service.log"),
                        environment,
                        List.of("@" + root.resolve("config/jvm.options"), "-jar", jar.toString()))
                .awaitOk(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"), Duration.ofMinutes(2));
    }

    /** Kept in a file, so that cursors stay valid after a restart. */
    private String cursorKey() {
        var file = data.resolve("cursor-key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(data);
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file);
        } catch (IOException failed) {
            throw new SandboxFailure("The data folder cannot be written", failed);
        }
    }

    private String ready(String realm) {
        var graphQl = "http://127.0.0.1:" + port + "/graphql";
        var ready = """

                Ready. Ctrl-C stops everything; the data stays in .sandbox (-Dsandbox.fresh=true deletes it).

                  GraphQL    %s
                  Keycloak   %s
                """.formatted(graphQl, realm);
        if (issuer != null) {
            return ready + "  Accounts   those of that realm\n";
        }
        return ready + """
                  Console    http://127.0.0.1:%d/admin   (admin / sandbox)
                  Accounts   viewer@ editor@ signatory@ admin@ALIAS.sandbox, office@consortium.sandbox,
                             liaison@consortium.sandbox (ude and ims); password sandbox
                  Aliases    duisburg ude ims huawei utilities recycling housing chamber employers economy harbour tourism
                  Apps       ALIAS-app, secret sandbox

                Try it:

                  TOKEN=$(curl -s %s/protocol/openid-connect/token -d grant_type=password -d client_id=sandbox-cli \\
                    -d username=editor@ude.sandbox -d password=sandbox --data-urlencode 'scope=openid organization:*' \\
                    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

                  curl -s %s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                    -d '{"query":"{ viewer { organisation { alias roles } } partners(first: 20) { totalCount nodes { name(locale: \\"en\\") kind } } }"}'
                """.formatted(keycloakPort, realm, graphQl);
    }

    private synchronized void stop() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failed) {
                System.err.println("Something did not stop: " + failed.getMessage());
            }
        }
    }

    private void log(String line) {
        System.out.println("[sandbox] " + line);
    }

    private static @Nullable String setting(String property) {
        var value = System.getProperty(property);
        return value == null || value.isBlank() ? null : value;
    }

    private static int port(String property, int otherwise) {
        var value = setting(property);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second == null ? "" : second;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new SandboxFailure("The data folder cannot be deleted", failed);
        }
    }
}
