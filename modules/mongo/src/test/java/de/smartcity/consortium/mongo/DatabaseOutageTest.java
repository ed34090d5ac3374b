package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketClosedException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoStalePrimaryException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;

class DatabaseOutageTest {

    private static final ServerAddress SERVER = new ServerAddress("mongo.internal.example", 27017);

    private static MongoCommandException refused(int code) {
        return new MongoCommandException(new BsonDocument("code", new BsonInt32(code)), SERVER);
    }

    private static MongoWriteException notWritten(int code) {
        return new MongoWriteException(new WriteError(code, "refused", new BsonDocument()), SERVER, Set.of());
    }

    static Stream<RuntimeException> outages() {
        var socket = new MongoSocketReadException("gone", SERVER);
        return Stream.of(
                        Stream.of(
                                new MongoTimeoutException("no server"),
                                new MongoOperationTimeoutException("too late"),
                                new MongoExecutionTimeoutException(50, "too late"),
                                socket,
                                new MongoSocketOpenException("gone", SERVER, new IOException()),
                                new MongoSocketClosedException("gone", SERVER),
                                new MongoSocketWriteException("gone", SERVER, new IOException()),
                                new MongoSocketReadTimeoutException("gone", SERVER, new IOException()),
                                new MongoServerUnavailableException("gone"),
                                new MongoConnectionPoolClearedException(new ServerId(new ClusterId(), SERVER), socket),
                                new MongoInterruptedException("stopping", new InterruptedException()),
                                new MongoStalePrimaryException("stale"),
                                new MongoNotPrimaryException(new BsonDocument(), SERVER),
                                new MongoNodeIsRecoveringException(new BsonDocument(), SERVER),
                                new MongoCursorNotFoundException(
                                        7, new BsonDocument("code", new BsonInt32(43)), SERVER),
                                new MongoSecurityException(
                                        MongoCredential.createCredential("a", "b", "c".toCharArray()), "m", socket),
                                new MongoWriteConcernException(
                                        new WriteConcernError(64, "WriteConcernTimeout", "waiting", new BsonDocument()),
                                        WriteConcernResult.unacknowledged(),
                                        SERVER,
                                        Set.of()),
                                notWritten(11_600),
                                new DataAccessResourceFailureException("gone")),
                        IntStream.of(6, 7, 50, 64, 89, 91, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436)
                                .mapToObj(DatabaseOutageTest::refused))
                .flatMap(failures -> failures);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatEndsWithTheOutageIsUnavailable(RuntimeException failure) {
        assertThat(DatabaseOutage.isBehind(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void itIsRecognisedThroughSpringDatasExceptions(RuntimeException failure) {
        var translated = MongoExceptionTranslator.DEFAULT_EXCEPTION_TRANSLATOR.translateExceptionIfPossible(failure);
        assertThat(DatabaseOutage.isBehind(translated == null ? failure : translated))
                .as(String.valueOf(translated))
                .isTrue();
    }

    static Stream<Throwable> defects() {
        var outage = new MongoSocketReadException("gone", SERVER);
        return Stream.of(
                refused(2),
                refused(13),
                refused(11_000),
                notWritten(121),
                new MongoClientException("not supported"),
                new MongoConfigurationException("no such host"),
                new MongoInternalException("unexpected"),
                new MongoSecurityException(MongoCredential.createCredential("a", "b", "c".toCharArray()), "wrong"),
                new UncategorizedMongoDbException("refused", refused(2)),
                new DataIntegrityViolationException("refused", notWritten(121)),
                new DuplicateKeyException("taken"),
                new OptimisticLockingFailureException("stale"),
                new IllegalStateException("gone", outage),
                new IOException("gone"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("defects")
    void otherFailuresAreDefects(Throwable failure) {
        assertThat(DatabaseOutage.isBehind(failure)).isFalse();
    }

    @Test
    void nothingIsNoOutage() {
        assertThat(DatabaseOutage.isBehind(null)).isFalse();
    }
}
