package de.smartcity.consortium.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What README.md shows of a letter of intent. */
@EndToEnd
class LetterWalkThroughTest {

    @Autowired
    private Api api;

    @Test
    void theCommandsOfTheReadmeGiveItsAnswers(@TempDir Path folder) throws IOException, InterruptedException {
        new Readme(api, folder).assertThatCommandsGiveTheirAnswers("A letter of intent");
    }
}
