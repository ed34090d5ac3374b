package de.smartcity.consortium.letters.model;

/** A day of an edition that has come and changes nothing but what waits for whom. */
public enum Notice {
    /** The offer lapses soon. */
    LAPSES_SOON,
    /** It is in force or will be, and optional parties may sign no more. */
    CLOSED_TO_OPTIONAL,
    /** It ends in 90 days. */
    ENDS_IN_90_DAYS,
    /** It ends in 30 days. */
    ENDS_IN_30_DAYS,
    /** It was withdrawn so long ago that its task ends. */
    WITHDRAWAL_KNOWN
}
