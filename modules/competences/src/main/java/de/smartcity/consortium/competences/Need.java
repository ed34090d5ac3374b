package de.smartcity.consortium.competences;

/** A competence that somebody looks for, at least at this level. */
public record Need(CompetenceCode competence, CompetenceLevel level, Importance importance) {}
