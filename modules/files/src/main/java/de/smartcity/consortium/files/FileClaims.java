package de.smartcity.consortium.files;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Gives uploads to the aggregates that refer to them. A claim is made before the aggregate is saved. If it is not saved then, or no longer refers
 * to a file later, a job that asks its {@link FileOwner} removes the file.
 */
public interface FileClaims {

    /**
     * Claims files for an aggregate, which must be saved within the request. Each is an upload of the actor's organisation, or of the office, that no other
     * aggregate has claimed. Files that the aggregate refers to already need no claim: whoever changes it may not be who attached them.
     *
     * @return what never changes of them, in their order
     * @throws RuleViolation {@code file.unknown} at the index of each file of which that does not hold
     */
    List<FileFacts> claim(List<FileId> files, String kind, UUID aggregate, Actor actor);

    /**
     * The same for files that an input names at these places; no command for none.
     *
     * @throws RuleViolation {@code file.unknown} at the place of each file of which that does not hold
     */
    default List<FileFacts> claim(SequencedMap<FileId, List<String>> places, String kind, UUID aggregate, Actor actor) {
        if (places.isEmpty()) {
            return List.of();
        }
        try {
            return claim(List.copyOf(places.sequencedKeySet()), kind, aggregate, actor);
        } catch (RuleViolation refused) {
            var at = List.copyOf(places.sequencedValues());
            throw new RuleViolation(refused.violations().stream()
                    .map(violation -> new Violation(
                            violation.rule(),
                            violation.message(),
                            violation.path().isEmpty()
                                    ? at.getFirst()
                                    : at.get(Integer.parseInt(violation.path().getFirst()))))
                    .toList());
        }
    }

    /** What never changes of these files; those that are unknown are left out. One Mongo command, none for no files. */
    Map<FileId, FileFacts> find(Collection<FileId> files);

    /** Has the files of an aggregate compared with what it refers to; may be repeated. For the handler of events after which it refers to fewer. */
    void review(String kind, UUID aggregate);
}
