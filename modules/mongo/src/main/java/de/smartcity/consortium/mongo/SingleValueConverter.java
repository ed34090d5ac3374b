package de.smartcity.consortium.mongo;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/** Lets Spring Data store a record with a single component as that component; it requires one class for each direction. */
final class SingleValueConverter {

    private SingleValueConverter() {}

    @WritingConverter
    record Writing(SingleValue value) implements GenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(value.type(), value.stored()));
        }

        @Override
        public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
            return source == null ? null : value.unwrap(source);
        }
    }

    @ReadingConverter
    record Reading(SingleValue value) implements GenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(value.stored(), value.type()));
        }

        @Override
        public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
            return source == null ? null : value.wrap(source);
        }
    }
}
