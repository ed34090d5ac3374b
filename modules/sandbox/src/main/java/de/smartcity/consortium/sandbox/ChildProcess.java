package de.smartcity.consortium.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that ends with its owner. */
public final class ChildProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final String name;
    private final Process supervisor;
    private final ProcessHandle process;
    private final Path log;

    private ChildProcess(String name, Process supervisor, ProcessHandle process, Path log) {
        this.name = name;
        this.supervisor = supervisor;
        this.process = process;
        this.log = log;
    }

    /** Starts a command that ends with this process. */
    public static ChildProcess start(String name, Path log, Map<String, String> environment, List<String> command) {
        return start(name, log, environment, command, ProcessHandle.current().pid());
    }

    static ChildProcess start(
            String name, Path log, Map<String, String> environment, List<String> command, long owner) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var line = new ArrayList<>(List.of(
                    java(),
                    "-Xmx24m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    Path.of(ProcessSupervisor.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                            .toString(),
                    ProcessSupervisor.class.getName(),
                    String.valueOf(owner),
                    log.toString()));
            line.addAll(command);
            var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            var supervisor = builder.start();
            supervisor.getOutputStream().close();
            var first = new BufferedReader(new InputStreamReader(supervisor.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (first == null) {
                throw new SandboxFailure(name + " did not start; see " + log);
            }
            var process = ProcessHandle.of(Long.parseLong(first)).orElseGet(supervisor::toHandle);
            return new ChildProcess(name, supervisor, process, log);
        } catch (IOException | URISyntaxException failed) {
            throw new SandboxFailure(name + " could not be started", failed);
        }
    }

    /** Starts a Java program: arguments as for {@code java}. */
    public static ChildProcess java(String name, Path log, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(arguments);
        return start(name, log, environment, command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until a URL answers 200. @throws SandboxFailure with the end of the log, if the process ends first or time runs out */
    public ChildProcess awaitOk(URI url, Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < until) {
            if (!supervisor.isAlive()) {
                throw new SandboxFailure(name + " ended before it was ready. The end of " + log + ":\n" + tail());
            }
            if (isOk(url)) {
                return this;
            }
            pause(100);
        }
        throw new SandboxFailure(
                name + " was not ready after " + atMost.toSeconds() + " s. The end of " + log + ":\n" + tail());
    }

    static boolean isOk(URI url) {
        try {
            var request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted", stopped);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("Interrupted", stopped);
        }
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException unreadable) {
            return "(the log cannot be read)";
        }
    }

    /** The id of the process itself, not of its supervisor. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process with SIGKILL and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(25, TimeUnit.SECONDS)) {
                supervisor.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
