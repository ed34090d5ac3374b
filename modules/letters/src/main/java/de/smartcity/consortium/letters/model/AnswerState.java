package de.smartcity.consortium.letters.model;

/** What a party has answered to an edition so far. */
public enum AnswerState {
    /** Nothing yet. */
    WAITING,
    /** The first of two signatures. */
    PARTLY_SIGNED,
    /** All signatures, at least one of them with a reservation that is not lifted. */
    SIGNED_WITH_RESERVATION,
    /** All signatures; final. */
    SIGNED,
    /** No; may still sign while the edition is open. */
    DECLINED;

    /** Whether the party still has to sign or to lift a reservation. */
    public boolean isAwaited() {
        return this != SIGNED && this != DECLINED;
    }
}
