package de.smartcity.consortium.kernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares and merges values of one record type by their components. */
final class RecordComponents<R extends Record> {

    private final List<String> names = new ArrayList<>();
    private final List<Method> accessors = new ArrayList<>();
    private final Constructor<R> constructor;

    private RecordComponents(Class<R> type) {
        var components = type.getRecordComponents();
        for (var component : components) {
            names.add(component.getName());
            accessors.add(component.getAccessor());
        }
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
        accessors.forEach(accessor -> accessor.setAccessible(true));
        constructor.setAccessible(true);
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> RecordComponents<R> of(R value) {
        return new RecordComponents<>((Class<R>) value.getClass());
    }

    List<String> changed(R before, R after) {
        var changed = new ArrayList<String>();
        for (var index = 0; index < names.size(); index++) {
            if (!Objects.equals(value(before, index), value(after, index))) {
                changed.add(names.get(index));
            }
        }
        return changed;
    }

    /** A record with the named components of one value and all other components of the other. */
    R merge(Set<String> named, R of, R others) {
        if (!names.containsAll(named)) {
            throw new IllegalArgumentException(named + " are not all components of " + names);
        }
        var values = new @Nullable Object[names.size()];
        for (var index = 0; index < names.size(); index++) {
            values[index] = value(named.contains(names.get(index)) ? of : others, index);
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private @Nullable Object value(R record, int index) {
        try {
            return accessors.get(index).invoke(record);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
