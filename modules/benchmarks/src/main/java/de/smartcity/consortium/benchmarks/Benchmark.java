package de.smartcity.consortium.benchmarks;

import de.smartcity.consortium.benchmarks.Load.Measured;
import de.smartcity.consortium.sandbox.SandboxFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Measures the service against the bare handler and prints the results. Settings are system properties, which the module's pom sets. */
public final class Benchmark {

    private static final int MAX_WARMUPS = 10;
    private static final double STEADY_RATIO = 0.95;

    private final Path root = Path.of(setting("consortium.root"));
    private final Path jar = Path.of(setting("benchmark.jar"));
    private final int rounds = Integer.parseInt(setting("benchmark.rounds"));
    private final int seconds = Integer.parseInt(setting("benchmark.seconds"));
    private final int warmup = Integer.parseInt(setting("benchmark.warmup"));
    private final String profiled = setting("benchmark.profile");
    private final Load load = new Load(root.resolve("modules/benchmarks/src/main/wrk/graphql.lua"));
    private final Path folder;

    private Benchmark() throws IOException {
        var target = Files.createDirectories(root.resolve("modules/benchmarks/target"));
        folder = Files.createTempDirectory(target, "run-");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        try {
            new Benchmark().run();
        } catch (BenchmarkFailure | SandboxFailure failure) {
            System.err.println("The benchmark failed: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        var queries = queries();
        Load.requireWrk();
        try (var deployment = new Deployment(root, jar, folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(deployment::close));
            log("MongoDB: starting, and loading 200 partners");
            var mongo = deployment.startMongo();
            log("Service and bare handler: starting");
            var service = deployment.startService(mongo);
            var handler = deployment.startHandler(mongo);
            for (var query : queries) {
                var token = deployment.token(query);
                var run = new Run(query, token, compareAnswers(query, token, service, handler));
                measure(run, service, handler);
                for (var server : List.of(service, handler)) {
                    if (server.name().equals(profiled)) {
                        profile(run, server);
                    }
                }
            }
        }
    }

    /** @param size the length of the response in bytes */
    private record Run(BenchmarkQuery query, String token, int size) {}

    private void profile(Run run, Server server) throws IOException, InterruptedException {
        var title = run.query().title();
        var recording = folder.resolve(title + "-" + server.name() + ".jfr");
        log("%s: recording the %s in %s".formatted(title, server.name(), recording));
        Profile.record(server.process().pid(), recording, () -> load(run, server, 2 * seconds));
        Profile.print(recording);
    }

    private static List<BenchmarkQuery> queries() {
        var wanted = setting("benchmark.query");
        var chosen = Arrays.stream(BenchmarkQuery.values())
                .filter(query -> wanted.equals("all") || wanted.equals(query.title()))
                .toList();
        if (chosen.isEmpty()) {
            throw new BenchmarkFailure("benchmark.query is one of all, "
                    + String.join(
                            ", ",
                            Arrays.stream(BenchmarkQuery.values())
                                    .map(BenchmarkQuery::title)
                                    .toList()));
        }
        return chosen;
    }

    /** Requires the same response bytes and the same commands of both, without which a comparison means nothing. @return the number of bytes */
    private static int compareAnswers(BenchmarkQuery query, String token, Server service, Server handler)
            throws InterruptedException {
        // Fills the service's caches of tokens and of the consortium, so that their commands are not counted.
        service.graphQl().answer(token, "{\"query\":\"{ areasOfActivity { name } }\"}");
        var ours = service.ask(token, query.body());
        var bare = handler.ask(token, query.body());
        if (!ours.body().equals(bare.body())) {
            throw new BenchmarkFailure("The answers differ.\nservice: " + ours.body() + "\nhandler: " + bare.body());
        }
        if (!ours.commands().equals(bare.commands())) {
            throw new BenchmarkFailure("The commands differ; see the class Commands.\nservice: "
                    + String.join("\n         ", ours.commands()) + "\nhandler: "
                    + String.join("\n         ", bare.commands()));
        }
        var size = ours.body().getBytes(StandardCharsets.UTF_8).length;
        log("%s: both answer with the same %d bytes and %d commands"
                .formatted(query.title(), size, ours.commands().size()));
        return size;
    }

    private void measure(Run run, Server service, Server handler) throws InterruptedException {
        log(run.query().title() + ": warming up");
        warmUp(run, service);
        warmUp(run, handler);
        System.out.println();
        System.out.println(run.query().document());
        System.out.println("          requests/s                 CPU us/request");
        System.out.println("          service  handler   ratio   service  handler   ratio");
        var measured = new ArrayList<Round>();
        for (var number = 1; number <= rounds; number++) {
            // The order alternates, because the state of the machine may differ between first and second.
            var serviceFirst = number % 2 == 1;
            var first = load(run, serviceFirst ? service : handler, seconds);
            var second = load(run, serviceFirst ? handler : service, seconds);
            var round = serviceFirst ? new Round(first, second) : new Round(second, first);
            measured.add(round);
            print("round " + number, List.of(round));
        }
        print("median", measured);
        System.out.println();
    }

    /** Until the server gets no faster: how long JIT compilation takes depends on how busy the machine is. */
    private void warmUp(Run run, Server server) throws InterruptedException {
        var before = load(run, server, warmup).cpuMicros();
        for (var period = 1; period < MAX_WARMUPS; period++) {
            var now = load(run, server, warmup).cpuMicros();
            if (now > before * STEADY_RATIO) {
                return;
            }
            before = now;
        }
        log("%s: the %s is still getting faster".formatted(run.query().title(), server.name()));
    }

    private Measured load(Run run, Server server, int seconds) throws InterruptedException {
        return load.run(server, run.token(), run.query().body(), run.size(), seconds);
    }

    private record Round(Measured service, Measured handler) {}

    private static void print(String title, List<Round> rounds) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-8s  %7.0f  %7.0f  %5.1f%%   %7.0f  %7.0f  %6.2f",
                title,
                median(rounds, round -> round.service().perSecond()),
                median(rounds, round -> round.handler().perSecond()),
                median(
                        rounds,
                        round -> 100
                                * round.service().perSecond()
                                / round.handler().perSecond()),
                median(rounds, round -> round.service().cpuMicros()),
                median(rounds, round -> round.handler().cpuMicros()),
                median(
                        rounds,
                        round -> round.service().cpuMicros() / round.handler().cpuMicros())));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String setting(String property) {
        return Objects.requireNonNull(System.getProperty(property), property);
    }

    private static void log(String line) {
        System.out.println("[benchmark] " + line);
    }
}
