package de.smartcity.consortium.mongo;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoStalePrimaryException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Distinguishes the failures that are over when the database can be reached again from those that are defects. */
public final class DatabaseOutage {

    /** By which a server says that it, its primary or its majority is away. The driver has exceptions of their own only for some. */
    private static final Set<Integer> CODES = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            43, // CursorNotFound, after a restart
            50, // MaxTimeMSExpired
            64, // WriteConcernTimeout
            89, // NetworkTimeout
            91, // ShutdownInProgress
            133, // FailedToSatisfyReadPreference
            134, // ReadConcernMajorityNotAvailableYet
            189, // PrimarySteppedDown
            202, // NetworkInterfaceExceededTimeLimit
            262, // ExceededTimeLimit
            9_001, // SocketException
            10_058, // LegacyNotPrimary
            10_107, // NotWritablePrimary
            11_600, // InterruptedAtShutdown
            11_601, // Interrupted
            11_602, // InterruptedDueToReplStateChange
            13_435, // NotPrimaryNoSecondaryOk
            13_436); // NotPrimaryOrSecondary

    private DatabaseOutage() {}

    /** Whether an exception of the driver or of Spring Data is due to an outage. Whether a write that failed so was made is unknown. */
    public static boolean isBehind(@Nullable Throwable failure) {
        // Spring Data wraps what it does not know, and the driver a failure during authentication.
        for (var cause = failure;
                cause instanceof MongoException || cause instanceof DataAccessException;
                cause = cause.getCause()) {
            if (isOutage(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoExecutionTimeoutException
                || failure instanceof MongoSocketException
                || failure instanceof MongoServerUnavailableException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoStalePrimaryException
                || failure instanceof MongoInterruptedException
                || failure instanceof MongoWriteConcernException
                || failure instanceof DataAccessResourceFailureException
                || (failure instanceof MongoException refused && CODES.contains(refused.getCode()));
    }
}
