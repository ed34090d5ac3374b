package de.smartcity.consortium.letters.model;

/** To whom an edition is published while it is in force; ordered from few to many. */
public enum LetterVisibility {
    /** To its parties only. */
    PARTIES,
    /** To all members. */
    CONSORTIUM,
    /** To everybody. */
    PUBLIC
}
