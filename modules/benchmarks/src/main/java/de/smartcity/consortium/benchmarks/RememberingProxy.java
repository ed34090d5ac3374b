package de.smartcity.consortium.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.RawBsonDocument;

/**
 * Stands before a MongoDB and answers a command that it has seen from memory, since the embedded server scans for every answer and would
 * be what a benchmark measures. For readers only: it remembers writes as well. Each command that it has not seen is printed on a line.
 */
final class RememberingProxy {

    private static final int HEADER = 16;
    private static final int OP_MSG = 2013;
    /** After the header, flags and the section's kind; of what the service sends here, the first section is the body. */
    private static final int BODY = 21;

    private final int server;
    private final Map<ByteBuffer, byte[]> known = new ConcurrentHashMap<>();

    private RememberingProxy(int server) {
        this.server = server;
    }

    /** Arguments: the port to listen on, the MongoDB's port. */
    public static void main(String[] arguments) throws IOException {
        var proxy = new RememberingProxy(Integer.parseInt(arguments[1]));
        try (var socket = new ServerSocket(Integer.parseInt(arguments[0]), 100, InetAddress.getLoopbackAddress())) {
            while (true) {
                var client = socket.accept();
                client.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> proxy.serve(client));
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            upstream.setTcpNoDelay(true);
            var fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream(), 65536));
            var toClient = new BufferedOutputStream(client.getOutputStream(), 65536);
            var fromServer = new DataInputStream(new BufferedInputStream(upstream.getInputStream(), 65536));
            var toServer = upstream.getOutputStream();
            while (true) {
                var command = message(fromClient);
                // All but length and request id, which differ each time.
                var key = ByteBuffer.wrap(Arrays.copyOfRange(command, 8, command.length));
                var answer = known.get(key);
                if (answer == null) {
                    print(command);
                    toServer.write(command);
                    toServer.flush();
                    answer = message(fromServer);
                    known.put(key, answer);
                }
                var mine = answer.clone();
                System.arraycopy(command, 4, mine, 8, 4);
                toClient.write(mine);
                toClient.flush();
            }
        } catch (IOException gone) {
            // The client has hung up.
        }
    }

    private static void print(byte[] command) {
        var operation = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        if (operation == OP_MSG) {
            System.out.println(new RawBsonDocument(command, BODY, command.length - BODY).toJson());
            System.out.flush();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        var header = new byte[HEADER];
        in.readFully(header);
        var length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        var message = Arrays.copyOf(header, length);
        in.readFully(message, HEADER, length - HEADER);
        return message;
    }
}
