package de.smartcity.consortium.competences;

/** Who covers some needs, shown as the schema's type {@code Coverage}. */
public interface CandidateCoverage {}
