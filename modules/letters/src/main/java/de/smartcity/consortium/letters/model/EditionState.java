package de.smartcity.consortium.letters.model;

/** What has become of an edition. A letter has the state of the edition that counts, as {@link LetterStates} says. */
public enum EditionState {
    /** Being written by the initiator. */
    DRAFT,
    /** Offered to its parties, who may answer. */
    OFFERED,
    /** Signed by all whom it requires, and its day has come. */
    IN_FORCE,
    /** A later edition came into force in its place. */
    SUPERSEDED,
    /** Not signed by all whom it requires until the day on which the offer lapsed. */
    LAPSED,
    /** Withdrawn by the initiator before it came into force. */
    WITHDRAWN,
    /** Was in force until the day on which it ended. */
    EXPIRED,
    /** Was in force and was ended before that day. */
    TERMINATED;

    /** Whether an edition in this state is in force or was. */
    public boolean isOrWasInForce() {
        return this == IN_FORCE || this == SUPERSEDED || this == EXPIRED || this == TERMINATED;
    }
}
