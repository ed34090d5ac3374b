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

/** The commands that a section of README.md shows, run as they stand there, with the answers that it shows. */
final class Readme {

    private static final Pattern BLOCK = Pattern.compile("\n```(json)?\n(.*?)\n```", Pattern.DOTALL);
    /** Its first commands are the helpers of the others. */
    private static final String FIRST = "A letter of intent";

    private final Api api;
    private final Path folder;

    /** @param folder in which the commands run */
    Readme(Api api, Path folder) {
        this.api = api;
        this.folder = folder;
    }

    /** @param title of the section */
    void assertThatCommandsGiveTheirAnswers(String title) throws IOException, InterruptedException {
        for (var tool : List.of("bash", "curl", "sed")) {
            assumeTrue(isThere(tool), tool + " is not on the PATH");
        }
        var commands = blocks(title, false);
        var answers = blocks(title, true);
        assertThat(commands).hasSizeGreaterThan(2);
        assertThat(answers).hasSizeGreaterThan(4);
        if (!title.equals(FIRST)) {
            commands.addFirst(blocks(FIRST, false).getFirst());
        }

        var output = run(String.join("\n", commands));

        var from = 0;
        for (var answer : answers) {
            var found = expected(answer).matcher(output);
            assertThat(found.find(from))
                    .as("%s\nafter\n%s\nin\n%s", answer, output.substring(0, from), output)
                    .isTrue();
            from = found.end();
        }
    }

    private static List<String> blocks(String title, boolean answers) throws IOException {
        var section = Pattern.compile("\n### " + title + "\n(.*?)\n### ", Pattern.DOTALL)
                .matcher(Files.readString(Deployment.ROOT.resolve("README.md")));
        assertThat(section.find()).isTrue();
        var blocks = new ArrayList<String>();
        BLOCK.matcher(section.group(1)).results().forEach(block -> {
            if ((block.group(1) != null) == answers) {
                blocks.add(block.group(2));
            }
        });
        return blocks;
    }

    private String run(String commands) throws IOException, InterruptedException {
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
