package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferences;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import de.smartcity.consortium.projects.model.OwnReferencesOfPartners;
import de.smartcity.consortium.projects.model.ProjectPermissions;
import java.util.HashSet;
import java.util.List;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Changes what partners note about projects. */
public class OwnReferencesManagement {

    private final OwnReferencesOfPartners stored;
    private final ProjectReading projects;
    private final RetryTemplate staleWrites;

    OwnReferencesManagement(OwnReferencesOfPartners stored, ProjectReading projects, RetryTemplate staleWrites) {
        this.stored = stored;
        this.projects = projects;
        this.staleWrites = staleWrites;
    }

    /**
     * Replaces what the acting organisation notes about a project, also if it has noted something and does not see the project any more. After a
     * concurrent save, this is repeated with the newer version. A change that was made before with its key is answered like the first time, and nothing
     * is saved.
     *
     * @return the id, also if nothing is noted
     * @throws NotFound for a project that the actor may not see
     * @throws Conflict if the version is not the one that the caller read, 0 for none
     * @throws RuleViolation also {@code ownReference.taken}
     */
    public OwnReferencesId set(
            ProjectId project, long expectedVersion, Input<List<OwnReference>> references, Change change) {
        var actor = change.actor();
        if (!projects.sees(project, actor) && !hasNoted(project, actor)) {
            throw new NotFound("JointProject");
        }
        Forbidden.unlessPermitted(ProjectPermissions.keepReferences(actor));
        var partner = actor.organisation().orElseThrow().partner();
        var id = OwnReferencesId.of(partner, project);
        return staleWrites.invoke(() -> {
            var own = stored.findById(id).orElseGet(() -> OwnReferences.of(partner, project, change.at()));
            try {
                own.set(change, expectedVersion, references);
                if (!own.newEvents().isEmpty()) {
                    stored.save(own);
                }
            } catch (AlreadyMade before) {
                // Answered like the first time.
                return id;
            } catch (DuplicateKeyException duplicate) {
                demandFree(own);
                throw new OptimisticLockingFailureException("They have been begun meanwhile", duplicate);
            }
            return id;
        });
    }

    /** Otherwise its keys would be taken for ever. */
    private boolean hasNoted(ProjectId project, Actor actor) {
        return actor.organisation()
                .map(acting -> OwnReferencesId.of(acting.partner(), project))
                .filter(id -> stored.existsByIdAndDerivedAudienceTokensIn(
                        id, actor.tokens(OwnReferences.RELATIONS).keySet()))
                .isPresent();
    }

    /** Asked for after the unique index has refused them, since others may have been given the same keys at the same time. */
    private void demandFree(OwnReferences own) {
        var others = new HashSet<String>();
        stored.findByKeysInAndIdNot(own.storedKeys(), own.id()).forEach(other -> others.addAll(other.storedKeys()));
        var taken = own.taken(others);
        if (!taken.isEmpty()) {
            throw new RuleViolation(taken);
        }
    }
}
