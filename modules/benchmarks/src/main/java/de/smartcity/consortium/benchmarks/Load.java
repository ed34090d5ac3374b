package de.smartcity.consortium.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Sends requests to a server with {@code wrk}, as fast as it answers.
 *
 * @param script the Lua script for wrk
 */
record Load(Path script) {

    private static final int CONNECTIONS = 16;
    private static final int THREADS = 2;
    private static final Pattern LAST_LINE = Pattern.compile("(?m)^measured (\\d+) (\\d+) (\\d+) (\\d+)$");

    /**
     * @param perSecond requests answered in a second
     * @param cpuMicros the server's CPU time for each request, user and system
     */
    record Measured(double perSecond, double cpuMicros) {}

    /** @throws BenchmarkFailure if wrk is not installed */
    static void requireWrk() throws InterruptedException {
        try {
            new ProcessBuilder("wrk", "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            throw new BenchmarkFailure("wrk is needed: apt-get install wrk", missing);
        }
    }

    /** @param size the minimum length of each response in bytes @throws BenchmarkFailure if a request failed */
    Measured run(Server server, String token, String body, int size, int seconds) throws InterruptedException {
        var cpuBefore = cpuTicks(server.process().pid());
        try {
            var wrk = new ProcessBuilder(List.of(
                            "wrk",
                            "-t" + THREADS,
                            "-c" + CONNECTIONS,
                            "-d" + seconds + "s",
                            // Interpreted code on a busy machine is slow.
                            "--timeout",
                            "30s",
                            "-s",
                            script.toString(),
                            server.graphQl().address().toString(),
                            "--",
                            token,
                            body))
                    .redirectErrorStream(true)
                    .start();
            try {
                var output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!wrk.waitFor(10, TimeUnit.SECONDS)) {
                    throw new BenchmarkFailure("wrk does not exit: " + output);
                }
                return measured(output, size, cpuTicks(server.process().pid()) - cpuBefore);
            } finally {
                wrk.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new BenchmarkFailure("wrk could not be run", failed);
        }
    }

    private static Measured measured(String output, int size, long cpuTicks) {
        var line = LAST_LINE.matcher(output);
        if (!line.find()) {
            throw new BenchmarkFailure("wrk ended early: " + output);
        }
        var requests = Long.parseLong(line.group(1));
        // GraphQL errors have status 200, too, but shorter responses.
        if (requests == 0 || Long.parseLong(line.group(4)) != 0 || Long.parseLong(line.group(3)) < requests * size) {
            throw new BenchmarkFailure("Not all requests were answered: " + output);
        }
        return new Measured(requests * 1e6 / Long.parseLong(line.group(2)), cpuTicks * 1e4 / requests);
    }

    /** User and system time of a process with all its threads, in ticks, which are hundredths of a second on Linux. */
    private static long cpuTicks(long process) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            // The process name in parentheses may contain anything; the third field follows it.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException gone) {
            throw new BenchmarkFailure("Process " + process + " has ended", gone);
        }
    }
}
