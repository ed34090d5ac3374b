package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.ConsortiumApplication;
import de.smartcity.consortium.sandbox.Child;
import de.smartcity.consortium.sandbox.Ports;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service with the Duisburg data in a process of its own, which a test may kill. */
final class ServiceProcess implements AutoCloseable {

    private static final Path CONFIG = Deployment.ROOT.resolve("config");
    /** A start takes seconds, and minutes beside other builds: this ends only what hangs. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final Child process;
    private final String url;

    private ServiceProcess(Child process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and does not wait until it is ready.
     *
     * @param folder where its log goes
     * @param mongoUri the database, in a process that outlives it
     * @param environment what is to differ from the test deployment, such as {@code CONSORTIUM_ISSUER}
     */
    static ServiceProcess start(Path folder, String mongoUri, Map<String, String> environment) {
        var port = Ports.free();
        var all = new HashMap<>(Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", String.valueOf(port),
                "SPRING_MONGODB_URI", mongoUri,
                "CONSORTIUM_DATA_FOLDER", CONFIG.resolve("consortium/duisburg").toString(),
                "CONSORTIUM_DATA_ORGANISATIONS",
                        CONFIG.resolve("keycloak/sandbox/organisations.properties")
                                .toString()));
        all.putAll(environment);
        all.computeIfAbsent("CONSORTIUM_ISSUER", absent -> TestKeycloak.shared().issuer());
        var process = Child.java(
                "The service",
                folder.resolve("service.log"),
                all,
                List.of(
                        // It lives for seconds: what the second compiler would win is not earned back.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsortiumApplication.class.getName()));
        return new ServiceProcess(process, "http://127.0.0.1:" + port);
    }

    /** Waits until it serves requests. @throws de.smartcity.consortium.sandbox.SandboxFailure with the end of its log where it does not */
    void awaitReady() {
        process.awaitOk(URI.create(url + "/actuator/health/readiness"), READY_WITHIN);
    }

    Api api() {
        return new Api(url);
    }

    /** The address of something in it, such as {@code /graphql}. */
    URI at(String path) {
        return URI.create(url + path);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL: nothing in it gets to finish or to clean up. */
    void kill() {
        process.kill();
    }

    /** Ends it in order where it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
