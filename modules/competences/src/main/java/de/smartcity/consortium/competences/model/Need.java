package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;

/** A competence that somebody looks for, at least at this level. */
public record Need(CompetenceCode competence, CompetenceLevel level, Importance importance) {}
