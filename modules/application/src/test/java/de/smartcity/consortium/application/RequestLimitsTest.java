package de.smartcity.consortium.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RequestLimitsTest {

    private static RequestLimits limits(Map<String, String> settings) {
        var source = new HashMap<String, String>();
        settings.forEach((name, value) -> source.put("consortium.limits." + name, value));
        return new Binder(new MapConfigurationPropertySource(source))
                .bindOrCreate("consortium.limits", RequestLimits.class);
    }

    @Test
    void theyHaveDefaults() {
        assertThat(limits(Map.of()))
                .isEqualTo(new RequestLimits(
                        DataSize.ofKilobytes(512),
                        null,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({"deadline, 100ms", "deadline, 60s", "body-deadline, 100ms", "body-deadline, 60s", "file-deadline, 60s"})
    void aDeadlineMayBeFromATenthOfASecondToAMinute(String setting, String value) {
        assertThat(limits(Map.of(setting, value))).isNotNull();
    }

    @Test
    void bodiesTakeASixteenthOfTheHeapByDefault() {
        assertThat(limits(Map.of()).maxBodies())
                .isEqualTo(DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 16));
        assertThat(limits(Map.of("bodies-size", "3MB")).maxBodies()).isEqualTo(DataSize.ofMegabytes(3));
    }

    @Test
    void oneBodyFitsIntoTheMemoryOfAll() {
        assertThat(limits(Map.of("request-size", "2MB", "bodies-size", "2MB"))).isNotNull();
        assertThatThrownBy(() -> limits(Map.of("request-size", "2MB", "bodies-size", "1MB")))
                .rootCause()
                .hasMessageContaining("consortium.limits.bodies-size");
    }

    @ParameterizedTest
    @CsvSource({
        "deadline, 99ms",
        "deadline, 60001ms",
        "deadline, 0s",
        "deadline, -1s",
        "body-deadline, 99ms",
        "body-deadline, 61s",
        "file-deadline, 61s"
    })
    void otherDeadlinesAreRefusedByTheirNames(String setting, String value) {
        assertThatThrownBy(() -> limits(Map.of(setting, value)))
                .rootCause()
                .hasMessageContainingAll("consortium.limits." + setting, "100ms", "60s");
    }
}
