package de.smartcity.consortium.partners.model;

/** What kind of organisation a partner is. */
public enum PartnerKind {
    /** A city, town or district. */
    MUNICIPALITY,
    /** A company that a municipality owns. */
    PUBLIC_COMPANY,
    /** Any other company. */
    COMPANY,
    /** A university. */
    UNIVERSITY,
    /** A research institute that is not a university. */
    RESEARCH_INSTITUTE,
    /** A chamber of commerce, of crafts or of a profession. */
    CHAMBER,
    /** A society or an association, such as of employers. */
    ASSOCIATION,
    /** An authority that is not a municipality. */
    PUBLIC_AGENCY,
    /** Any other organisation. */
    OTHER
}
