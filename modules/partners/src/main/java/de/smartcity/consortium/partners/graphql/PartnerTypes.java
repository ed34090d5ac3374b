package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.LegalEntity;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.application.StoredPartner;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.ContactPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.DropProspectPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.PartnerPayload;
import de.smartcity.consortium.partners.graphql.PartnerPayloads.RemovedContactPayload;
import de.smartcity.consortium.partners.model.Address;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import de.smartcity.consortium.partners.model.GeoPoint;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type tables of this module's values and payloads, and the references from and to partners. */
@Configuration(proxyBeanMethods = false)
class PartnerTypes {

    @Bean
    RecordTypes partnerRecords() {
        return RecordTypes.of(
                        Address.class,
                        GeoPoint.class,
                        ExternalIdentifier.class,
                        LegalEntity.class,
                        DropProspectPayload.class)
                .and(
                        PartnerPayload.class,
                        "EditPartnerPayload",
                        "RecordProspectPayload",
                        "SuspendPartnerPayload",
                        "ReinstatePartnerPayload")
                .and(ContactPayload.class, "AddPartnerContactPayload", "EditPartnerContactPayload")
                .and(RemovedContactPayload.class, "RemovePartnerContactPayload");
    }

    /** Loads partners as visible objects refer to them: id, name and kind even of a hidden partner. */
    @Bean
    Reference.Loader<PartnerId, View<StoredPartner>> referredPartners(PartnerReading reading) {
        return (ids, arguments, actor, selection) -> reading.findReferred(ids, actor, selection);
    }

    @Bean
    Reference<PartnerId, ?> partnerOfOthers(Reference.Loader<PartnerId, View<StoredPartner>> referredPartners) {
        return Reference.byRow(
                Set.of(
                        "ViewerOrganisation",
                        "Activity",
                        "EditPartnerPayload",
                        "RecordProspectPayload",
                        "SuspendPartnerPayload",
                        "ReinstatePartnerPayload",
                        "AddPartnerContactPayload",
                        "EditPartnerContactPayload",
                        "RemovePartnerContactPayload"),
                "partner",
                referredPartners);
    }

    @Bean
    Reference<AreaCode, ?> areasOfPartner(Reference.Loader<AreaCode, ?> areas) {
        return Reference.byRow(Set.of("Partner"), "areas", areas);
    }

    @Bean
    Reference<ContactId, Contact> contactOfPayload(PartnerReading reading) {
        return Reference.byRow(
                Set.of("AddPartnerContactPayload", "EditPartnerContactPayload"),
                "contact",
                (ids, arguments, actor, selection) -> reading.findContacts(ids, actor));
    }

    @Bean
    Reference<PartnerId, Connection<ActivityView>> activityOfPartner(ActivityReading activity) {
        return Reference.byRow(
                Set.of("Partner"),
                "activity",
                Reference.pages((partners, page, actor, selection) ->
                        activity.of("Partner", partners, PartnerId::value, page, actor, selection)));
    }

    @Bean
    NodeSource<PartnerId> partnerNodes(PartnerReading reading) {
        return NodeSource.byUuid("Partner", PartnerId::new, reading::find);
    }

    @Bean
    NodeSource<ContactId> contactNodes(PartnerReading reading) {
        return NodeSource.byUuid(
                "Contact", ContactId::new, (ids, actor, selection) -> reading.findContacts(ids, actor));
    }
}
