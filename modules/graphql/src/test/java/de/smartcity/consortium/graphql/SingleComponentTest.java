package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingleComponentTest {

    private record Wrapper(@Nullable String value) {}

    private record Point(int x, int y) {}

    @Test
    void aWrapperIsReadAsItsComponent() {
        assertThat(SingleComponent.of(new Wrapper("text"))).isEqualTo("text");
        assertThat(SingleComponent.of(new Wrapper(null))).isNull();
    }

    @Test
    void aValueOfSeveralComponentsIsNoScalar() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SingleComponent.of(new Point(1, 2)))
                .withMessageContaining("several components");
    }
}
