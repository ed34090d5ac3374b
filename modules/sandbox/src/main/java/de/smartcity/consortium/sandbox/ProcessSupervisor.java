package de.smartcity.consortium.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command and ends it when its owner ends for any reason, including SIGKILL, on which an owner cannot end its children itself.
 * Arguments: the owner's process id, the file for the command's output, the command.
 */
final class ProcessSupervisor {

    private ProcessSupervisor() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var log = new File(arguments[1]);
        var command = new ProcessBuilder(Arrays.asList(arguments).subList(2, arguments.length))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(command)));
        // The owner reads this process id, for tests that kill the command alone.
        System.out.println(command.pid());
        ProcessHandle.of(Long.parseLong(arguments[0]))
                .ifPresentOrElse(owner -> owner.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
        System.exit(command.waitFor());
    }

    private static void end(Process command) {
        command.descendants().forEach(ProcessHandle::destroy);
        command.destroy();
        try {
            if (!command.waitFor(20, TimeUnit.SECONDS)) {
                command.descendants().forEach(ProcessHandle::destroyForcibly);
                command.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            command.destroyForcibly();
        }
    }
}
