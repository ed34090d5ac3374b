package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.PartnerId;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The values and payloads of this module's schema, and the fields through which partners refer and are referred to. */
@Configuration(proxyBeanMethods = false)
class PartnerTypes {

    @Bean
    TypeTable<Address> addressTable() {
        return TypeTable.ofRecord(Address.class, "Address").build();
    }

    @Bean
    TypeTable<GeoPoint> pointTable() {
        return TypeTable.ofRecord(GeoPoint.class, "GeoPoint").build();
    }

    @Bean
    TypeTable<ExternalIdentifier> identifierTable() {
        return TypeTable.ofRecord(ExternalIdentifier.class, "ExternalIdentifier")
                .build();
    }

    @Bean
    TypeTable<PartnerPayload> partnerPayloadTable() {
        return TypeTable.ofRecord(
                        PartnerPayload.class,
                        "EditPartnerPayload",
                        "RecordProspectPayload",
                        "SuspendPartnerPayload",
                        "ReinstatePartnerPayload")
                .build();
    }

    @Bean
    TypeTable<ContactPayload> contactPayloadTable() {
        return TypeTable.ofRecord(ContactPayload.class, "AddPartnerContactPayload", "EditPartnerContactPayload")
                .build();
    }

    @Bean
    TypeTable<RemovedContactPayload> removedContactPayloadTable() {
        return TypeTable.ofRecord(RemovedContactPayload.class, "RemovePartnerContactPayload")
                .build();
    }

    @Bean
    TypeTable<DropProspectPayload> dropProspectPayloadTable() {
        return TypeTable.ofRecord(DropProspectPayload.class, "DropProspectPayload")
                .build();
    }

    /** Loads partners as visible objects refer to them: id, name and kind even of one that is hidden otherwise. */
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
                Reference.pages((partners, page, actor, selection) -> activity
                        .of(
                                PartnerReading.PARTNERS,
                                partners.stream().map(PartnerId::value).toList(),
                                page,
                                selection)
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(entry -> new PartnerId(entry.getKey()), Map.Entry::getValue))));
    }

    @Bean
    NodeSource<UUID> partnerNodes(PartnerReading reading) {
        return new NodeSource<>(
                "Partner",
                UUID.class,
                (ids, actor, selection) -> byKey(
                        reading.find(ids.stream().map(PartnerId::new).toList(), actor, selection), PartnerId::value));
    }

    @Bean
    NodeSource<UUID> contactNodes(PartnerReading reading) {
        return new NodeSource<>(
                "Contact",
                UUID.class,
                (ids, actor, selection) -> byKey(
                        reading.findContacts(ids.stream().map(ContactId::new).toList(), actor), ContactId::value));
    }

    private static <I, T> Map<UUID, T> byKey(Map<I, T> found, Function<I, UUID> key) {
        return found.entrySet().stream()
                .collect(Collectors.toMap(entry -> key.apply(entry.getKey()), Map.Entry::getValue));
    }
}
