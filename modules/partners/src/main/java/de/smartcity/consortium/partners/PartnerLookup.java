package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.Collection;
import java.util.Map;

/** Finds partners for the rules of other capabilities; a bean. */
public interface PartnerLookup {

    /** The partners among these that the actor may see, by id, with one Mongo command. The service itself sees what the office sees. */
    Map<PartnerId, PartnerFace> find(Collection<PartnerId> ids, Actor actor);
}
