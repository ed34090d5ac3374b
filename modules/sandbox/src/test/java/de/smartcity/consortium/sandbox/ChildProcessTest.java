package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No child process outlives its owner. */
class ChildProcessTest {

    @TempDir
    private Path folder;

    /** Starts a child and prints its process id; then waits to be killed if the second argument is {@code wait}, or ends. */
    static final class Owner {
        public static void main(String[] arguments) throws InterruptedException {
            var child = ChildProcess.start("sleep", Path.of(arguments[0]), Map.of(), List.of("sleep", "600"));
            System.out.println(child.pid());
            if (arguments[1].equals("wait")) {
                Thread.sleep(600_000);
            }
        }
    }

    @Test
    void aChildEndsWhenItsOwnerIsKilled() throws Exception {
        var owner = owner("wait");
        var child = child(owner);
        assertThat(child.isAlive()).isTrue();
        owner.destroyForcibly();
        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aChildEndsWithItsOwner() throws Exception {
        var owner = owner("leave");
        var child = child(owner);
        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aChildEndsWhenItIsClosed() {
        var child = ChildProcess.start("sleep", folder.resolve("log"), Map.of(), List.of("sleep", "600"));
        assertThat(child.isAlive()).isTrue();
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aChildThatFailsShowsTheEndOfItsLog() {
        try (var child = ChildProcess.start(
                "The failing one",
                folder.resolve("log"),
                Map.of(),
                List.of("sh", "-c", "echo what went wrong; exit 3"))) {
            assertThatThrownBy(() ->
                            child.awaitOk(URI.create("http://127.0.0.1:" + Ports.free() + "/"), Duration.ofSeconds(20)))
                    .isInstanceOf(SandboxFailure.class)
                    .hasMessageContaining("The failing one ended")
                    .hasMessageContaining("what went wrong");
        }
    }

    private Process owner(String then) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.resolve("log").toString(),
                        then)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle child(Process owner) throws IOException {
        var line = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    }
}
