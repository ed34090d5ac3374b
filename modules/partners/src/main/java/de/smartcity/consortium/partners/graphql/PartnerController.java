package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.ViewerView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.application.ConsortiumReading;
import de.smartcity.consortium.partners.application.ConsortiumReading.AreaView;
import de.smartcity.consortium.partners.application.ConsortiumReading.ConsortiumView;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.application.PartnerView;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.DropProspectInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.PartnerFilter;
import de.smartcity.consortium.partners.graphql.PartnerInputs.PartnerOrder;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RecordProspectInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.ReinstatePartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RemovePartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.SuspendPartnerInput;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.PartnerPermissions;
import java.util.List;
import java.util.UUID;
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
    private final ConsortiumReading consortium;
    private final PartnerInputMapper inputs;

    PartnerController(
            PartnerReading reading,
            PartnerManagement management,
            ConsortiumReading consortium,
            PartnerInputMapper inputs) {
        this.reading = reading;
        this.management = management;
        this.consortium = consortium;
        this.inputs = inputs;
    }

    @QueryMapping
    @Nullable
    ConsortiumView consortium() {
        return consortium.find().orElse(null);
    }

    @QueryMapping
    List<AreaView> areasOfActivity() {
        return consortium.listAreas();
    }

    @SchemaMapping(typeName = "Consortium")
    List<AreaView> areas(ConsortiumView of) {
        return consortium.listAreas();
    }

    @QueryMapping
    @Nullable
    PartnerView partner(@Argument String id, Actor actor, Selection selection) {
        var partner = partnerId(id);
        return reading.find(List.of(partner), actor, selection).get(partner);
    }

    @QueryMapping
    @Nullable
    PartnerView partnerByAlias(@Argument String alias, Actor actor, Selection selection) {
        return reading.findByAlias(new PartnerAlias(alias), actor, selection).orElse(null);
    }

    @QueryMapping
    Connection<PartnerView> partners(
            @Argument @Nullable PartnerFilter filter,
            @Argument @Nullable PartnerOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        return reading.page(inputs.query(filter, orderBy), page, actor, selection);
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canRecordProspects(ViewerView viewer) {
        return PartnerPermissions.recordProspect(viewer.actor()).isEmpty();
    }

    @MutationMapping
    PartnerPayload editPartner(@Argument EditPartnerInput input, Actor actor) {
        var id = partnerId(input.id());
        management.edit(id, input.expectedVersion(), inputs.edit(input), actor);
        return new PartnerPayload(id);
    }

    @MutationMapping
    PartnerPayload addPartnerContact(@Argument AddPartnerContactInput input, Actor actor) {
        var id = partnerId(input.partnerId());
        management.addContact(id, inputs.contact(input), actor);
        return new PartnerPayload(id);
    }

    @MutationMapping
    PartnerPayload removePartnerContact(@Argument RemovePartnerContactInput input, Actor actor) {
        var id = partnerId(input.partnerId());
        management.removeContact(id, contactId(input.contactId()), actor);
        return new PartnerPayload(id);
    }

    @MutationMapping
    PartnerPayload recordProspect(@Argument RecordProspectInput input, Actor actor) {
        return new PartnerPayload(management.recordProspect(inputs.draft(input), actor));
    }

    @MutationMapping
    DropProspectPayload dropProspect(@Argument DropProspectInput input, Actor actor) {
        management.dropProspect(partnerId(input.partnerId()), input.reason(), actor);
        return new DropProspectPayload(input.partnerId());
    }

    @MutationMapping
    PartnerPayload suspendPartner(@Argument SuspendPartnerInput input, Actor actor) {
        var id = partnerId(input.partnerId());
        management.suspend(id, input.reason(), actor);
        return new PartnerPayload(id);
    }

    @MutationMapping
    PartnerPayload reinstatePartner(@Argument ReinstatePartnerInput input, Actor actor) {
        var id = partnerId(input.partnerId());
        management.reinstate(id, input.reason(), actor);
        return new PartnerPayload(id);
    }

    private static PartnerId partnerId(String id) {
        return new PartnerId(GlobalId.parse(id, "Partner"));
    }

    private static ContactId contactId(String id) {
        try {
            return new ContactId(UUID.fromString(id));
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest("The contact's id is malformed; take it from the field id of Contact.");
        }
    }

    /** The payload of all mutations that answer the partner as it is afterwards; the partner itself is a reference, read with what is selected of it. */
    record PartnerPayload(PartnerId partnerId) {}

    record DropProspectPayload(String droppedId) {}
}
