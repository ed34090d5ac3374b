package de.smartcity.consortium.projects.model;

/** A decision outside this service that a project may need. */
public enum GateKind {
    /** Of the city council. */
    COUNCIL,
    /** About funding. */
    FUNDING,
    /** Of a board. */
    BOARD
}
