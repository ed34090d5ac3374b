package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import org.jspecify.annotations.Nullable;

/**
 * A competence of the vocabulary, as far as rules need it.
 *
 * @param broader the one that it is a part of; null for one of the first level
 * @param deprecated whether new entries may not use it
 * @param replacedBy what to use instead of a deprecated one; null if there is nothing
 */
public record Concept(
        CompetenceCode code,
        @Nullable CompetenceCode broader,
        boolean deprecated,
        @Nullable CompetenceCode replacedBy) {}
