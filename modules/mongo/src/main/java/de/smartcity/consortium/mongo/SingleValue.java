package de.smartcity.consortium.mongo;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** Unwraps and wraps a record with a single component. */
final class SingleValue {

    private final Class<? extends Record> type;
    private final Class<?> stored;
    private final Constructor<? extends Record> constructor;
    private final Method accessor;

    SingleValue(Class<? extends Record> type) {
        this.type = type;
        var components = type.getRecordComponents();
        if (components.length != 1) {
            throw new IllegalArgumentException(type + " does not have exactly one component");
        }
        this.stored = components[0].getType();
        this.accessor = components[0].getAccessor();
        try {
            this.constructor = type.getDeclaredConstructor(stored);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
        accessor.setAccessible(true);
        constructor.setAccessible(true);
    }

    Class<? extends Record> type() {
        return type;
    }

    Class<?> stored() {
        return stored;
    }

    Object wrap(Object value) {
        try {
            return constructor.newInstance(value);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("A stored " + type.getSimpleName() + " is not valid", failed);
        }
    }

    Object unwrap(Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
