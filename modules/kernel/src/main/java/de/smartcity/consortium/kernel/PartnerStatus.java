package de.smartcity.consortium.kernel;

/** Where a partner stands in its life in the consortium; it decides what the partner's people and apps may see and do. */
public enum PartnerStatus {
    /** Somebody the office talks to; nobody else knows. */
    PROSPECT,
    /** On its way in. */
    ONBOARDING,
    /** A full member. */
    ACTIVE,
    /** A member whose rights rest. */
    SUSPENDED,
    /** No member any more. */
    DEPARTED
}
