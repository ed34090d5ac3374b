package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;

/**
 * Changes partners: loads one, calls its verb and saves it. After a concurrent save, this is repeated with the newer version. All throw
 * {@link NotFound} for a partner that the actor may not see.
 */
public class PartnerManagement {

    private final Partners partners;
    private final PartnerStatuses statuses;
    private final RetryTemplate staleWrites;
    private final Clock clock;

    PartnerManagement(Partners partners, PartnerStatuses statuses, RetryTemplate staleWrites, Clock clock) {
        this.partners = partners;
        this.statuses = statuses;
        this.staleWrites = staleWrites;
        this.clock = clock;
    }

    /** Records a prospect. @throws RuleViolation also {@code alias.taken} */
    public PartnerId recordProspect(Input<PartnerDraft> input, Actor actor) {
        var partner = Partner.recordProspect(actor, input, clock.instant());
        try {
            return partners.save(partner).id();
        } catch (DuplicateKeyException taken) {
            throw new RuleViolation(List.of(
                    new Violation("alias.taken", "Another partner has this alias: choose another.", List.of("alias"))));
        }
    }

    /** Drops a prospect. */
    public void dropProspect(PartnerId id, @Nullable String reason, Actor actor) {
        change(id, actor, partner -> partner.drop(actor, reason, clock.instant()));
    }

    /** Begins to onboard a prospect. @throws RuleViolation also {@code organisation.taken} */
    public void beginOnboarding(PartnerId id, OrganisationId organisation, Actor actor) {
        try {
            change(id, actor, partner -> partner.beginOnboarding(actor, organisation, clock.instant()));
        } catch (DuplicateKeyException taken) {
            throw new RuleViolation("organisation.taken", "Another partner has this Keycloak organisation.");
        }
    }

    /** Makes a partner a member. */
    public void admit(PartnerId id, LocalDate since, Actor actor) {
        change(id, actor, partner -> partner.admit(actor, since, clock.instant()));
    }

    /** Suspends a member. */
    public void suspend(PartnerId id, String reason, Actor actor) {
        change(id, actor, partner -> partner.suspend(actor, reason, clock.instant()));
    }

    /** Reinstates a suspended member. */
    public void reinstate(PartnerId id, String reason, Actor actor) {
        change(id, actor, partner -> partner.reinstate(actor, reason, clock.instant()));
    }

    /** Changes a partner's profile. @throws Conflict if its version is not the one that the caller read */
    public void edit(PartnerId id, long expectedVersion, Edit<PartnerProfile> edit, Actor actor) {
        change(id, actor, partner -> partner.edit(actor, expectedVersion, edit, clock.instant()));
    }

    /** Adds a contact. */
    public ContactId addContact(PartnerId id, Input<Contact> input, Actor actor) {
        return changeAndAnswer(id, actor, partner -> partner.addContact(actor, input, clock.instant()));
    }

    /** Changes a contact. @throws Conflict if the partner's version is not the one that the caller read */
    public ContactId editContact(
            PartnerId id, Input<ContactId> contact, long expectedVersion, Edit<Contact> edit, Actor actor) {
        return changeAndAnswer(
                id, actor, partner -> partner.editContact(actor, contact, expectedVersion, edit, clock.instant()));
    }

    /** Removes a contact. */
    public void removeContact(PartnerId id, Input<ContactId> contact, Actor actor) {
        change(id, actor, partner -> partner.removeContact(actor, contact, clock.instant()));
    }

    private void change(PartnerId id, Actor actor, Consumer<Partner> act) {
        changeAndAnswer(id, actor, partner -> {
            act.accept(partner);
            return id;
        });
    }

    private <T> T changeAndAnswer(PartnerId id, Actor actor, Function<Partner, T> act) {
        return staleWrites.invoke(() -> {
            var partner = load(id, actor);
            var answer = act.apply(partner);
            if (partner.isChanged()) {
                partners.save(partner);
                statuses.forget(partner);
            }
            return answer;
        });
    }

    private Partner load(PartnerId id, Actor actor) {
        var tokens = actor.tokens(Partner.RELATIONS).keySet();
        return partners.findByIdAndDerivedAudienceTokensIn(id, tokens).orElseThrow(() -> new NotFound("Partner"));
    }
}
