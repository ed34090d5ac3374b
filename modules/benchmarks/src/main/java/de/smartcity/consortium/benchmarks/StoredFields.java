package de.smartcity.consortium.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** A codec that reads the values at some paths of a document directly from its bytes, and skips the rest. */
final class StoredFields<T> implements Codec<T> {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    interface FieldSetter<T> {
        void set(T object, Value value);
    }

    private final Class<T> type;
    private final Supplier<T> newObject;
    private final PathNode<T> root = new PathNode<>(new byte[0]);

    StoredFields(Class<T> type, Supplier<T> newObject) {
        this.type = type;
        this.newObject = newObject;
    }

    /** Adds a path, such as {@code name.texts.de}, and the setter for its value. */
    StoredFields<T> at(String path, FieldSetter<T> setter) {
        var step = root;
        for (var name : path.split("\\.")) {
            step = step.below(name.getBytes(StandardCharsets.UTF_8));
        }
        step.setter = setter;
        return this;
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        var input = ((BsonBinaryReader) reader).getBsonInput();
        var start = input.getMark(4);
        var bytes = new byte[input.readInt32()];
        start.reset();
        input.readBytes(bytes);
        // The reader's state is still before the document, so it must skip it itself.
        start.reset();
        reader.skipValue();
        return read(bytes, 0);
    }

    private T read(byte[] bytes, int at) {
        var object = newObject.get();
        root.read(object, bytes, at);
        return object;
    }

    @Override
    public void encode(BsonWriter writer, T object, EncoderContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }

    /** A node in the tree of paths. */
    private static final class PathNode<T> {

        private final byte[] name;
        private final List<PathNode<T>> below = new ArrayList<>();
        private @Nullable FieldSetter<T> setter;

        PathNode(byte[] name) {
            this.name = name;
        }

        PathNode<T> below(byte[] next) {
            for (var step : below) {
                if (Arrays.equals(step.name, next)) {
                    return step;
                }
            }
            var step = new PathNode<T>(next);
            below.add(step);
            return step;
        }

        void read(T object, byte[] bytes, int document) {
            var at = document + 4;
            while (bytes[at] != 0) {
                var kind = bytes[at];
                var nameStart = at + 1;
                var nameEnd = endOfName(bytes, nameStart);
                var value = nameEnd + 1;
                for (var step : below) {
                    if (Arrays.equals(bytes, nameStart, nameEnd, step.name, 0, step.name.length)) {
                        if (step.setter != null) {
                            step.setter.set(object, new Value(bytes, value));
                        } else if (kind == 3) {
                            step.read(object, bytes, value);
                        }
                        break;
                    }
                }
                at = value + size(kind, bytes, value);
            }
        }
    }

    private static int endOfName(byte[] bytes, int at) {
        var end = at;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private static int integer(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** The size of a value of this BSON type; only of types that the service stores. */
    private static int size(byte kind, byte[] bytes, int at) {
        return switch (kind) {
            case 0x02 -> 4 + integer(bytes, at);
            case 0x03, 0x04 -> integer(bytes, at);
            case 0x05 -> 5 + integer(bytes, at);
            case 0x08 -> 1;
            case 0x0A -> 0;
            case 0x10 -> 4;
            case 0x01, 0x09, 0x12 -> 8;
            case 0x13 -> 16;
            default -> throw new IllegalStateException("Unexpected BSON type: " + kind);
        };
    }

    /** A value at an offset. */
    record Value(byte[] bytes, int at) {

        String string() {
            return new String(bytes, at + 4, integer(bytes, at) - 1, StandardCharsets.UTF_8);
        }

        UUID uuid() {
            return new UUID((long) BIG_ENDIAN_LONG.get(bytes, at + 5), (long) BIG_ENDIAN_LONG.get(bytes, at + 13));
        }

        List<String> strings() {
            var strings = new ArrayList<String>();
            for (var next = at + 4; bytes[next] != 0; ) {
                var value = endOfName(bytes, next + 1) + 1;
                strings.add(new Value(bytes, value).string());
                next = value + size(bytes[next], bytes, value);
            }
            return strings;
        }

        <D> List<D> documents(StoredFields<D> fields) {
            var documents = new ArrayList<D>();
            for (var next = at + 4; bytes[next] != 0; ) {
                var value = endOfName(bytes, next + 1) + 1;
                documents.add(fields.read(bytes, value));
                next = value + size(bytes[next], bytes, value);
            }
            return documents;
        }
    }
}
