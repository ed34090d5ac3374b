package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.language.OperationDefinition.Operation;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a query at the deadline of its request: the engine checks between two fields whether it is cancelled, and the answer is one error. A mutation is
 * not cancelled, since the answers to the changes that it has made would be lost; {@link Answer} refuses its other fields.
 */
final class QueryCancellation extends SimpleInstrumentationContext<ExecutionResult> {

    /** One for all requests, which only set a flag on its thread. */
    private static final ScheduledExecutorService TIMER = timer();

    private final Future<?> cancellation;

    private QueryCancellation(Future<?> cancellation) {
        this.cancellation = cancellation;
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("query-deadlines").factory());
        // Nearly all are removed, and those of an hour would fill memory.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Cancels an execution at the deadline, unless it completes before. */
    static InstrumentationContext<ExecutionResult> schedule(ExecutionContext execution) {
        var deadline = Deadline.bound().orElse(null);
        if (deadline == null || execution.getOperationDefinition().getOperation() != Operation.QUERY) {
            return SimpleInstrumentationContext.noOp();
        }
        var input = execution.getExecutionInput();
        return new QueryCancellation(TIMER.schedule(
                () -> {
                    input.getGraphQLContext().put(DeadlineExceeded.class, deadline.exceeded());
                    input.cancel();
                },
                deadline.left().toNanos(),
                TimeUnit.NANOSECONDS));
    }

    @Override
    public void onCompleted(@Nullable ExecutionResult result, @Nullable Throwable thrown) {
        cancellation.cancel(false);
    }

    /** The one error of a cancelled query, with {@code data} null; for others their result. */
    static ExecutionResult answer(ExecutionResult result, ExecutionInput input) {
        DeadlineExceeded exceeded = input.getGraphQLContext().get(DeadlineExceeded.class);
        if (exceeded == null || result.getErrors().stream().noneMatch(AbortExecutionException.class::isInstance)) {
            return result;
        }
        return ExecutionResult.newExecutionResult()
                .data(null)
                .addError(Unavailable.error(
                        exceeded,
                        GraphqlErrorBuilder.newError(),
                        input.getGraphQLContext(),
                        input.getExecutionIdNonNull()))
                .build();
    }
}
