package de.smartcity.consortium.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import de.smartcity.consortium.kernel.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the commands of a request what is left of its {@link Deadline}, as the driver's {@code timeoutMS}: for finding a server, for a connection and
 * for the answer together. Where no deadline is bound, the client's own timeout holds.
 */
final class CommandTimeouts {

    /** Of commands that have no deadline, such as those of background work: a connection that was dropped silently must not hold it for ever. */
    static final Duration BACKGROUND = Duration.ofSeconds(30);

    /**
     * Of connecting, of a heartbeat, and between two heartbeats. After twice that, the driver replaces connections that have fallen silent; before, each
     * costs the next command that it is used for its whole timeout.
     */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /**
     * Connections that are opened at once: as many as the pool may have by default. If a server accepts one and says nothing, the opening lasts as long as
     * its command may, so that with the driver's two, background commands would keep all requests from connecting for half a minute.
     */
    static final int MAX_CONNECTING = 100;

    private CommandTimeouts() {}

    /** For commands that are sent now. @throws DeadlineExceeded if nothing is left */
    static MongoDatabase bound(MongoDatabase database) {
        var left = millisLeft(database.getTimeout(TimeUnit.MILLISECONDS));
        return left == null ? database : database.withTimeout(left, TimeUnit.MILLISECONDS);
    }

    private static <T> MongoCollection<T> bound(MongoCollection<T> collection) {
        var left = millisLeft(collection.getTimeout(TimeUnit.MILLISECONDS));
        return left == null ? collection : collection.withTimeout(left, TimeUnit.MILLISECONDS);
    }

    /** Null if no deadline is bound. */
    private static @Nullable Long millisLeft(@Nullable Long configured) {
        var deadline = Deadline.bound();
        if (deadline.isEmpty()) {
            return null;
        }
        Deadline.check();
        // The driver takes zero for no timeout at all.
        var left = Math.max(1, deadline.get().left().toMillis());
        return configured == null || configured == 0 ? left : Math.min(configured, left);
    }

    /** A database whose commands may take any time, for what is done once at a start. */
    static MongoDatabase unlimited(MongoDatabase database) {
        return database.withTimeout(0, TimeUnit.MILLISECONDS);
    }

    /**
     * The collection, for commands that are sent at any time: each has what is then left of the deadline. The driver's collection has a fixed
     * timeout, and a new one for each request would derive its codecs again.
     */
    @SuppressWarnings("unchecked")
    static <T> MongoCollection<T> boundAtEachCommand(MongoCollection<T> collection) {
        return (MongoCollection<T>) Proxy.newProxyInstance(
                CommandTimeouts.class.getClassLoader(),
                new Class<?>[] {MongoCollection.class},
                (proxy, method, arguments) -> call(collection, method, arguments));
    }

    private static @Nullable Object call(
            MongoCollection<?> collection, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            if (method.getName().equals("withTimeout") || method.getDeclaringClass() == Object.class) {
                return method.invoke(collection, arguments);
            }
            if (method.getReturnType() == MongoCollection.class) {
                return boundAtEachCommand((MongoCollection<?>) method.invoke(collection, arguments));
            }
            return method.invoke(method.getName().startsWith("get") ? collection : bound(collection), arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
