package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import de.smartcity.consortium.endtoend.HostileRequests.HostileRequest;
import de.smartcity.consortium.endtoend.HostileRequests.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Nobody stops, fills or slows down the service: what is refused costs next to nothing, and what is accepted is bounded. */
@EndToEnd
class HostileRequestsTest {

    private static final long MAX_NANOS = 250_000_000;
    private static final long MAX_ALLOCATED = 4L << 20;
    /** One for each of 50 aliases, and one for the consortium. */
    private static final long MAX_COMMANDS = 51;

    private static final long MAX_ALLOCATED_IF_ACCEPTED = 64L << 20;
    private static final long MAX_BYTES = 8L << 20;
    private static final long MAX_REFUSAL = 40_000;
    private static final int REPEATS = 3;
    private static final int NORMAL_REQUESTS = 300;

    /** What a message may not have: names of classes, and more of the request than a glance. */
    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|java\\.|springframework|graphql\\.|jackson|mongo|tomcat|HashMap|ArrayList|Value\\{|[xX9]{81}",
            Pattern.CASE_INSENSITIVE);

    private static final byte[] NORMAL = RawHttp.request(
            "POST",
            "/graphql",
            Map.of("Content-Type", "application/json"),
            "{\"query\":\"{ partners(first: 10) { nodes { id name kind } } }\"}");

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @LocalServerPort
    private int port;

    @Autowired
    private MongoCommands commands;

    static List<HostileRequest> hostileRequests() {
        return HostileRequests.all();
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(hostileRequests()).hasSizeGreaterThan(200);
        assertThat(hostileRequests()).extracting(HostileRequest::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileRequests")
    void aHostileRequestCostsNextToNothing(HostileRequest request) throws IOException {
        var http = new RawHttp(port);
        var answer = http.send(request.bytes());
        var least = new Cost(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        for (var repeat = 0; repeat < REPEATS; repeat++) {
            least = least.or(costOf(http, request));
        }

        assertThat(answer.bytes()).isLessThan(MAX_BYTES);
        if (request.outcome() == Outcome.ACCEPTED) {
            assertThat(answer.status()).as(request.name()).isEqualTo(200);
            assertThat(answer.beginning())
                    .as(request.name())
                    .contains("\"data\":{")
                    .doesNotContain("\"errors\"");
            assertThat(least.commands()).as("Mongo commands for %s", request).isLessThanOrEqualTo(MAX_COMMANDS);
            assertThat(least.allocated()).as("bytes allocated for %s", request).isLessThan(MAX_ALLOCATED_IF_ACCEPTED);
            System.out.printf(
                    "%s: %,d µs, %,d KB allocated, %,d bytes%n",
                    request, least.nanos() / 1_000, least.allocated() >> 10, answer.bytes());
            return;
        }
        assertThat(answer.status()).as("%s: %s", request, answer.beginning()).isBetween(200, 499);
        assertThat(answer.bytes()).isLessThan(MAX_REFUSAL);
        assertThat(least.nanos()).as("nanoseconds of CPU for %s", request).isLessThan(MAX_NANOS);
        assertThat(least.commands()).as("Mongo commands for %s", request).isZero();
        assertThat(least.allocated()).as("bytes allocated for %s", request).isLessThan(MAX_ALLOCATED);
        assertThat(answer.body()).as(request.name()).doesNotContainPattern(INTERNALS);
        if (request.outcome() == Outcome.REFUSED) {
            assertThat(new JsonMapper()
                            .readTree(answer.body())
                            .at("/errors/0/extensions/code")
                            .asString())
                    .as("%s: %s", request, answer.beginning())
                    .isIn("BAD_REQUEST", "COST_EXCEEDED", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND");
        }
    }

    /** @param commands sent to MongoDB */
    private record Cost(long nanos, long allocated, long commands) {
        Cost or(Cost other) {
            return new Cost(
                    Math.min(nanos, other.nanos),
                    Math.min(allocated, other.allocated),
                    Math.min(commands, other.commands));
        }
    }

    private Cost costOf(RawHttp http, HostileRequest request) throws IOException {
        var nanos = system.getProcessCpuTime();
        var allocated = threads.getTotalThreadAllocatedBytes();
        var sent = commands.count();
        http.send(request.bytes());
        return new Cost(
                system.getProcessCpuTime() - nanos,
                threads.getTotalThreadAllocatedBytes() - allocated,
                commands.count() - sent);
    }

    @Test
    void memoryAndOtherRequestsAreAsBeforeAfterTwoThousandOfThem() throws IOException {
        memoryAndOtherRequestsAreAsBeforeAfter(2_000);
    }

    @Test
    @Tag("long")
    void memoryAndOtherRequestsAreAsBeforeAfterTwentyThousandOfThem() throws IOException {
        memoryAndOtherRequestsAreAsBeforeAfter(20_000);
    }

    private void memoryAndOtherRequestsAreAsBeforeAfter(int count) throws IOException {
        var http = new RawHttp(port);
        var requests = hostileRequests();
        for (var request : requests) {
            http.send(request.bytes());
        }
        var costBefore = costOfNormalRequests(http);
        var heapBefore = liveHeap();
        var random = new Random(9);
        for (var sent = 0; sent < count; sent++) {
            http.send(requests.get(random.nextInt(requests.size())).bytes());
        }
        var heapAfter = liveHeap();
        var costAfter = costOfNormalRequests(http);
        System.out.printf(
                "After %,d hostile requests: live heap %,d KB -> %,d KB, a normal request %,d µs -> %,d µs of CPU%n",
                count, heapBefore >> 10, heapAfter >> 10, costBefore / 1_000, costAfter / 1_000);

        assertThat(heapAfter).isLessThan(heapBefore + heapBefore / 5 + (10L << 20));
        // In CPU time, since others may use the machine.
        assertThat(costAfter).isLessThan(2 * costBefore + 1_000_000);
    }

    /** The mean of many in nanoseconds of CPU, of which the system counts only hundredths of a second. */
    private long costOfNormalRequests(RawHttp http) throws IOException {
        var before = system.getProcessCpuTime();
        for (var repeat = 0; repeat < NORMAL_REQUESTS; repeat++) {
            assertThat(http.send(NORMAL).status()).isEqualTo(200);
        }
        return (system.getProcessCpuTime() - before) / NORMAL_REQUESTS;
    }

    private static long liveHeap() {
        for (var time = 0; time < 3; time++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
