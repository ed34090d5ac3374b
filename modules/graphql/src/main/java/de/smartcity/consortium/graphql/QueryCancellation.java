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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a query at the deadline of its request: the engine checks between two fields whether it is cancelled, and the answer is one error. A mutation is
 * not cancelled, since the answers to the changes that it has made would be lost; {@link Answer} refuses its other fields.
 */
final class QueryCancellation extends SimpleInstrumentationContext<ExecutionResult> {

    private static final Logger LOG = LoggerFactory.getLogger(QueryCancellation.class);
    private static final Duration TICK = Duration.ofMillis(50);
    /** Looked through at each tick, since a timer task for each query would wake the timer's thread for each. */
    private static final Set<QueryCancellation> RUNNING = running();

    private final ExecutionInput input;
    private final Deadline deadline;
    private final long at;

    private QueryCancellation(ExecutionInput input, Deadline deadline) {
        this.input = input;
        this.deadline = deadline;
        this.at = System.nanoTime() + deadline.left().toNanos();
    }

    private static Set<QueryCancellation> running() {
        Set<QueryCancellation> running = ConcurrentHashMap.newKeySet();
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("query-deadlines").factory())
                .scheduleAtFixedRate(() -> cancelDue(running), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        return running;
    }

    /** A failure would end all further runs. */
    private static void cancelDue(Set<QueryCancellation> running) {
        try {
            running.forEach(QueryCancellation::cancelIfDue);
        } catch (RuntimeException failed) {
            LOG.error("Queries were not cancelled at their deadline", failed);
        }
    }

    /** Cancels an execution at the deadline, unless it completes before. */
    static InstrumentationContext<ExecutionResult> schedule(ExecutionContext execution) {
        var deadline = Deadline.bound().orElse(null);
        if (deadline == null || execution.getOperationDefinition().getOperation() != Operation.QUERY) {
            return SimpleInstrumentationContext.noOp();
        }
        var cancellation = new QueryCancellation(execution.getExecutionInput(), deadline);
        RUNNING.add(cancellation);
        return cancellation;
    }

    private void cancelIfDue() {
        if (System.nanoTime() - at >= 0) {
            input.getGraphQLContext().put(DeadlineExceeded.class, deadline.exceeded());
            input.cancel();
            RUNNING.remove(this);
        }
    }

    @Override
    public void onCompleted(@Nullable ExecutionResult result, @Nullable Throwable thrown) {
        RUNNING.remove(this);
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
