package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import de.smartcity.consortium.endtoend.Api.Answer;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import de.smartcity.consortium.sandbox.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MongoDB is taken away under load and brought back: all requests are answered in time, and rightly or with UNAVAILABLE; afterwards all is well again
 * without a restart, and every acknowledged change is there once.
 */
@OwnProcess
class OutageTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** How long an answer may take: deadline, grace and a busy machine, and well below the driver's 30 s. */
    private static final Duration MAX_ANSWER = Duration.ofSeconds(12);
    /** Within which all is well again: the driver notices silent connections after two heartbeats of 2 s. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    /** A background command that was sent into silence is repeated after 30 s. */
    private static final Duration BACKGROUND_RECOVERY = Duration.ofSeconds(60);

    /** Readiness has a second and background two. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(6);

    private static final int READERS = 4;
    private static final String QUERYING = "viewer@ude.sandbox";
    private static final String QUERY = "{ partners(first: 5) { totalCount nodes { alias kind } } }";

    private enum Outage {
        DROPPED(TcpProxy::drop),
        REFUSED(TcpProxy::refuse),
        STALLED(TcpProxy::stall);

        private final Consumer<TcpProxy> begin;

        Outage(Consumer<TcpProxy> begin) {
            this.begin = begin;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();

    /** The answers to clients. */
    private final AtomicInteger right = new AtomicInteger();

    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicLong slowestMillis = new AtomicLong();
    private final List<String> unexpected = new CopyOnWriteArrayList<>();

    @Test
    void theServiceSurvivesTheLossOfItsDatabase(@TempDir Path folder) throws Exception {
        assertSurvives(folder, List.of(Outage.DROPPED, Outage.REFUSED, Outage.STALLED), Duration.ofSeconds(3));
    }

    @Test
    @Tag("long")
    void theServiceSurvivesManyLosses(@TempDir Path folder) throws Exception {
        var random = new Random();
        var all = Outage.values();
        assertSurvives(
                folder,
                Stream.generate(() -> all[random.nextInt(all.length)]).limit(12).toList(),
                Duration.ofSeconds(15));
    }

    private void assertSurvives(Path folder, List<Outage> outages, Duration lasting) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var proxy = TcpProxy.inFrontOf(database.uri());
                var client = MongoClients.create(database.uri());
                var service = ServiceProcess.start(
                        folder, proxy.uri(), Map.of("CONSORTIUM_LIMITS_DEADLINE", DEADLINE.toSeconds() + "s"))) {
            var stored = client.getDatabase(URI.create(database.uri()).getPath().substring(1));
            service.awaitReady();
            var api = service.api();
            var expected = await().atMost(RECOVERY)
                    .until(() -> api.ask(QUERYING, QUERY), answer -> !isUnavailable(answer))
                    .body()
                    .toString();
            assertThat(expected).contains("huawei").doesNotContain("errors");
            var editors = Stream.of("ude", "ims", "huawei")
                    .map(alias -> new ContactClient(alias, OutageTest::isUnavailable, this::count))
                    .toList();

            var goOn = new AtomicBoolean(true);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var clients = new ArrayList<Future<?>>();
                for (var editor : editors) {
                    clients.add(threads.submit(() -> editor.change(api, () -> goOn.get() || editor.isPending())));
                }
                for (var n = 0; n < READERS; n++) {
                    clients.add(threads.submit(() -> ask(api, expected, goOn::get)));
                }
                awaitWell(service);
                for (var outage : outages) {
                    outage.begin.accept(proxy);
                    if (outage != Outage.DROPPED) {
                        assertOutageIsVisible(service, api);
                        Thread.sleep(lasting);
                        proxy.restore();
                    }
                    awaitWell(service);
                }
                goOn.set(false);
                for (var each : clients) {
                    each.get(1, TimeUnit.MINUTES);
                }
            }

            assertThat(unexpected).isEmpty();
            assertThat(Duration.ofMillis(slowestMillis.get())).isLessThan(MAX_ANSWER);
            await().atMost(BACKGROUND_RECOVERY)
                    .until(() ->
                            stored.getCollection("partners").countDocuments(Filters.exists("outbox.events.0")) == 0);
            editors.forEach(editor -> editor.assertOneEffectForEachKey(stored));
            await().atMost(BACKGROUND_RECOVERY).until(() -> status(service, "background") == 200);
            assertThat(service.isAlive()).isTrue();
            assertThat(Files.readString(folder.resolve("service.log")))
                    .as("one line for each request, without stack traces")
                    .contains("is answered with UNAVAILABLE")
                    .doesNotContain("\tat de.smartcity.consortium");
        }
    }

    private static boolean isUnavailable(Answer answer) {
        return answer.code().equals("UNAVAILABLE");
    }

    private void count(Answer answer) {
        slowestMillis.accumulateAndGet(answer.took().toMillis(), Math::max);
        (isUnavailable(answer) ? unavailable : right).incrementAndGet();
    }

    private void ask(Api api, String expected, BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            var answer = api.ask(QUERYING, QUERY);
            count(answer);
            if (!isUnavailable(answer) && !answer.body().toString().equals(expected)) {
                unexpected.add(answer.body().toString());
            }
        }
    }

    private void assertOutageIsVisible(ServiceProcess service, Api api) {
        await().atMost(MAX_ANSWER).until(() -> status(service, "readiness") == 503);
        assertThat(status(service, "liveness")).isEqualTo(200);
        await().atMost(MAX_ANSWER).until(() -> status(service, "background") == 503);
        var before = unavailable.get();
        await().atMost(MAX_ANSWER).until(() -> unavailable.get() > before);
        // By now no partner's status is remembered.
        var body = "{\"query\":\"{ partners(first: 1) { totalCount } }\"}";
        var json = Map.of("Content-Type", "application/json");
        var member = api.post(
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + Api.token(QUERYING)), body);
        assertThat(member.statusCode()).isEqualTo(503);
        assertThat(member.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(member.body()).contains("\"code\":\"UNAVAILABLE\"");
        var anonymous = api.post(json, body);
        assertThat(anonymous.statusCode()).isEqualTo(200);
        assertThat(anonymous.body()).contains("\"code\":\"UNAVAILABLE\"");
    }

    private void awaitWell(ServiceProcess service) {
        await().atMost(RECOVERY).until(() -> status(service, "readiness") == 200 && isWellForASecond());
    }

    private boolean isWellForASecond() throws InterruptedException {
        var unavailableBefore = unavailable.get();
        var rightBefore = right.get();
        Thread.sleep(1_000);
        return unavailable.get() == unavailableBefore && right.get() > rightBefore;
    }

    /** Fails if health is not answered within seconds. */
    private int status(ServiceProcess service, String group) {
        var request = HttpRequest.newBuilder(service.at("/actuator/health/" + group))
                .timeout(HEALTH_TIMEOUT)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
