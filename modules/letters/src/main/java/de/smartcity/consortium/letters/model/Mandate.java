package de.smartcity.consortium.letters.model;

/** Why a person may bind an organisation. */
public enum Mandate {
    /** By law or by the organisation's statutes. */
    STATUTORY,
    /** By a power of attorney, which is attached. */
    POWER_OF_ATTORNEY
}
