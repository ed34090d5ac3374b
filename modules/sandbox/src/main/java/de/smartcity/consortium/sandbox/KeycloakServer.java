package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import tools.jackson.databind.json.JsonMapper;

/** The Keycloak distribution that the build resolved, unpacked and built once in the sandbox's folder. */
final class KeycloakServer {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private KeycloakServer() {}

    /** Unpacks and builds the distribution if necessary. Returns its folder. */
    static Path prepare(Path sandbox, Consumer<String> progress) {
        var zip = Path.of(required("keycloak.distribution"));
        var name = zip.getFileName().toString().replace("-quarkus-dist", "").replace(".zip", "");
        var home = sandbox.resolve(name);
        var built = home.resolve("built-by-sandbox");
        if (Files.exists(built)) {
            return home;
        }
        try {
            progress.accept("Keycloak: unpacking " + name + " (once)");
            unpack(zip, sandbox);
            progress.accept("Keycloak: building (once, about half a minute)");
            run(home, sandbox.resolve("logs/keycloak-build.log"), List.of("build", "--db=dev-file"));
            Files.writeString(built, "");
            return home;
        } catch (IOException failed) {
            throw new SandboxFailure("Keycloak could not be unpacked", failed);
        }
    }

    private static void unpack(Path zip, Path into) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("An entry is outside the folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (var content = file.getInputStream(entry)) {
                        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                    if (target.toString().endsWith(".sh") && !target.toFile().setExecutable(true)) {
                        throw new IOException(target + " cannot be made executable");
                    }
                }
            }
        }
    }

    private static void run(Path home, Path log, List<String> arguments) throws IOException {
        Files.createDirectories(log.getParent());
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/kc.sh").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            if (builder.start().waitFor() != 0) {
                throw new SandboxFailure("Keycloak could not be built; see " + log);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted", stopped);
        }
    }

    /** Starts Keycloak on 127.0.0.1 and creates the realm if it does not exist. */
    static ChildProcess start(Path home, Path data, Path log, int port, String realm, long owner) {
        var url = "http://127.0.0.1:" + port;
        var child = ChildProcess.start(
                "Keycloak",
                log,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        Realm.SECRET,
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m"),
                List.of(
                        home.resolve("bin/kc.sh").toString(),
                        "start",
                        "--optimized",
                        "--db-url=jdbc:h2:file:" + data.resolve("keycloak").toAbsolutePath()
                                + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=" + url,
                        "--cache=local"),
                owner);
        try {
            child.awaitOk(URI.create(url + "/realms/master"), Duration.ofSeconds(180));
            if (!ChildProcess.isOk(URI.create(url + "/realms/" + Realm.NAME))) {
                send(HttpRequest.newBuilder(URI.create(url + "/admin/realms"))
                        .header("Authorization", "Bearer " + adminToken(url))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(realm))
                        .build());
            }
            return child;
        } catch (RuntimeException failed) {
            child.close();
            throw failed;
        }
    }

    static String adminToken(String url) {
        return token(
                url,
                "master",
                Map.of(
                        "client_id",
                        "admin-cli",
                        "grant_type",
                        "password",
                        "username",
                        "admin",
                        "password",
                        Realm.SECRET));
    }

    static String token(String url, String realm, Map<String, String> form) {
        var body = new LinkedHashMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var answer =
                send(HttpRequest.newBuilder(URI.create(url + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
        return JsonMapper.shared().readTree(answer).get("access_token").asString();
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new SandboxFailure(
                        "Keycloak answered " + response.statusCode() + " to " + request.uri() + ": " + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new SandboxFailure("Keycloak does not answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted", stopped);
        }
    }

    static String required(String property) {
        var value = System.getProperty(property);
        if (value == null || value.isBlank() || value.startsWith("${")) {
            throw new SandboxFailure("The build sets the system property " + property + ": run it through ./mvnw");
        }
        return value;
    }
}
