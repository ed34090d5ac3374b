package de.smartcity.consortium.competences.model;

/** What a piece of evidence is. */
public enum EvidenceKind {
    /** A certificate of an issuer, valid from one day until another. */
    CERTIFICATE,
    /** A publication, with a DOI or a URL. */
    PUBLICATION,
    /** Something else that can be looked at, with a DOI or a URL. */
    OTHER
}
