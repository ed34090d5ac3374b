package de.smartcity.consortium.competences.model;

/** Whether a piece of evidence counts on a day. */
public enum EvidenceState {
    /** It counts. */
    COUNTS,
    /** Its first day has not come yet. */
    NOT_YET_VALID,
    /** The last day of a certificate is over. */
    EXPIRED,
    /** It is older than five years. */
    TOO_OLD
}
