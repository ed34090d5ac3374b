package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerPermissions;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;

/**
 * Changes partners: loads one, calls its verb and saves it. After a concurrent save, this is repeated with the newer version. A change that was
 * made before with its key is answered like the first time, and nothing is saved. All throw {@link NotFound} for a partner that the actor may
 * not see.
 */
public class PartnerManagement {

    private final Partners partners;
    private final PartnerStatuses statuses;
    private final RetryTemplate staleWrites;

    PartnerManagement(Partners partners, PartnerStatuses statuses, RetryTemplate staleWrites) {
        this.partners = partners;
        this.statuses = statuses;
        this.staleWrites = staleWrites;
    }

    /** Records a prospect. @throws RuleViolation also {@code alias.taken} */
    public PartnerId recordProspect(Input<PartnerDraft> input, Change change) {
        Forbidden.unlessPermitted(PartnerPermissions.recordProspect(change.actor()));
        return findRecorded(change).orElseGet(() -> {
            var partner = Partner.recordProspect(change, input);
            try {
                return partners.save(partner).id();
            } catch (DuplicateKeyException taken) {
                // Perhaps by this change itself, repeated at the same time.
                return findRecorded(change)
                        .orElseThrow(() -> new RuleViolation(List.of(new Violation(
                                "alias.taken", "Another partner has this alias: choose another.", List.of("alias")))));
            }
        });
    }

    private Optional<PartnerId> findRecorded(Change change) {
        return change.key() == null
                ? Optional.empty()
                : partners.findById(new PartnerId(change.newId())).map(partner -> partner.recordedAgain(change));
    }

    /** Drops a prospect. */
    public void dropProspect(PartnerId id, @Nullable String reason, Change change) {
        change(id, change, partner -> partner.drop(change, reason));
    }

    /** Erases what is known of a prospect that was dropped before this time, for the service itself: nobody else sees it. */
    void eraseDropped(PartnerId id, Instant droppedBefore, Change change) {
        staleWrites.invoke(() -> {
            var partner = partners.findById(id).orElseThrow(() -> new NotFound("Partner"));
            partner.erase(change, droppedBefore);
            return partners.save(partner);
        });
    }

    /** Begins to onboard a prospect. @throws RuleViolation also {@code organisation.taken} */
    public void beginOnboarding(PartnerId id, OrganisationId organisation, Change change) {
        try {
            change(id, change, partner -> partner.beginOnboarding(change, organisation));
        } catch (DuplicateKeyException taken) {
            throw new RuleViolation("organisation.taken", "Another partner has this Keycloak organisation.");
        }
    }

    /** Makes a partner a member. */
    public void admit(PartnerId id, LocalDate since, Change change) {
        change(id, change, partner -> partner.admit(change, since));
    }

    /** Suspends a member. */
    public void suspend(PartnerId id, String reason, Change change) {
        change(id, change, partner -> partner.suspend(change, reason));
    }

    /** Reinstates a suspended member. */
    public void reinstate(PartnerId id, String reason, Change change) {
        change(id, change, partner -> partner.reinstate(change, reason));
    }

    /** Changes a partner's profile. @throws Conflict if its version is not the one that the caller read */
    public void edit(PartnerId id, long expectedVersion, Edit<PartnerProfile> edit, Change change) {
        change(id, change, partner -> partner.edit(change, expectedVersion, edit));
    }

    /** Adds a contact. */
    public ContactId addContact(PartnerId id, Input<Contact> input, Change change) {
        return changeContact(id, change, partner -> partner.addContact(change, input));
    }

    /** Changes a contact. @throws Conflict if the partner's version is not the one that the caller read */
    public ContactId editContact(
            PartnerId id, Input<ContactId> contact, long expectedVersion, Edit<Contact> edit, Change change) {
        return changeContact(id, change, partner -> partner.editContact(change, contact, expectedVersion, edit));
    }

    /** Removes a contact. */
    public void removeContact(PartnerId id, Input<ContactId> contact, Change change) {
        change(id, change, partner -> partner.removeContact(change, contact));
    }

    private ContactId changeContact(PartnerId id, Change change, Function<Partner, ContactId> act) {
        return changeAndAnswer(id, change, act, before -> new ContactId(before.part()));
    }

    private void change(PartnerId id, Change change, Consumer<Partner> act) {
        changeAndAnswer(
                id,
                change,
                partner -> {
                    act.accept(partner);
                    return id;
                },
                before -> id);
    }

    private <T> T changeAndAnswer(
            PartnerId id, Change change, Function<Partner, T> act, Function<AlreadyMade, T> answerAgain) {
        return staleWrites.invoke(() -> {
            var partner = load(id, change);
            try {
                var answer = act.apply(partner);
                if (!partner.newEvents().isEmpty()) {
                    partners.save(partner);
                    statuses.forget(partner);
                }
                return answer;
            } catch (AlreadyMade before) {
                return answerAgain.apply(before);
            }
        });
    }

    private Partner load(PartnerId id, Change change) {
        var tokens = change.actor().tokens(Partner.RELATIONS).keySet();
        return partners.findByIdAndDerivedAudienceTokensIn(id, tokens)
                .or(() -> findDropped(id, change))
                .orElseThrow(() -> new NotFound("Partner"));
    }

    /** Nobody sees a dropped prospect, but the office may repeat its changes, since it saw it before. */
    private Optional<Partner> findDropped(PartnerId id, Change change) {
        return Optional.ofNullable(change.actor().isOffice() ? change.key() : null)
                .flatMap(key -> partners.findByIdAndDroppedIsTrueAndKeyedChangesChangesKey(id, key.id()));
    }
}
