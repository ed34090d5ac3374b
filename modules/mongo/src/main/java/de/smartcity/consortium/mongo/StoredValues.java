package de.smartcity.consortium.mongo;

import java.util.List;

/**
 * Declares value types of a capability, as a bean: records with the single component {@code value}, which are stored as that component.
 *
 * @param types the record types
 */
public record StoredValues(List<Class<? extends Record>> types) {

    public StoredValues {
        types = List.copyOf(types);
    }
}
