package de.smartcity.consortium.letters.model;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** What was offered, by digest. */
public interface OfferedEditions extends Repository<OfferedEdition, String> {

    /** What was offered under this digest. */
    Optional<OfferedEdition> findById(String digest);

    /** Stores it; the same again changes nothing. */
    OfferedEdition save(OfferedEdition offered);
}
