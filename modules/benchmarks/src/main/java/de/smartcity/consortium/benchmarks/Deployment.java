package de.smartcity.consortium.benchmarks;

import de.smartcity.consortium.sandbox.ChildProcess;
import de.smartcity.consortium.sandbox.EmbeddedMongo;
import de.smartcity.consortium.sandbox.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of a benchmark, on 127.0.0.1: MongoDB, the service and the bare handler, each of the two behind its own proxy of MongoDB. */
final class Deployment implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    /** The same for both; the stack depth matters for recordings only. */
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:FlightRecorderOptions=stackdepth=256");

    private final Path root;
    private final Path jar;
    private final Path folder;
    private final LocalIssuer issuer = new LocalIssuer();
    private final Deque<AutoCloseable> running = new ArrayDeque<>(List.of(issuer));

    /**
     * @param root the project's folder
     * @param jar the service's jar
     * @param folder for logs and data of the run
     */
    Deployment(Path root, Path jar, Path folder) {
        this.root = root;
        this.jar = jar;
        this.folder = folder;
    }

    /** The token of the query's caller. */
    String token(BenchmarkQuery query) {
        return switch (query) {
            case AREAS ->
                issuer.member(SampleConsortium.MEMBER, SampleConsortium.organisation(SampleConsortium.MEMBER));
            case ACTIVITY -> issuer.office();
        };
    }

    /** Starts MongoDB and loads data through a service that is stopped afterwards. @return MongoDB's port */
    int startMongo() throws InterruptedException {
        var mongo = Ports.free();
        java("MongoDB", "mongo.log", mongo, List.of("-Xmx256m"), EmbeddedMongo.class, String.valueOf(mongo));
        SampleConsortium.write(root.resolve("config/consortium/duisburg"), folder.resolve("data"));
        var port = Ports.free();
        var data = folder.resolve("data");
        var service = keep(startService(
                port,
                mongo,
                Map.of(
                        "CONSORTIUM_DATA_FOLDER", data.toString(),
                        "CONSORTIUM_DATA_ORGANISATIONS",
                                data.resolve("organisations.properties").toString())));
        SampleConsortium.addContacts(GraphQl.at(port), issuer.office());
        service.close();
        return mongo;
    }

    Server startService(int mongo) throws InterruptedException {
        var proxy = startProxy("service", mongo);
        var port = Ports.free();
        var service = keep(startService(port, proxy, Map.of()));
        return new Server("service", service, GraphQl.at(port), folder.resolve("service-commands.log"));
    }

    Server startHandler(int mongo) throws InterruptedException {
        var proxy = startProxy("handler", mongo);
        var port = Ports.free();
        var handler = java(
                "The bare handler",
                "handler.log",
                port,
                JVM,
                BareHandler.class,
                String.valueOf(port),
                uri(proxy),
                SampleConsortium.MEMBER);
        return new Server("handler", handler, GraphQl.at(port), folder.resolve("handler-commands.log"));
    }

    private int startProxy(String whose, int mongo) throws InterruptedException {
        var port = Ports.free();
        java(
                "The proxy of the " + whose,
                whose + "-commands.log",
                port,
                List.of("-Xmx256m"),
                CachingProxy.class,
                String.valueOf(port),
                String.valueOf(mongo));
        return port;
    }

    private ChildProcess startService(int port, int mongo, Map<String, String> data) {
        var environment = new HashMap<>(data);
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SPRING_MONGODB_URI", uri(mongo));
        environment.put("CONSORTIUM_ISSUER", issuer.issuer());
        var arguments = new ArrayList<>(JVM);
        arguments.addAll(List.of("@" + root.resolve("config/jvm.options"), "-jar", jar.toString()));
        return ChildProcess.java("The service", folder.resolve("service.log"), environment, arguments)
                .awaitOk(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"), START_TIMEOUT);
    }

    private ChildProcess java(
            String name, String log, int port, List<String> jvm, Class<?> program, String... arguments)
            throws InterruptedException {
        var line = new ArrayList<>(jvm);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        line.addAll(List.of(arguments));
        var child = keep(ChildProcess.java(name, folder.resolve(log), Map.of(), line));
        var until = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isOpen(port)) {
            if (!child.isAlive() || System.nanoTime() > until) {
                throw new BenchmarkFailure(name + " did not start; see " + folder.resolve(log));
            }
            Thread.sleep(100);
        }
        return child;
    }

    private synchronized ChildProcess keep(ChildProcess child) {
        running.push(child);
        return child;
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String uri(int port) {
        return "mongodb://127.0.0.1:" + port + "/consortium";
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failed) {
                System.err.println("Something did not stop: " + failed.getMessage());
            }
        }
    }
}
