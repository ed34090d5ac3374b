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

    /**
     * How large its document may become by an ordinary change, in bytes of BSON, without its outbox and its keyed changes. MongoDB stores 16 MB; the
     * rest is for waiting events, for what is always accepted, and for what later versions derive.
     */
    default int maxSize() {
        return 256 * 1024;
    }
}
