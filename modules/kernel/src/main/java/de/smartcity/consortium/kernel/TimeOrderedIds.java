package de.smartcity.consortium.kernel;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes the UUIDs (version 7) behind all typed ids; later ones sort after earlier ones. */
public final class TimeOrderedIds {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private TimeOrderedIds() {}

    /** A new UUID of version 7. Thread-safe. */
    public static UUID next() {
        return GENERATOR.generate();
    }
}
