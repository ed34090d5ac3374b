package de.smartcity.consortium.competences.model;

import java.util.List;

/**
 * Candidates that together cover every need that must be covered; none of them is dispensable.
 *
 * @param members in the order of the ranking
 * @param score the sum of the members' scores
 */
public record Team(List<PartnerMatch> members, Score score) {}
