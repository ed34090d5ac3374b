package de.smartcity.consortium.competences;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.List;
import java.util.Set;

/** Finds out who covers the stored needs of another capability's object; a bean. */
public interface CandidateSearch {

    /**
     * Who covers the needs, by the entries of profiles that the actor sees, with three Mongo commands; none if there are no needs.
     *
     * @param needs each for another competence; of those whose competence the vocabulary still has, the first 12 count
     * @param exclude partners that are left out
     * @param first how many partners to show, 0 to 100; another number is BAD_REQUEST
     */
    CandidateCoverage candidates(List<Need> needs, Set<PartnerId> exclude, int first, Actor actor);
}
