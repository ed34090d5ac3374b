package de.smartcity.consortium.mongo;

import de.smartcity.consortium.kernel.LocalizedText;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** Lets the driver read and write value types as Spring Data stores them. */
final class ValueCodecs implements CodecProvider {

    private final Map<Class<?>, SingleValue> values;

    ValueCodecs(List<SingleValue> values) {
        this.values = values.stream().collect(Collectors.toMap(SingleValue::type, Function.identity()));
    }

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return get(type, List.of(), registry);
    }

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, List<Type> typeArguments, CodecRegistry registry) {
        var value = values.get(type);
        if (value != null) {
            return converting(type, registry.get(value.stored()), value::wrap, value::unwrap);
        }
        if (type == LocalizedText.class) {
            return cast(LocalizedTextCodec.INSTANCE);
        }
        if (type == LocalDate.class) {
            return converting(
                    type, registry.get(String.class), text -> LocalDate.parse((String) text), Object::toString);
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <T> Codec<T> cast(Codec<?> codec) {
        return (Codec<T>) codec;
    }

    /** Keeps the stored order of texts, and avoids the reflection of record codecs, because a list reads many texts. */
    private enum LocalizedTextCodec implements Codec<LocalizedText> {
        INSTANCE;

        private static final String TEXTS = "texts";

        @Override
        public LocalizedText decode(BsonReader reader, DecoderContext context) {
            var texts = new LinkedHashMap<String, String>();
            reader.readStartDocument();
            reader.readName(TEXTS);
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                texts.put(reader.readName(), reader.readString());
            }
            reader.readEndDocument();
            reader.readEndDocument();
            return new LocalizedText(Collections.unmodifiableMap(texts));
        }

        @Override
        public void encode(BsonWriter writer, LocalizedText text, EncoderContext context) {
            writer.writeStartDocument();
            writer.writeStartDocument(TEXTS);
            text.texts().forEach(writer::writeString);
            writer.writeEndDocument();
            writer.writeEndDocument();
        }

        @Override
        public Class<LocalizedText> getEncoderClass() {
            return LocalizedText.class;
        }
    }

    private static <T, S> Codec<T> converting(
            Class<T> type, Codec<S> inner, Function<Object, Object> read, Function<Object, Object> write) {
        return new Codec<>() {
            @Override
            public T decode(BsonReader reader, DecoderContext context) {
                return type.cast(read.apply(inner.decode(reader, context)));
            }

            @Override
            public void encode(BsonWriter writer, T object, EncoderContext context) {
                inner.encode(writer, inner.getEncoderClass().cast(write.apply(object)), context);
            }

            @Override
            public Class<T> getEncoderClass() {
                return type;
            }
        };
    }
}
