package de.smartcity.consortium.sandbox;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a MongoDB, so that a test can take the MongoDB away and bring it back. */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER_SIZE = 65_536;
    private static final int BACKLOG = 1_000;

    private final ServerAddress server;
    private final String serverUri;
    private final int port;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean stalls;
    private volatile Trap trap = Trap.NONE;
    private volatile @Nullable ServerSocket listening;
    private volatile @Nullable Thread accepting;

    private TcpProxy(String serverUri) throws IOException {
        this.server = new ServerAddress(host(serverUri));
        this.serverUri = serverUri;
        this.port = listen(0);
    }

    /**
     * Where it stalls by itself.
     *
     * @param at asked with everything that a client sends, as ISO 8859-1; by one connection at a time
     * @param passes whether what it stalls at still goes through; its answer never does
     */
    private record Trap(Predicate<String> at, boolean passes, CompletableFuture<Void> reached) {

        static final Trap NONE = new Trap(sent -> false, true, new CompletableFuture<>());

        synchronized boolean isReachedBy(byte[] buffer, int length) {
            return !reached.isDone() && at.test(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    /** Starts one. @param mongoUri of one server */
    public static TcpProxy inFrontOf(String mongoUri) {
        try {
            return new TcpProxy(mongoUri);
        } catch (IOException failed) {
            throw new SandboxFailure("No proxy can be started in front of " + mongoUri, failed);
        }
    }

    private static String host(String uri) {
        return new ConnectionString(uri).getHosts().getFirst();
    }

    /** The MongoDB's URI, through the proxy. */
    public String uri() {
        var direct = serverUri.replace(host(serverUri), "127.0.0.1:" + port);
        // Otherwise the driver asks a replica set for its members' own addresses.
        return direct + (direct.contains("?") ? "&" : "?") + "directConnection=true";
    }

    /** Closes all connections. New ones are accepted. */
    public void drop() {
        connections.forEach(Connection::close);
    }

    /** Closes all connections and refuses new ones, as if the server was stopped. */
    public void refuse() {
        stopListening();
        drop();
    }

    /** Lets nothing through, and accepts new connections without ever answering, as if the server or the network hung. */
    public void stall() {
        stalls = true;
        connections.forEach(connection -> connection.silent = true);
    }

    /**
     * Stalls just before something that a client sends.
     *
     * @param sent asked with everything that a client sends, as ISO 8859-1, by one connection at a time
     * @return completed as soon as it stalls
     */
    public CompletableFuture<Void> stallBefore(Predicate<String> sent) {
        return set(new Trap(sent, false, new CompletableFuture<>()));
    }

    /** Stalls just after something that a client sends, as {@link #stallBefore}; its answer does not come through. */
    public CompletableFuture<Void> stallAfter(Predicate<String> sent) {
        return set(new Trap(sent, true, new CompletableFuture<>()));
    }

    private CompletableFuture<Void> set(Trap another) {
        trap = another;
        return another.reached();
    }

    /** Lets new connections through again. Those that were stalled stay silent for ever, as behind a firewall that has forgotten them. */
    public void restore() {
        trap = Trap.NONE;
        stalls = false;
        if (listening == null) {
            try {
                listen(port);
            } catch (IOException failed) {
                throw new SandboxFailure("The proxy cannot listen on its port " + port + " again", failed);
            }
        }
    }

    @Override
    public void close() {
        refuse();
    }

    private int listen(int wanted) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
        listening = socket;
        accepting = Thread.ofVirtual().name("tcp-proxy").start(() -> accept(socket));
        return socket.getLocalPort();
    }

    private void stopListening() {
        var socket = listening;
        listening = null;
        if (socket != null) {
            closeQuietly(socket);
            awaitEnd(accepting);
        }
    }

    /** A socket in which a virtual thread waits takes connections until that thread has noticed that it is closed. */
    private static void awaitEnd(@Nullable Thread thread) {
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                var connection = new Connection(socket.accept());
                connections.add(connection);
                connection.silent = stalls;
                if (socket.equals(listening)) {
                    Thread.ofVirtual().start(connection::serve);
                } else {
                    connection.close();
                }
            }
        } catch (IOException closed) {
            // It does not listen any more.
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // That is what was wanted.
        }
    }

    /** Takes some bytes to the other side, or drops them. */
    private interface Passage {
        void pass(byte[] buffer, int length, OutputStream to) throws IOException;
    }

    private final class Connection {

        private final Socket client;
        private volatile @Nullable Socket upstream;
        private volatile boolean silent;

        Connection(Socket client) {
            this.client = client;
        }

        void serve() {
            try (client;
                    var toServer = new Socket(server.getHost(), server.getPort())) {
                upstream = toServer;
                client.setTcpNoDelay(true);
                toServer.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> copyUntilClosed(toServer, client, this::pass));
                copyUntilClosed(client, toServer, this::passUnlessTrapped);
            } catch (IOException gone) {
                // The server does not listen.
            } finally {
                connections.remove(this);
            }
        }

        private void copyUntilClosed(Socket from, Socket to, Passage passage) {
            try {
                copy(from.getInputStream(), to.getOutputStream(), passage);
            } catch (IOException gone) {
                // One of both has closed it.
            }
            if (!silent) {
                close();
            }
        }

        private static void copy(InputStream from, OutputStream to, Passage passage) throws IOException {
            var buffer = new byte[BUFFER_SIZE];
            for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                passage.pass(buffer, read, to);
            }
        }

        private void pass(byte[] buffer, int length, OutputStream to) throws IOException {
            if (!silent) {
                write(buffer, length, to);
            }
        }

        private static void write(byte[] buffer, int length, OutputStream to) throws IOException {
            to.write(buffer, 0, length);
            to.flush();
        }

        private void passUnlessTrapped(byte[] buffer, int length, OutputStream to) throws IOException {
            var set = trap;
            if (silent || !set.isReachedBy(buffer, length)) {
                pass(buffer, length, to);
                return;
            }
            stall();
            if (set.passes()) {
                write(buffer, length, to);
            }
            set.reached().complete(null);
        }

        void close() {
            closeQuietly(client);
            var toServer = upstream;
            if (toServer != null) {
                closeQuietly(toServer);
            }
        }
    }
}
