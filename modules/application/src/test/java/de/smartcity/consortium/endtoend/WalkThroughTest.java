package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.smartcity.consortium.sandbox.TestKeycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What README.md shows of a letter of intent, run as it stands there, with the answers that it shows. */
@EndToEnd
class WalkThroughTest {

    private static final Pattern SECTION = Pattern.compile("\n### A letter of intent\n(.*?)\n### ", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("\n```(json)?\n(.*?)\n```", Pattern.DOTALL);

    @Autowired
    private Api api;

    @Test
    void theCommandsOfTheReadmeGiveItsAnswers(@TempDir Path folder) throws IOException, InterruptedException {
        for (var tool : List.of("bash", "curl", "sed")) {
            assumeTrue(isThere(tool), tool + " is not on the PATH");
        }
        var section = SECTION.matcher(Files.readString(Deployment.ROOT.resolve("README.md")));
        assertThat(section.find()).isTrue();
        var commands = new ArrayList<String>();
        var answers = new ArrayList<String>();
        BLOCK.matcher(section.group(1))
                .results()
                .forEach(block -> (block.group(1) == null ? commands : answers).add(block.group(2)));
        assertThat(commands).hasSizeGreaterThan(4);
        assertThat(answers).hasSizeGreaterThan(4);

        var output = run(folder, String.join("\n", commands));

        var from = 0;
        for (var answer : answers) {
            var found = expected(answer).matcher(output);
            assertThat(found.find(from))
                    .as("%s\nafter\n%s\nin\n%s", answer, output.substring(0, from), output)
                    .isTrue();
            from = found.end();
        }
    }

    private String run(Path folder, String commands) throws IOException, InterruptedException {
        var script = "set -eu\n"
                + commands.replace(
                                "http://127.0.0.1:8180/realms/consortium",
                                TestKeycloak.shared().issuer())
                        .replace(
                                "http://127.0.0.1:8080",
                                api.graphQl().toString().replace("/graphql", ""));
        var log = folder.resolve("output");
        var process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }

    /** An answer as the README shows it: with line breaks, and dots for what differs each time. */
    private static Pattern expected(String answer) {
        return Pattern.compile(Arrays.stream(answer.replaceAll("\n *", "").split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*?")));
    }

    private static boolean isThere(String tool) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0;
    }
}
