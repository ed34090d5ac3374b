package de.smartcity.consortium.letters;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.Optional;
import java.util.Set;

/** Finds who is bound by letters, for the rules of other capabilities; a bean. */
public interface LettersInForce {

    /**
     * The partners that have signed the edition of a letter that is in force, with one Mongo command.
     *
     * @return nothing if the actor may not see the letter; no partner if none of its editions is in force, or the actor does not see that one
     */
    Optional<Set<PartnerId>> parties(LetterId letter, Actor actor);
}
