package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;

/**
 * An entry as matching sees it.
 *
 * @param claimed the level that the partner claims
 * @param evidenced the level that its evidence supports; at most the claimed one
 */
public record Skill(CompetenceCode competence, CompetenceLevel claimed, CompetenceLevel evidenced) {}
