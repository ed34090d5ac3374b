package de.smartcity.consortium.kernel;

/** The stage of a partner's membership; it decides what the partner's people and apps may see and do. */
public enum PartnerStatus {
    /** In contact with the office, and visible to it only. */
    PROSPECT,
    /** Becoming a member. */
    ONBOARDING,
    /** A full member. */
    ACTIVE,
    /** A suspended member: it sees only its own partner and changes nothing. */
    SUSPENDED,
    /** A former member. */
    DEPARTED
}
