package de.smartcity.consortium.graphql;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Unwraps records with a single component, such as a website, for scalar fields. */
final class SingleComponent {

    private static final ClassValue<Method> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            var components = type.getRecordComponents();
            if (components.length != 1) {
                throw new IllegalStateException(type + " has several components and is shown as a scalar");
            }
            var accessor = components[0].getAccessor();
            accessor.setAccessible(true);
            return accessor;
        }
    };

    private SingleComponent() {}

    static @Nullable Object of(Record wrapper) {
        try {
            return ACCESSORS.get(wrapper.getClass()).invoke(wrapper);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
