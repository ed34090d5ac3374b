package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.ContactDraft;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerEdit;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Changes partners: loads one, lets it decide and act, saves it. All throw {@link NotFound} for a partner that the actor may not see. */
public class PartnerManagement {

    /** With as many concurrent writers at one partner, each of them succeeds. */
    private static final int ATTEMPTS = 100;

    private final Partners partners;
    private final ConsortiumReading consortium;
    private final PartnerStatuses statuses;
    private final Clock clock;

    PartnerManagement(Partners partners, ConsortiumReading consortium, PartnerStatuses statuses, Clock clock) {
        this.partners = partners;
        this.consortium = consortium;
        this.statuses = statuses;
        this.clock = clock;
    }

    /** Records a prospect. @throws RuleViolation also {@code alias.taken} */
    public PartnerId recordProspect(PartnerDraft draft, Actor actor) {
        var partner = Partner.recordProspect(actor, draft, clock.instant(), consortium.tag());
        demandKnown(draft.areas());
        try {
            return partners.save(partner).id();
        } catch (DuplicateKeyException taken) {
            throw new RuleViolation(List.of(
                    new Violation("alias.taken", "Another partner has this alias: choose another.", List.of("alias"))));
        }
    }

    /** Gives a prospect up. */
    public void dropProspect(PartnerId id, @Nullable String reason, Actor actor) {
        change(id, actor, partner -> {
            partner.drop(actor, reason, clock.instant());
        });
    }

    /** Starts a prospect's way in. @throws RuleViolation also {@code organisation.taken} */
    public void beginOnboarding(PartnerId id, OrganisationId organisation, Actor actor) {
        try {
            change(id, actor, partner -> {
                partner.beginOnboarding(actor, organisation, clock.instant());
            });
        } catch (DuplicateKeyException taken) {
            throw new RuleViolation("organisation.taken", "Another partner is this Keycloak organisation.");
        }
    }

    /** Takes a partner in as a member. */
    public void admit(PartnerId id, LocalDate since, Actor actor) {
        change(id, actor, partner -> {
            partner.admit(actor, since, clock.instant());
        });
    }

    /** Lets a member's rights rest. */
    public void suspend(PartnerId id, String reason, Actor actor) {
        change(id, actor, partner -> {
            partner.suspend(actor, reason, clock.instant());
        });
    }

    /** Gives a suspended member its rights back. */
    public void reinstate(PartnerId id, String reason, Actor actor) {
        change(id, actor, partner -> {
            partner.reinstate(actor, reason, clock.instant());
        });
    }

    /** Changes a partner's profile. @throws Conflict where it is not at the version that the caller read any more */
    public void edit(PartnerId id, long expectedVersion, PartnerEdit edit, Actor actor) {
        var partner = load(id, actor);
        // The guard speaks before the version: who may not edit learns nothing of what others do.
        var changed = partner.edit(actor, edit, clock.instant(), consortium.tag());
        if (version(partner) != expectedVersion) {
            throw new Conflict(version(partner));
        }
        demandKnown(Objects.requireNonNullElse(edit.areas().over(null), Set.<AreaCode>of()));
        if (changed) {
            try {
                partners.save(partner);
            } catch (OptimisticLockingFailureException overtaken) {
                throw new Conflict(version(load(id, actor)));
            }
        }
    }

    /** Adds a contact. */
    public void addContact(PartnerId id, ContactDraft draft, Actor actor) {
        change(id, actor, partner -> {
            partner.addContact(actor, draft, clock.instant());
        });
    }

    /** Removes a contact. */
    public void removeContact(PartnerId id, ContactId contact, Actor actor) {
        change(id, actor, partner -> {
            partner.removeContact(actor, contact, clock.instant());
        });
    }

    /** For verbs that overwrite nothing: where somebody else was faster, they act on what is there now. */
    private void change(PartnerId id, Actor actor, Consumer<Partner> act) {
        for (var attempt = 1; ; attempt++) {
            var partner = load(id, actor);
            act.accept(partner);
            try {
                partners.save(partner);
                statuses.forget(partner);
                return;
            } catch (OptimisticLockingFailureException overtaken) {
                if (attempt == ATTEMPTS) {
                    throw new Conflict(version(load(id, actor)));
                }
            }
        }
    }

    private Partner load(PartnerId id, Actor actor) {
        return partners.findById(id)
                .filter(partner -> partner.audience().admits(actor))
                .orElseThrow(() -> new NotFound("Partner"));
    }

    private void demandKnown(Collection<AreaCode> areas) {
        var known = consortium.areaCodes();
        areas.stream().filter(area -> !known.contains(area)).findFirst().ifPresent(unknown -> {
            throw new RuleViolation(List.of(new Violation(
                    "area.unknown",
                    "This consortium has no area " + unknown.value() + "; see areasOfActivity.",
                    List.of("areas"))));
        });
    }

    private static long version(Partner partner) {
        return Objects.requireNonNull(partner.version());
    }
}
