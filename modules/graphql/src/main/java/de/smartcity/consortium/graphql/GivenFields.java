package de.smartcity.consortium.graphql;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.graphql.data.ArgumentValue;

/** Finds the fields that an edit gives: in an edit, absent differs from null. */
public final class GivenFields {

    private GivenFields() {}

    /** The names of a bound input's components that are {@link ArgumentValue}s and were given, null included. */
    public static Set<String> of(Record input) {
        return Arrays.stream(input.getClass().getRecordComponents())
                .filter(component -> component.getType() == ArgumentValue.class)
                .filter(component -> {
                    component.getAccessor().setAccessible(true);
                    try {
                        return !((ArgumentValue<?>) component.getAccessor().invoke(input)).isOmitted();
                    } catch (ReflectiveOperationException unreadable) {
                        throw new IllegalStateException(unreadable);
                    }
                })
                .map(component -> component.getName())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
