package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.letters.LetterId;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** All letters of intent. */
public interface Letters extends Repository<LetterOfIntent, LetterId> {

    /** The letter with this id. */
    Optional<LetterOfIntent> findById(LetterId id);

    /** The letter with this id, if its audience has one of these tokens. */
    Optional<LetterOfIntent> findByIdAndDerivedAudienceTokensIn(LetterId id, Collection<String> tokens);

    /** The letter with this id, also a deleted one, if it was changed with this key. */
    Optional<LetterOfIntent> findByIdAndKeyedChangesChangesKey(LetterId id, UUID key);

    /** Stores the letter and its waiting events in one write. */
    LetterOfIntent save(LetterOfIntent letter);
}
