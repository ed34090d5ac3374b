package de.smartcity.consortium.application;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.HandlerStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.activity.RelayStatus;
import de.smartcity.consortium.application.ActivityHealthIndicator.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
}
