package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.Connection.Edge;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final AtomicInteger sealed = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final UnaryOperator<String> seal = position -> {
        sealed.incrementAndGet();
        return "sealed " + position;
    };
    private final Connection<String> connection = Connection.of(
            List.of(new Edge<>("A", "1", seal), new Edge<>("B", "2", seal), new Edge<>("C", "3", seal)),
            true,
            false,
            counted::incrementAndGet);

    @Test
    void nodesAndEdgesShowTheSameObjects() {
        assertThat(connection.nodes()).containsExactly("A", "B", "C");
        assertThat(connection.edges()).extracting(Edge::node).containsExactly("A", "B", "C");
        assertThat(connection.edges()).extracting(Edge::cursor).containsExactly("sealed 1", "sealed 2", "sealed 3");
    }

    @Test
    void thePageSaysWhereItStands() {
        assertThat(connection.pageInfo().hasNextPage()).isTrue();
        assertThat(connection.pageInfo().hasPreviousPage()).isFalse();
        assertThat(connection.pageInfo().startCursor()).isEqualTo("sealed 1");
        assertThat(connection.pageInfo().endCursor()).isEqualTo("sealed 3");
    }

    @Test
    void nothingIsSealedOrCountedBeforeItIsAskedFor() {
        assertThat(connection.nodes()).hasSize(3);
        assertThat(sealed).hasValue(0);
        assertThat(counted).hasValue(0);

        assertThat(connection.pageInfo().endCursor()).isNotNull();
        assertThat(connection.totalCount()).isOne();
        assertThat(sealed).hasValue(1);
        assertThat(counted).hasValue(1);
    }

    @Test
    void anEmptyPageHasNoCursors() {
        var empty = Connection.<String>empty();

        assertThat(empty.edges()).isEmpty();
        assertThat(empty.nodes()).isEmpty();
        assertThat(empty.totalCount()).isZero();
        assertThat(empty.pageInfo().hasNextPage()).isFalse();
        assertThat(empty.pageInfo().hasPreviousPage()).isFalse();
        assertThat(empty.pageInfo().startCursor()).isNull();
        assertThat(empty.pageInfo().endCursor()).isNull();
    }
}
