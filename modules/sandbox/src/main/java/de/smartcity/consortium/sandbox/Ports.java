package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on 127.0.0.1. */
public final class Ports {

    private Ports() {}

    /** One that nobody listens on now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new SandboxFailure("There is no free port", none);
        }
    }

    /** @throws SandboxFailure where somebody listens on it, naming the property that changes it */
    static void demandFree(int port, String property) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new SandboxFailure("Port " + port + " is taken: choose another with -D" + property + "=…", taken);
        }
    }
}
