package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

public final class Ports {

    private Ports() {}

    /** A port that is not in use now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new SandboxFailure("No port is free", none);
        }
    }

    /** @throws SandboxFailure if the port is in use; the message names the property that changes it */
    static void requireFree(int port, String property) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new SandboxFailure("Port " + port + " is in use: choose another with -D" + property + "=…", taken);
        }
    }
}
