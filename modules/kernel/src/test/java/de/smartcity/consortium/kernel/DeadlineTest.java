package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final AtomicLong now = new AtomicLong();

    private void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }

    private void withinLimit(Runnable work) {
        Deadline.in(LIMIT, now::get).run(work);
    }

    private static void assertPasses(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private static void assertRefuses(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DeadlineExceeded.class);
    }

    private static Duration left() {
        return Deadline.bound().orElseThrow().left();
    }

    @Test
    void nothingIsRefusedWithoutADeadline() {
        assertThat(Deadline.bound()).isEmpty();
        assertPasses(Deadline::check);
        assertPasses(Deadline::beginWork);
        assertPasses(Deadline::beginSave);
    }

    @Test
    void workIsRefusedFromTheDeadlineOn() {
        withinLimit(() -> {
            advance(LIMIT.minusNanos(1));
            assertThat(left()).isEqualTo(Duration.ofNanos(1));
            assertPasses(Deadline::check);
            assertPasses(Deadline::beginWork);
            advance(Duration.ofNanos(1));
            assertThat(left()).isZero();
            assertRefuses(Deadline::check);
            assertRefuses(Deadline::beginWork);
            assertRefuses(Deadline::beginSave);
            advance(LIMIT);
            assertThat(left()).isZero();
        });
    }

    @Test
    void whatFollowsTheBeginningOfASaveHasAGrace() {
        withinLimit(() -> {
            advance(LIMIT.minusNanos(1));
            Deadline.beginSave();
            assertThat(left()).isEqualTo(Deadline.GRACE);
            advance(Deadline.GRACE.minusNanos(1));
            assertPasses(Deadline::check);
            advance(Duration.ofNanos(1));
            assertRefuses(Deadline::check);
        });
    }

    @Test
    void anEarlySaveDoesNotShortenTheDeadline() {
        withinLimit(() -> {
            Deadline.beginSave();
            assertThat(left()).isEqualTo(LIMIT);
        });
    }

    @Test
    void theNextWorkHasTheOriginalDeadlineAgain() {
        withinLimit(() -> {
            advance(LIMIT.minusNanos(2));
            Deadline.beginSave();
            Deadline.beginWork();
            assertThat(left()).isEqualTo(Duration.ofNanos(2));
            Deadline.beginSave();
            advance(Duration.ofNanos(2));
            assertPasses(Deadline::check);
            assertRefuses(Deadline::beginWork);
            assertRefuses(Deadline::check);
        });
    }

    @Test
    void aSaveThatIsRepeatedIsRefusedAfterTheOriginalDeadline() {
        withinLimit(() -> {
            advance(LIMIT.minusNanos(1));
            Deadline.beginSave();
            advance(Duration.ofNanos(1));
            assertRefuses(Deadline::beginSave);
        });
    }

    @Test
    void aDeadlineIsBoundToItsThreadForTheTimeOfACall() throws InterruptedException {
        var outer = Deadline.in(LIMIT, now::get);
        var inner = Deadline.in(LIMIT, now::get);
        assertThat(outer.call(() -> {
                    assertThat(Deadline.bound()).containsSame(outer);
                    inner.call(() -> assertThat(Deadline.bound()).containsSame(inner));
                    assertThat(Deadline.bound()).containsSame(outer);
                    return "answer";
                }))
                .isEqualTo("answer");
        assertThat(Deadline.bound()).isEmpty();
        assertThatThrownBy(() -> outer.call(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(Deadline.bound()).isEmpty();

        var elsewhere = new AtomicLong();
        withinLimit(() -> {
            var thread = Thread.ofVirtual()
                    .start(() -> elsewhere.set(Deadline.bound().isEmpty() ? 1 : 2));
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        assertThat(elsewhere).as("another thread has none").hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 1, Long.MAX_VALUE - 4_500_000_000L, Long.MIN_VALUE, -1})
    void aClockThatOverflowsChangesNothing(long start) {
        now.set(start);
        withinLimit(() -> {
            assertThat(left()).isEqualTo(LIMIT);
            advance(LIMIT.minusNanos(1));
            assertPasses(Deadline::check);
            Deadline.beginSave();
            assertThat(left()).isEqualTo(Deadline.GRACE);
            advance(Deadline.GRACE);
            assertRefuses(Deadline::check);
        });
    }

    @Test
    void theRealClockIsUsedOtherwise() {
        assertRefuses(() -> Deadline.in(Duration.ZERO).run(Deadline::check));
        assertThat(Deadline.in(Duration.ofHours(1)).left()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"4000, 4", "100, 0.1", "1500, 1.5", "60000, 60"})
    void theMessageNamesTheLimit(long millis, String seconds) {
        assertThat(Deadline.in(Duration.ofMillis(millis)).exceeded())
                .hasMessage("The request was not finished within " + seconds + " s: ask for less, or try again later.")
                .hasNoSuppressedExceptions()
                .extracting(Throwable::getStackTrace)
                .isEqualTo(new StackTraceElement[0]);
    }
}
