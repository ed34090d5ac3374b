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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * A proxy of MongoDB that answers repeated commands from memory, because otherwise the scans of the embedded server would dominate the
 * benchmark. For reads only: it caches the results of writes, too. It prints each new command on a line.
 */
final class CachingProxy {

    private static final int HEADER = 16;
    private static final int OP_MSG = 2013;
    /** The body's offset, after header, flags and section kind; it is the first section of what the service sends. */
    private static final int BODY = 21;
    /** What is left of a request's deadline differs at each command: type, name and end of name, before the eight bytes of the number. */
    private static final byte[] TIMEOUT = "\u0012maxTimeMS\0".getBytes(StandardCharsets.US_ASCII);

    private final int server;
    private final Map<ByteBuffer, byte[]> answers = new ConcurrentHashMap<>();

    private CachingProxy(int server) {
        this.server = server;
    }

    /** Arguments: the port to listen on, the MongoDB's port. */
    public static void main(String[] arguments) throws IOException {
        var proxy = new CachingProxy(Integer.parseInt(arguments[1]));
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
                var key = key(command);
                var answer = answers.get(key);
                if (answer == null) {
                    print(command);
                    toServer.write(command);
                    toServer.flush();
                    answer = message(fromServer);
                    answers.put(key, answer);
                }
                var response = answer.clone();
                System.arraycopy(command, 4, response, 8, 4);
                toClient.write(response);
                toClient.flush();
            }
        } catch (IOException gone) {
            // The client has disconnected.
        }
    }

    /** The command without its length, its request id, which differs each time, and the timeout. */
    private static ByteBuffer key(byte[] command) {
        var key = Arrays.copyOfRange(command, 8, command.length);
        // The driver appends it.
        for (var start = key.length - TIMEOUT.length - Long.BYTES; start >= 0; start--) {
            if (Arrays.equals(key, start, start + TIMEOUT.length, TIMEOUT, 0, TIMEOUT.length)) {
                Arrays.fill(key, start + TIMEOUT.length, start + TIMEOUT.length + Long.BYTES, (byte) 0);
                break;
            }
        }
        return ByteBuffer.wrap(key);
    }

    private static void print(byte[] command) {
        var operation = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        if (operation == OP_MSG) {
            var body = new RawBsonDocument(command, BODY, command.length - BODY).decode(new BsonDocumentCodec());
            body.remove("maxTimeMS");
            System.out.println(body.toJson());
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
