package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.ThrowingConsumer;

/** Assertions on refusals. */
final class Broken {

    private Broken() {}

    static ThrowingConsumer<Throwable> rule(String rule, String... path) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(RuleViolation.class);
            assertThat(((RuleViolation) thrown).violations()).singleElement().satisfies(violation -> {
                assertThat(violation.rule()).isEqualTo(rule);
                assertThat(violation.message()).isNotBlank();
                assertThat(violation.path()).isEqualTo(List.of(path));
            });
        };
    }
}
