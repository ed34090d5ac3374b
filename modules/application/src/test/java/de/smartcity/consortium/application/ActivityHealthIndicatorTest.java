package de.smartcity.consortium.application;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.HandlerStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.activity.RelayStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(ActivityHealthIndicator.isWell(
                        new RelayStatus(Duration.ofSeconds(relayLag), setAside),
                        List.of(
                                new HandlerStatus("well", 0, Duration.ZERO, 0),
                                new HandlerStatus("handler", 1, Duration.ofSeconds(handlerLag), failures)),
                        List.of(
                                new JobStatus("well", 1, Instant.EPOCH, 0, 0, false),
                                new JobStatus("job", 1, Instant.EPOCH, 0, failed, late))))
                .isEqualTo(well);
    }
}
