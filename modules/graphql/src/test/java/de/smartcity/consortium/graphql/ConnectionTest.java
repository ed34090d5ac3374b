package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.graphql.Connection.Edge;
import de.smartcity.consortium.graphql.Connection.Total;
import graphql.GraphQLContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {

    private final AtomicInteger sealed = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final GraphQLContext request = GraphQLContext.newContext().build();
    private final Connection<String> connection = Connection.of(
            List.of(edge("A", "1"), edge("B", "2"), edge("C", "3")),
            true,
            false,
            new Total(() -> "letters", counted::incrementAndGet));

    private Edge<String> edge(String node, String position) {
        return new Edge<>(node, () -> {
            sealed.incrementAndGet();
            return "sealed " + position;
        });
    }

    @Test
    void nodesAndEdgesShowTheSameObjects() {
        assertThat(connection.nodes()).containsExactly("A", "B", "C");
        assertThat(connection.edges()).extracting(Edge::node).containsExactly("A", "B", "C");
        assertThat(connection.edges()).extracting(Edge::cursor).containsExactly("sealed 1", "sealed 2", "sealed 3");
    }

    @Test
    void thePageInfoShowsItsPlace() {
        assertThat(connection.pageInfo().hasNextPage()).isTrue();
        assertThat(connection.pageInfo().hasPreviousPage()).isFalse();
        assertThat(connection.pageInfo().startCursor())
                .isEqualTo("sealed 1")
                .isEqualTo(connection.edges().getFirst().cursor());
        assertThat(connection.pageInfo().endCursor())
                .isEqualTo("sealed 3")
                .isEqualTo(connection.edges().getLast().cursor());
    }

    @Test
    void cursorsAndTotalAreComputedOnDemand() {
        assertThat(connection.nodes()).hasSize(3);
        assertThat(sealed).hasValue(0);
        assertThat(counted).hasValue(0);

        assertThat(connection.pageInfo().endCursor()).isNotNull();
        assertThat(connection.total().upToLimit(request)).isOne();
        assertThat(sealed).hasValue(1);
        assertThat(counted).hasValue(1);
    }

    @Test
    void anEmptyPageHasNoCursors() {
        var empty = Connection.<String>empty();

        assertThat(empty.edges()).isEmpty();
        assertThat(empty.nodes()).isEmpty();
        assertThat(empty.total().upToLimit(request)).isZero();
        assertThat(empty.total().isExact(request)).isTrue();
        assertThat(empty.pageInfo().hasNextPage()).isFalse();
        assertThat(empty.pageInfo().hasPreviousPage()).isFalse();
        assertThat(empty.pageInfo().startCursor()).isNull();
        assertThat(empty.pageInfo().endCursor()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 1, true", "9999, 9999, true", "10000, 10000, true", "10001, 10000, false"})
    void aTotalEndsAtTenThousandAndShowsWhetherItIsExact(long there, long shown, boolean exact) {
        var total = new Total(() -> "list", () -> there);

        assertThat(total.upToLimit(request)).isEqualTo(shown);
        assertThat(total.isExact(request)).isEqualTo(exact);
    }

    @Test
    void aListIsCountedOnceInARequestHoweverOftenItsTotalIsShown() {
        var again = new Total(() -> "letters", counted::incrementAndGet);

        assertThat(connection.total().upToLimit(request)).isOne();
        assertThat(connection.total().isExact(request)).isTrue();
        assertThat(again.upToLimit(request)).isOne();

        assertThat(counted).hasValue(1);
    }

    @Test
    void otherListsAndRequestsAreCountedSeparately() {
        var others = new Total(() -> "other letters", counted::incrementAndGet);
        var otherRequest = GraphQLContext.newContext().build();

        assertThat(connection.total().upToLimit(request)).isOne();
        assertThat(others.upToLimit(request)).isEqualTo(2);
        assertThat(connection.total().upToLimit(otherRequest)).isEqualTo(3);
    }

    @Test
    void aClearedTotalIsCountedAgain() {
        assertThat(connection.total().upToLimit(request)).isOne();

        Connection.forgetTotals(request);

        assertThat(connection.total().upToLimit(request)).isEqualTo(2);
    }
}
