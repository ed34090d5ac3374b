package de.smartcity.consortium.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a process spends CPU time and what it allocates, by Java Flight Recorder. */
final class Profile {

    private static final int LINES = 60;

    private static final Duration FIRST_SAMPLES = Duration.ofSeconds(2);

    /** The owner of a frame, by the first matching prefix of its class name. */
    private static final Map<String, String> OWNERS = new LinkedHashMap<>();

    static {
        OWNERS.put("de.smartcity.consortium.kernel.", "ours: kernel");
        OWNERS.put("de.smartcity.consortium.mongo.", "ours: mongo");
        OWNERS.put("de.smartcity.consortium.graphql.", "ours: graphql");
        OWNERS.put("de.smartcity.consortium.activity.", "ours: activity");
        OWNERS.put("de.smartcity.consortium.partners.", "ours: partners");
        OWNERS.put("de.smartcity.consortium.keycloak.", "ours: keycloak");
        OWNERS.put("de.smartcity.consortium.application.", "ours: application");
        OWNERS.put("de.smartcity.consortium.benchmarks.", "the bare handler");
        OWNERS.put("graphql.", "graphql-java");
        OWNERS.put("org.dataloader.", "graphql-java");
        OWNERS.put("org.springframework.graphql.", "Spring for GraphQL");
        OWNERS.put("org.springframework.security.", "Spring Security");
        OWNERS.put("org.springframework.data.", "Spring Data");
        OWNERS.put("org.springframework.", "Spring Framework and Boot");
        OWNERS.put("org.apache.", "Tomcat");
        OWNERS.put("jakarta.servlet.", "Tomcat");
        OWNERS.put("io.helidon.", "Helidon");
        OWNERS.put("com.mongodb.", "MongoDB driver");
        OWNERS.put("org.bson.", "BSON");
        OWNERS.put("tools.jackson.", "Jackson");
        OWNERS.put("reactor.", "Reactor");
        OWNERS.put("io.micrometer.", "Micrometer");
    }

    private Profile() {}

    interface Work {
        void run() throws InterruptedException;
    }

    static void record(long process, Path file, Work work) throws IOException, InterruptedException {
        // Unlike ExecutionSample, it covers every thread equally; JVMs without it ignore the setting.
        jcmd(process, "JFR.start", "name=benchmark", "settings=profile", "jdk.CPUTimeSample#enabled=true");
        work.run();
        jcmd(process, "JFR.stop", "name=benchmark", "filename=" + file);
    }

    private static void jcmd(long process, String... command) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(String.valueOf(process));
        line.addAll(List.of(command));
        var jcmd = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!jcmd.waitFor(30, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            throw new BenchmarkFailure("The recording failed: " + line);
        }
    }

    /** Prints a recording again. Argument: the file. */
    public static void main(String[] arguments) throws IOException {
        print(Path.of(arguments[0]));
    }

    static void print(Path file) throws IOException {
        var cpu = new Counts("CPU time");
        var sampled = new Counts("CPU time, by samples of five threads");
        var allocations = new ArrayList<RecordedEvent>();
        for (var event : RecordingFile.readAllEvents(file)) {
            switch (event.getEventType().getName()) {
                case "jdk.CPUTimeSample" -> cpu.add(event, 1);
                case "jdk.ExecutionSample" -> sampled.add(event, 1);
                case "jdk.ObjectAllocationSample" -> allocations.add(event);
                default -> {
                    // Not printed.
                }
            }
        }
        (cpu.total > 0 ? cpu : sampled).print();
        printAllocations(allocations);
    }

    private static void printAllocations(List<RecordedEvent> events) {
        var allocated = new Counts("Allocation");
        var classes = new HashMap<String, Long>();
        events.sort(Comparator.comparing(RecordedEvent::getStartTime));
        for (var event : events) {
            // The weight of a thread's first sample is all that the thread has ever allocated.
            if (event.getStartTime().isAfter(events.getFirst().getStartTime().plus(FIRST_SAMPLES))) {
                var weight = event.getLong("weight");
                allocated.add(event, weight);
                classes.merge(event.getClass("objectClass").getName(), weight, Long::sum);
            }
        }
        allocated.print();
        top("Allocation by class", classes, allocated.total);
    }

    /** The weight of each method and each owner, at the top of stacks and anywhere on them. */
    private static final class Counts {

        private final String title;
        private final Map<String, Long> top = new HashMap<>();
        private final Map<String, Long> anywhere = new HashMap<>();
        private final Map<String, Long> nearestOwner = new HashMap<>();
        private final Map<String, Long> anyOwner = new HashMap<>();
        private final Map<String, Long> nearestOwned = new HashMap<>();
        private long total;

        Counts(String title) {
            this.title = title;
        }

        void add(RecordedEvent event, long weight) {
            var stack = event.getStackTrace();
            if (stack == null || stack.getFrames().isEmpty()) {
                return;
            }
            total += weight;
            top.merge(method(stack.getFrames().getFirst()), weight, Long::sum);
            var methods = new HashSet<String>();
            var owners = new HashSet<String>();
            var nearest = "JDK only";
            for (var frame : stack.getFrames()) {
                var owner = owner(frame);
                if (!owner.isEmpty()) {
                    methods.add(method(frame));
                    if (owners.isEmpty()) {
                        nearest = owner;
                        nearestOwned.merge(method(frame), weight, Long::sum);
                    }
                    owners.add(owner);
                }
            }
            methods.forEach(method -> anywhere.merge(method, weight, Long::sum));
            owners.forEach(owner -> anyOwner.merge(owner, weight, Long::sum));
            nearestOwner.merge(nearest, weight, Long::sum);
        }

        void print() {
            // Methods on nearly every stack carry no information.
            anywhere.values().removeIf(weight -> weight > 0.85 * total);
            Profile.top(title + " by owner, JDK frames counted for their caller", nearestOwner, total);
            Profile.top(title + " by owner, with everything it calls", anyOwner, total);
            Profile.top(title + " by method", top, total);
            Profile.top(title + " by method, JDK frames counted for their caller", nearestOwned, total);
            Profile.top(title + " by method, with everything it calls", anywhere, total);
        }
    }

    private static String method(RecordedFrame frame) {
        var method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    /** Empty for the JDK. */
    private static String owner(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        for (var owner : OWNERS.entrySet()) {
            if (type.startsWith(owner.getKey())) {
                return owner.getValue();
            }
        }
        return type.startsWith("java.")
                        || type.startsWith("jdk.")
                        || type.startsWith("sun.")
                        || type.startsWith("javax.")
                ? ""
                : "others";
    }

    private static void top(String title, Map<String, Long> weights, long total) {
        System.out.println();
        System.out.println(title);
        weights.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry -> System.out.println(
                        String.format(Locale.ROOT, "%6.1f%%  %s", 100.0 * entry.getValue() / total, entry.getKey())));
    }
}
