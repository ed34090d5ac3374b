package de.smartcity.consortium.files;

import de.smartcity.consortium.kernel.Actor;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** A kind of aggregates that refer to files. A capability implements it as a bean, and decides who sees their files. */
public interface FileOwner {

    /** The kind, such as {@code LetterOfIntent}; must not change. */
    String kind();

    /**
     * Those of these files that the actor may see, because it sees a field that shows them of an aggregate which refers to them. The ids may be of files
     * of other kinds, or of none: what does not exist takes as many commands as what is hidden.
     */
    Set<FileId> visible(Collection<FileId> files, Actor actor);

    /** The files that the stored aggregate refers to; none if there is no such aggregate. */
    Set<FileId> referred(UUID aggregate);
}
