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

/** Measures the service against the bare handler and prints what came out. Settings are system properties, which the module's pom sets. */
public final class Benchmark {

    private static final int MOST_WARMUPS = 10;
    private static final double STEADY = 0.95;

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
            System.err.println("Nothing is measured: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        var questions = questions();
        Load.demandWrk();
        try (var stage = new Stage(root, jar, folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
            say("MongoDB: starting, and loading 200 partners");
            var mongo = stage.startMongo();
            say("Service and bare handler: starting");
            var service = stage.startService(mongo);
            var handler = stage.startHandler(mongo);
            for (var question : questions) {
                var token = stage.token(question);
                var run = new Run(question, token, compareAnswers(question, token, service, handler));
                measure(run, service, handler);
                for (var server : List.of(service, handler)) {
                    if (server.name().equals(profiled)) {
                        profile(run, server);
                    }
                }
            }
        }
    }

    /** A question, who asks, and how long the answer is. */
    private record Run(Question question, String token, int size) {}

    private void profile(Run run, Server server) throws IOException, InterruptedException {
        var title = run.question().title();
        var recording = folder.resolve(title + "-" + server.name() + ".jfr");
        say("%s: recording the %s in %s".formatted(title, server.name(), recording));
        Profile.record(server.process().pid(), recording, () -> load(run, server, 2 * seconds));
        Profile.print(recording);
    }

    private static List<Question> questions() {
        var wanted = setting("benchmark.query");
        var chosen = Arrays.stream(Question.values())
                .filter(question -> wanted.equals("all") || wanted.equals(question.title()))
                .toList();
        if (chosen.isEmpty()) {
            throw new BenchmarkFailure("benchmark.query is one of all, "
                    + String.join(
                            ", ",
                            Arrays.stream(Question.values())
                                    .map(Question::title)
                                    .toList()));
        }
        return chosen;
    }

    /** Both must answer the same bytes and send the same commands, or the comparison means nothing. @return how many bytes */
    private static int compareAnswers(Question question, String token, Server service, Server handler)
            throws InterruptedException {
        // What the service remembers of a caller and of the consortium is none of the question's.
        service.graphQl().answer(token, "{\"query\":\"{ areasOfActivity { name } }\"}");
        var ours = service.ask(token, question.body());
        var bare = handler.ask(token, question.body());
        if (!ours.body().equals(bare.body())) {
            throw new BenchmarkFailure("The answers differ.\nservice: " + ours.body() + "\nhandler: " + bare.body());
        }
        if (!ours.commands().equals(bare.commands())) {
            throw new BenchmarkFailure("The commands differ; see the class Commands.\nservice: "
                    + String.join("\n         ", ours.commands()) + "\nhandler: "
                    + String.join("\n         ", bare.commands()));
        }
        var size = ours.body().getBytes(StandardCharsets.UTF_8).length;
        say("%s: both answer the same %d bytes by %d commands"
                .formatted(question.title(), size, ours.commands().size()));
        return size;
    }

    private void measure(Run run, Server service, Server handler) throws InterruptedException {
        say(run.question().title() + ": warming up");
        warmUp(run, service);
        warmUp(run, handler);
        System.out.println();
        System.out.println(run.question().document());
        System.out.println("          requests/s                 CPU us/request");
        System.out.println("          service  handler   ratio   service  handler   ratio");
        var measured = new ArrayList<Round>();
        for (var number = 1; number <= rounds; number++) {
            // Whoever comes first may find the machine in another state than the second.
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

    /** Until the compiler makes nothing faster: on a busy machine it is late, and how late is not known beforehand. */
    private void warmUp(Run run, Server server) throws InterruptedException {
        var before = load(run, server, warmup).cpuMicros();
        for (var time = 1; time < MOST_WARMUPS; time++) {
            var now = load(run, server, warmup).cpuMicros();
            if (now > before * STEADY) {
                return;
            }
            before = now;
        }
        say("%s: the %s is still getting faster".formatted(run.question().title(), server.name()));
    }

    private Measured load(Run run, Server server, int seconds) throws InterruptedException {
        return load.run(server, run.token(), run.question().body(), run.size(), seconds);
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

    private static void say(String line) {
        System.out.println("[benchmark] " + line);
    }
}
