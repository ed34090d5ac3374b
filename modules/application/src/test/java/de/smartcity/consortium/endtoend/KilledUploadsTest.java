package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed during an upload. */
@OwnProcess
class KilledUploadsTest {

    private static final String EDITOR = "editor@ude.sandbox";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aKilledUploadIsNeverVisibleAndLeavesNothing(@TempDir Path folder) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = MongoClients.create(database.uri());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stored = client.getDatabase(URI.create(database.uri()).getPath().substring(1));
            try (var service = ServiceProcess.start(folder, database.uri(), Map.of())) {
                service.awaitReady();
                var files = new FileClient(service.at("/").toString());
                var token = Api.token(EDITOR);
                assertThat(token).isNotEmpty();
                var killed = new AtomicBoolean();
                var upload = threads.submit(() -> files.upload(
                        EDITOR,
                        FileClient.letterWith(Map.of()),
                        BodyPublishers.ofInputStream(() -> new EndlessPdf(killed))));
                await().atMost(PATIENCE).until(() -> count(stored, "fileContents.chunks") > 2);
                service.kill();
                killed.set(true);
                assertThat(upload)
                        .failsWithin(PATIENCE)
                        .withThrowableThat()
                        .withCauseInstanceOf(UncheckedIOException.class);
            }
            assertThat(count(stored, "files")).isEqualTo(1);
            assertThat(count(stored, "fileContents.files")).isZero();

            // An hour later.
            stored.getCollection("files").updateMany(Filters.empty(), Updates.set("dueAt", Date.from(Instant.now())));
            try (var service =
                    ServiceProcess.start(folder, database.uri(), Map.of("CONSORTIUM_JOBS_INTERVAL", "100ms"))) {
                service.awaitReady();
                await().atMost(PATIENCE)
                        .until(() -> count(stored, "files") == 0 && count(stored, "fileContents.chunks") == 0);
            }
        }
    }

    private static long count(MongoDatabase stored, String collection) {
        return stored.getCollection(collection).countDocuments();
    }

    /** Begins like a PDF, sends some of it at once, and then a byte now and then, until the service is killed. */
    private static final class EndlessPdf extends InputStream {

        private final AtomicBoolean killed;
        private int sent;

        EndlessPdf(AtomicBoolean killed) {
            this.killed = killed;
        }

        @Override
        public int read() throws IOException {
            var at = sent++;
            if (at > 400_000) {
                // A client that waits for its own body may not notice that the connection is gone.
                if (killed.get()) {
                    throw new IOException("The service is gone");
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException stopped) {
                    return -1;
                }
            }
            return at < FileClient.PDF.length ? FileClient.PDF[at] : ' ';
        }
    }
}
