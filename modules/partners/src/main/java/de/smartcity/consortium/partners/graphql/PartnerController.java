package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.application.PartnerFilter;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.application.PartnerOrder;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.application.StoredPartner;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.DropProspectInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RecordProspectInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.ReinstatePartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RemovePartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.SuspendPartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.ContactPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.DropProspectPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.PartnerPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.RemovedContactPayload;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.PartnerPermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class PartnerController {

    private final PartnerReading reading;
    private final PartnerManagement management;
    private final PartnerInputMapper inputs;

    PartnerController(PartnerReading reading, PartnerManagement management, PartnerInputMapper inputs) {
        this.reading = reading;
        this.management = management;
        this.inputs = inputs;
    }

    @QueryMapping
    @Nullable
    View<StoredPartner> partner(@Argument String id, Actor actor, Selection selection) {
        var partner = partnerId(id);
        return reading.find(List.of(partner), actor, selection).get(partner);
    }

    @QueryMapping
    @Nullable
    View<StoredPartner> partnerByAlias(@Argument String alias, Actor actor, Selection selection) {
        return reading.findByAlias(alias, actor, selection).orElse(null);
    }

    @QueryMapping
    Connection<View<StoredPartner>> partners(
            @Argument @Nullable PartnerFilter filter,
            @Argument @Nullable PartnerOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        return reading.page(filter, orderBy, page, actor, selection);
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canRecordProspects(Actor actor) {
        return PartnerPermissions.recordProspect(actor).isEmpty();
    }

    @MutationMapping
    PartnerPayload editPartner(@Argument EditPartnerInput input, Change change) {
        var id = partnerId(input.partnerId());
        management.edit(id, input.expectedVersion(), inputs.edit(input), change);
        return new PartnerPayload(id);
    }

    @MutationMapping
    ContactPayload addPartnerContact(@Argument AddPartnerContactInput input, Change change) {
        var id = partnerId(input.partnerId());
        var contact = management.addContact(id, violations -> inputs.contact(input, violations), change);
        return new ContactPayload(id, contact);
    }

    @MutationMapping
    ContactPayload editPartnerContact(@Argument EditPartnerContactInput input, Change change) {
        var id = partnerId(input.partnerId());
        var contact = management.editContact(
                id, violations -> contactId(input.contactId()), input.expectedVersion(), inputs.edit(input), change);
        return new ContactPayload(id, contact);
    }

    @MutationMapping
    RemovedContactPayload removePartnerContact(@Argument RemovePartnerContactInput input, Change change) {
        var id = partnerId(input.partnerId());
        management.removeContact(id, violations -> contactId(input.contactId()), change);
        return new RemovedContactPayload(id, input.contactId());
    }

    @MutationMapping
    PartnerPayload recordProspect(@Argument RecordProspectInput input, Change change) {
        return new PartnerPayload(management.recordProspect(violations -> inputs.draft(input, violations), change));
    }

    @MutationMapping
    DropProspectPayload dropProspect(@Argument DropProspectInput input, Change change) {
        management.dropProspect(partnerId(input.partnerId()), input.reason(), change);
        return new DropProspectPayload(input.partnerId());
    }

    @MutationMapping
    PartnerPayload suspendPartner(@Argument SuspendPartnerInput input, Change change) {
        var id = partnerId(input.partnerId());
        management.suspend(id, input.reason(), change);
        return new PartnerPayload(id);
    }

    @MutationMapping
    PartnerPayload reinstatePartner(@Argument ReinstatePartnerInput input, Change change) {
        var id = partnerId(input.partnerId());
        management.reinstate(id, input.reason(), change);
        return new PartnerPayload(id);
    }

    private static PartnerId partnerId(String id) {
        return new PartnerId(GlobalId.parse(id, "Partner"));
    }

    private static ContactId contactId(String id) {
        return new ContactId(GlobalId.parse(id, "Contact"));
    }
}
