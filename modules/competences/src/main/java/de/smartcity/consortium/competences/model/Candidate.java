package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.kernel.PartnerId;
import java.util.List;

/**
 * A partner that may cover needs.
 *
 * @param name by which equal candidates are ordered; differs for each
 * @param skills at most one for each competence
 */
public record Candidate(PartnerId partner, String name, List<Skill> skills) {

    public Candidate {
        skills = List.copyOf(skills);
    }
}
