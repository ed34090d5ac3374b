package de.smartcity.consortium.graphql;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables of types that show all of a record to everybody who meets it, such as values and payloads. A capability declares one bean for all of
 * its own.
 */
public final class RecordTypes {

    private final List<TypeTable<?>> tables = new ArrayList<>();

    private RecordTypes() {}

    /** Types that are named like their records. */
    @SafeVarargs
    public static RecordTypes of(Class<? extends Record>... records) {
        var types = new RecordTypes();
        for (var record : records) {
            types.and(record, record.getSimpleName());
        }
        return types;
    }

    /** Types that show the components of this record. */
    public RecordTypes and(Class<? extends Record> record, String... types) {
        tables.add(TypeTable.ofRecord(record, types).build());
        return this;
    }

    List<TypeTable<?>> tables() {
        return tables;
    }
}
