package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;

/**
 * What a partner says that it can, as far as matching needs it.
 *
 * @param claimed the level that it skills
 * @param evidenced the level that its evidence supports; at most the claimed one
 */
public record Skill(CompetenceCode competence, CompetenceLevel claimed, CompetenceLevel evidenced) {}
