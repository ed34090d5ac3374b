package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.sandbox.TestMongo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows of a joint project, of the sandbox's data, in which all partners are members. */
@OwnProcess
class ProjectWalkThroughTest {

    @Test
    void theCommandsOfTheReadmeGiveItsAnswers(@TempDir Path folder) throws IOException, InterruptedException {
        try (var service = ServiceProcess.start(
                folder, TestMongo.newDatabase(), Map.of("CONSORTIUM_DATA_DEMONSTRATION", "true"))) {
            service.awaitReady();
            new Readme(service.api(), folder).assertThatCommandsGiveTheirAnswers("A joint project");
        }
    }
}
