package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * A real Keycloak for tests: one for a whole build, started by the first test that needs it and stopped with the build. A test that changes
 * the realm must create its own organisations and accounts.
 */
public final class TestKeycloak {

    private static final String ALL_ORGANISATIONS = "openid organization:*";

    private final String url;

    private TestKeycloak(String url) {
        this.url = url;
    }

    /** The build's Keycloak, started on first use; that takes 15 seconds, and half a minute more the first time. */
    public static TestKeycloak shared() {
        return Shared.KEYCLOAK;
    }

    private static final class Shared {
        static final TestKeycloak KEYCLOAK = find();
    }

    private static TestKeycloak find() {
        var root = Path.of(KeycloakServer.required("consortium.root"));
        var sandbox = root.resolve(".sandbox");
        var folder = sandbox.resolve("test");
        var build = build();
        try {
            Files.createDirectories(folder);
            // Test processes of one build may run concurrently.
            try (var lock = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
                    var held = lock.getChannel().lock()) {
                var realm = Realm.derive(root.resolve("config/keycloak"));
                var state = folder.resolve("keycloak.properties");
                var known = new Properties();
                if (held.isValid() && Files.exists(state)) {
                    try (var reader = Files.newBufferedReader(state)) {
                        known.load(reader);
                    }
                }
                var id = build.pid() + " " + build.info().startInstant().orElse(null) + " " + realm.hashCode();
                if (id.equals(known.getProperty("build"))
                        && ChildProcess.isOk(URI.create(known.getProperty("url") + "/realms/" + Realm.NAME))) {
                    return new TestKeycloak(known.getProperty("url"));
                }
                var home = KeycloakServer.prepare(sandbox, System.out::println);
                var port = Ports.free();
                var data = Files.createTempDirectory(folder, "keycloak");
                KeycloakServer.start(home, data, folder.resolve("keycloak.log"), port, realm, build.pid());
                known.setProperty("build", id);
                known.setProperty("url", "http://127.0.0.1:" + port);
                try (var writer = Files.newBufferedWriter(state)) {
                    known.store(writer, null);
                }
                return new TestKeycloak(known.getProperty("url"));
            }
        } catch (IOException failed) {
            throw new SandboxFailure("The tests' Keycloak could not be started", failed);
        }
    }

    /** The process of the build or the IDE: the outermost Java ancestor of this process. */
    private static ProcessHandle build() {
        var build = ProcessHandle.current();
        for (var parent = build.parent();
                parent.isPresent();
                parent = parent.get().parent()) {
            if (parent.get().info().command().orElse("").endsWith("java")) {
                build = parent.get();
            }
        }
        return build;
    }

    /** Such as {@code http://127.0.0.1:41234}. */
    public String baseUrl() {
        return url;
    }

    public String issuer() {
        return url + "/realms/" + Realm.NAME;
    }

    /** An access token of one of the sandbox's accounts, with all its organisations. */
    public String token(String username) {
        return token(username, ALL_ORGANISATIONS);
    }

    /** An access token of one of the sandbox's accounts, with these scopes. */
    public String token(String username, String scope) {
        return KeycloakServer.token(
                url,
                Realm.NAME,
                Map.of(
                        "client_id",
                        "sandbox-cli",
                        "grant_type",
                        "password",
                        "username",
                        username,
                        "password",
                        Realm.SECRET,
                        "scope",
                        scope));
    }

    public String appToken(String alias) {
        return KeycloakServer.token(
                url,
                Realm.NAME,
                Map.of(
                        "client_id",
                        alias + "-app",
                        "client_secret",
                        Realm.SECRET,
                        "grant_type",
                        "client_credentials",
                        "scope",
                        "organization:*"));
    }

    /** A token for the Admin REST API, issued by the realm {@code master}. */
    public String adminToken() {
        return KeycloakServer.adminToken(url);
    }
}
