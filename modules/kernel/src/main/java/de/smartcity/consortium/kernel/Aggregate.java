package de.smartcity.consortium.kernel;

import org.jspecify.annotations.Nullable;

/** What a save needs of every aggregate. */
public interface Aggregate {

    /** The derived fields of the last save; null until then. */
    @Nullable
    DerivedFields derived();

    /**
     * Recomputes the derived fields.
     *
     * @param defaultLocale the consortium's first language
     */
    void derive(String defaultLocale);

    /** The stored events that wait to be published. */
    Outbox outbox();

    /** The events since it was loaded. */
    NewEvents newEvents();
}
