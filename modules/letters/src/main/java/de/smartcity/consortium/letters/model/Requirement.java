package de.smartcity.consortium.letters.model;

/** Whether an edition waits for a party. */
public enum Requirement {
    /** It comes into force only when this party has signed. */
    REQUIRED,
    /** It comes into force without this party, which may sign until the offer lapses. */
    OPTIONAL
}
