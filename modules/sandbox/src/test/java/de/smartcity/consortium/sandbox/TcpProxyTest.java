package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int LONG_MILLIS = 10_000;
    private static final int SHORT_MILLIS = 200;

    /** A server that returns each byte. */
    private ServerSocket server;

    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var client = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (client) {
                            client.getInputStream().transferTo(client.getOutputStream());
                        } catch (IOException gone) {
                            // The test has ended.
                        }
                    });
                }
            } catch (IOException closed) {
                // The test has ended.
            }
        });
        proxy = TcpProxy.inFrontOf("mongodb://127.0.0.1:" + server.getLocalPort() + "/consortium?appName=test");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        var address =
                new ServerAddress(new ConnectionString(proxy.uri()).getHosts().getFirst());
        var socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private static int returned(Socket client) throws IOException {
        client.getOutputStream().write(7);
        return client.getInputStream().read();
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> returned(client)).isInstanceOf(SocketTimeoutException.class);
    }

    private static void assertClosed(Socket client) throws IOException {
        try {
            assertThat(returned(client)).isEqualTo(-1);
        } catch (SocketException reset) {
            // That is how it notices.
        }
    }

    @Test
    void theUriNamesTheProxyAndKeepsTheRest() {
        assertThat(proxy.uri())
                .matches("mongodb://127\\.0\\.0\\.1:\\d+/consortium\\?appName=test&directConnection=true")
                .doesNotContain(":" + server.getLocalPort() + "/");
    }

    @Test
    void bytesPassInBothDirections() throws IOException {
        try (var client = connect()) {
            assertThat(returned(client)).isEqualTo(7);
            assertThat(returned(client)).isEqualTo(7);
        }
    }

    @Test
    void droppedConnectionsAreClosedAndNewOnesPass() throws IOException {
        try (var client = connect()) {
            assertThat(returned(client)).isEqualTo(7);
            proxy.drop();
            assertClosed(client);
        }
        try (var client = connect()) {
            assertThat(returned(client)).isEqualTo(7);
        }
    }

    @Test
    void nobodyListensUntilItIsRestored() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        proxy.restore();
        try (var client = connect()) {
            assertThat(returned(client)).isEqualTo(7);
        }
    }

    @Test
    void aStalledConnectionStaysSilentAndOnlyNewOnesPassAfterwards() throws IOException {
        try (var before = connect()) {
            assertThat(returned(before)).isEqualTo(7);
            proxy.stall();
            assertSilent(before);
            try (var meanwhile = connect()) {
                assertSilent(meanwhile);
                proxy.restore();
                assertSilent(meanwhile);
            }
            assertSilent(before);
            try (var after = connect()) {
                assertThat(returned(after)).isEqualTo(7);
            }
        }
    }

    @Test
    void itStallsBeforeWhatATestWaitsForAndAgainWhenThatIsSetAgain() throws IOException {
        try (var other = connect()) {
            for (var round = 0; round < 2; round++) {
                var reached = proxy.stallBefore(sent -> sent.equals("\u0007"));
                try (var client = connect()) {
                    client.getOutputStream().write(8);
                    assertThat(client.getInputStream().read()).isEqualTo(8);
                    assertThat(reached).isNotDone();
                    assertSilent(client);
                    assertThat(reached).isDone();
                    assertSilent(other);
                    proxy.restore();
                }
            }
        }
        try (var client = connect()) {
            assertThat(returned(client)).isEqualTo(7);
        }
    }

    @Test
    void whatItStallsAfterReachesTheServer() throws IOException {
        var received = new CompletableFuture<Integer>();
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var inFront = TcpProxy.inFrontOf("mongodb://127.0.0.1:" + listening.getLocalPort() + "/consortium")) {
            Thread.ofVirtual().start(() -> {
                try (var socket = listening.accept()) {
                    received.complete(socket.getInputStream().read());
                    socket.getOutputStream().write(9);
                } catch (IOException failed) {
                    received.completeExceptionally(failed);
                }
            });
            var reached = inFront.stallAfter(sent -> true);
            var port = Integer.parseInt(inFront.uri().replaceAll("^.*:(\\d+)/.*$", "$1"));
            try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertSilent(client);
                assertThat(received.join()).isEqualTo(7);
                assertThat(reached).isDone();
            }
        }
    }
}
