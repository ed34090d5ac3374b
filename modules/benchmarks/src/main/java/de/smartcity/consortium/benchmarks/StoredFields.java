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

/** Reads what stands at some paths of a document straight from its bytes, and steps over the rest. */
final class StoredFields<T> implements Codec<T> {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Keeps a value that was found. */
    interface Keeping<T> {
        void keep(T object, Value value);
    }

    private final Class<T> type;
    private final Supplier<T> newObject;
    private final Step<T> root = new Step<>(new byte[0]);

    StoredFields(Class<T> type, Supplier<T> newObject) {
        this.type = type;
        this.newObject = newObject;
    }

    /** What stands at this path, such as {@code name.texts.de}, is kept so. */
    StoredFields<T> at(String path, Keeping<T> keeping) {
        var step = root;
        for (var name : path.split("\\.")) {
            step = step.below(name.getBytes(StandardCharsets.UTF_8));
        }
        step.keeping = keeping;
        return this;
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        var input = ((BsonBinaryReader) reader).getBsonInput();
        var start = input.getMark(4);
        var bytes = new byte[input.readInt32()];
        start.reset();
        input.readBytes(bytes);
        // The reader has not noticed, and steps over the document by itself.
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

    /** Where on some paths a reader stands. */
    private static final class Step<T> {

        private final byte[] name;
        private final List<Step<T>> below = new ArrayList<>();
        private @Nullable Keeping<T> keeping;

        Step(byte[] name) {
            this.name = name;
        }

        Step<T> below(byte[] next) {
            for (var step : below) {
                if (Arrays.equals(step.name, next)) {
                    return step;
                }
            }
            var step = new Step<T>(next);
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
                        if (step.keeping != null) {
                            step.keeping.keep(object, new Value(bytes, value));
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

    /** By the kinds of BSON's specification, those that the service stores. */
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
            default -> throw new IllegalStateException("Unexpected kind of value: " + kind);
        };
    }

    /** A value where it stands. */
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
