package de.smartcity.consortium.application;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.HandlerStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.activity.RelayStatus;
import de.smartcity.consortium.application.ActivityHealthIndicator.Report;
import de.smartcity.consortium.kernel.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ActivityHealthIndicatorTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, false, true",
        "60, 0, 60, 0, 0, false, true",
        "61, 0, 0, 0, 0, false, false",
        "0, 1, 0, 0, 0, false, false",
        "0, 0, 61, 0, 0, false, false",
        "0, 0, 0, 1, 0, false, false",
        "0, 0, 0, 0, 1, false, false",
        "0, 0, 0, 0, 0, true, false"
    })
    void anythingThatDoesNotGoOnIsAnAlarm(
            int relayLag, int setAside, int handlerLag, int failures, int failed, boolean late, boolean well) {
        var report = new Report(
                new RelayStatus(Duration.ofSeconds(relayLag), setAside),
                List.of(
                        new HandlerStatus("well", Duration.ZERO, 0),
                        new HandlerStatus("handler", Duration.ofSeconds(handlerLag), failures)),
                List.of(
                        new JobStatus("well", 1, Instant.EPOCH, 0, false),
                        new JobStatus("job", 1, Instant.EPOCH, failed, late)));
        assertThat(new ActivityHealthIndicator(() -> report).health().getStatus())
                .isEqualTo(well ? Status.UP : Status.DOWN);
    }

    @Test
    void aFailureIsAnAlarmAndShowsNothingOfItself() {
        var calls = new AtomicInteger();
        var indicator = new ActivityHealthIndicator(() -> {
            calls.incrementAndGet();
            throw new IllegalStateException("servers=[10.0.0.1]");
        });
        assertThat(indicator.health()).isEqualTo(Health.down().build());
        assertThat(indicator.health()).isEqualTo(Health.down().build());
        assertThat(calls).as("remembered for a second").hasValue(1);
    }

    @Test
    void callersOfTheSameTimeWaitForOneAnswerWithADeadline() throws Exception {
        var calls = new AtomicInteger();
        var asked = new CountDownLatch(1);
        var left = new AtomicReference<>(Duration.ZERO);
        var indicator = new ActivityHealthIndicator(() -> {
            calls.incrementAndGet();
            left.set(Deadline.bound().orElseThrow().left());
            asked.countDown();
            // Longer than an answer is remembered.
            pause(Duration.ofMillis(1_200));
            throw new IllegalStateException("no answer");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> indicator.health());
            asked.await();
            var others = IntStream.range(0, 5)
                    .mapToObj(n -> threads.submit(() -> indicator.health()))
                    .toList();
            assertThat(first.get().getStatus()).isEqualTo(Status.DOWN);
            for (var other : others) {
                assertThat(other.get().getStatus()).isEqualTo(Status.DOWN);
            }
        }
        assertThat(calls).hasValue(1);
        assertThat(left.get()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
