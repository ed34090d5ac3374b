package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.ConsortiumApplication;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without memory the service ends, so that it is started again, rather than staying as a port that answers nothing. */
@OwnProcess
class OutOfMemoryTest {

    private static final Map<String, String> NO_KEYCLOAK =
            Map.of("CONSORTIUM_ISSUER", "http://127.0.0.1:1/realms/none");

    @Test
    void theServiceEndsWhenOneOfItsThreadsRunsOutOfMemory(@TempDir Path folder) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var service = ServiceProcess.start(folder, database.uri(), NO_KEYCLOAK, ServiceWithoutMemory.class)) {
            await().atMost(Duration.ofMinutes(3)).until(() -> !service.isAlive());

            assertThat(Files.readString(folder.resolve("service.log")))
                    .contains("Started ConsortiumApplication", "Terminating due to java.lang.OutOfMemoryError");
        }
    }

    /** The service, of which a thread needs more memory than there is. */
    static final class ServiceWithoutMemory {

        public static void main(String[] arguments) {
            ConsortiumApplication.main(arguments);
            Thread.ofVirtual().start(() -> System.out.println(new long[Integer.MAX_VALUE].length));
        }
    }

    @Test
    void theImageStartsTheServiceWithTheSameOptions() throws Exception {
        assertThat(Files.readString(Deployment.ROOT.resolve("config/jvm.options")))
                .contains("\n-XX:+ExitOnOutOfMemoryError");
        assertThat(Files.readString(Deployment.ROOT.resolve("Dockerfile")))
                .contains(
                        "COPY config/jvm.options /opt/consortium/jvm.options\n",
                        "ENTRYPOINT [\"java\", \"@/opt/consortium/jvm.options\",");
        assertThat(Files.readAllLines(Deployment.ROOT.resolve(".dockerignore"))).contains("!config/jvm.options");
    }
}
