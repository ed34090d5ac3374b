package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.ConsortiumApplication;
import de.smartcity.consortium.sandbox.ChildProcess;
import de.smartcity.consortium.sandbox.Ports;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service with the Duisburg data in its own process, which a test may kill. */
final class ServiceProcess implements AutoCloseable {

    private static final Path CONFIG = Deployment.ROOT.resolve("config");
    /** A start takes seconds, or minutes beside other builds; this only ends a start that hangs. */
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);

    private final ChildProcess process;
    private final String url;

    private ServiceProcess(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts the service and does not wait until it is ready.
     *
     * @param folder for its log
     * @param mongoUri a database in another process
     * @param environment overrides settings of the test deployment, such as {@code CONSORTIUM_ISSUER}
     */
    static ServiceProcess start(Path folder, String mongoUri, Map<String, String> environment) {
        return start(folder, mongoUri, environment, ConsortiumApplication.class);
    }

    /** @param program whose main method starts the service, and may do more */
    static ServiceProcess start(Path folder, String mongoUri, Map<String, String> environment, Class<?> program) {
        var port = Ports.free();
        var all = new HashMap<>(Map.of(
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SERVER_PORT",
                String.valueOf(port),
                "SPRING_MONGODB_URI",
                mongoUri,
                // Its first requests, cold and beside other builds, may take seconds.
                "CONSORTIUM_LIMITS_DEADLINE",
                "30s",
                "CONSORTIUM_DATA_FOLDER",
                CONFIG.resolve("consortium/duisburg").toString(),
                "CONSORTIUM_DATA_VOCABULARY",
                CONFIG.resolve("consortium/competences.yaml").toString(),
                "CONSORTIUM_DATA_ORGANISATIONS",
                CONFIG.resolve("keycloak/sandbox/organisations.properties").toString()));
        all.putAll(environment);
        all.computeIfAbsent("CONSORTIUM_ISSUER", absent -> TestKeycloak.shared().issuer());
        var process = ChildProcess.java(
                "The service",
                folder.resolve("service.log"),
                all,
                List.of(
                        "@" + CONFIG.resolve("jvm.options"),
                        // It runs for seconds only, so C2 compilation would not pay off.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName()));
        return new ServiceProcess(process, "http://127.0.0.1:" + port);
    }

    /** Waits until it is ready. @throws de.smartcity.consortium.sandbox.SandboxFailure with the end of its log if it is not in time */
    void awaitReady() {
        process.awaitOk(URI.create(url + "/actuator/health/readiness"), READY_TIMEOUT);
    }

    Api api() {
        return new Api(url);
    }

    /** The address of a path, such as {@code /graphql}. */
    URI at(String path) {
        return URI.create(url + path);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL, so that it cannot finish or clean up anything. */
    void kill() {
        process.kill();
    }

    /** Shuts it down if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
