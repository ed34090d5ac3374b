package de.smartcity.consortium.letters.model;

/** How somebody signs; ordered from weak to strong. */
public enum SignatureMethod {
    /** With an account of this service. */
    IN_APP,
    /** On paper, recorded by the office. */
    PAPER,
    /** With a qualified electronic signature in an attached PDF, which is not verified here. */
    QUALIFIED
}
