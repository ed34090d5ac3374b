package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.kernel.Viewpoint;
import java.util.Set;

/** What decides who sees a published entry; implemented by the entry and by what is shown of it. */
public interface EntryFacts {

    /** Who is meant to see it. */
    EntryVisibility visibility();

    /** The viewpoints on the profile that see it. */
    default Set<Viewpoint> seenBy() {
        return visibility() == EntryVisibility.PUBLIC ? CompetenceProfile.EVERYBODY : CompetenceProfile.MEMBERS;
    }
}
