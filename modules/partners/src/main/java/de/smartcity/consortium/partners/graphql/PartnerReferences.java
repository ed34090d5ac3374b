package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.activity.ActivityReading;
import de.smartcity.consortium.activity.ActivityView;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.NodeView;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.ViewerOrganisationView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.ShownPartner;
import de.smartcity.consortium.partners.application.ConsortiumReading;
import de.smartcity.consortium.partners.application.ConsortiumReading.AreaView;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.application.PartnerView;
import de.smartcity.consortium.partners.graphql.PartnerController.PartnerPayload;
import de.smartcity.consortium.partners.model.AreaCode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The fields through which this module's objects are referred to. */
@Configuration(proxyBeanMethods = false)
class PartnerReferences {

    private static final Set<String> PAYLOADS = Set.of(
            "EditPartnerPayload",
            "AddPartnerContactPayload",
            "RemovePartnerContactPayload",
            "RecordProspectPayload",
            "SuspendPartnerPayload",
            "ReinstatePartnerPayload");

    /** Loads partners as visible objects refer to them. */
    @Bean
    Reference.Loader<PartnerId, ShownPartner> referredPartners(PartnerReading reading) {
        return (ids, arguments, actor, selection) ->
                Collections.unmodifiableMap(reading.findReferred(ids, actor, selection));
    }

    @Bean
    Reference<PartnerView, AreaCode, AreaView> areasOfPartner(ConsortiumReading consortium) {
        return Reference.toMany(
                "Partner",
                "areas",
                PartnerView.class,
                PartnerView::areas,
                (codes, arguments, actor, selection) -> consortium.findAreas(codes));
    }

    @Bean
    Reference<PartnerView, PartnerId, Connection<ActivityView>> activityOfPartner(ActivityReading activity) {
        return new Reference<>(
                Set.of("Partner"),
                "activity",
                PartnerView.class,
                PartnerView::activityOf,
                false,
                Connection.empty(),
                (partners, arguments, actor, selection) -> activity(activity, partners, arguments, selection));
    }

    private static Map<PartnerId, Connection<ActivityView>> activity(
            ActivityReading activity,
            Collection<PartnerId> partners,
            Map<String, Object> arguments,
            Selection selection) {
        var page = PageRequest.of(
                (Integer) arguments.get("first"),
                (String) arguments.get("after"),
                (Integer) arguments.get("last"),
                (String) arguments.get("before"));
        var found = new HashMap<PartnerId, Connection<ActivityView>>();
        activity.of(
                        PartnerReading.PARTNERS,
                        partners.stream().map(PartnerId::value).toList(),
                        page,
                        selection)
                .forEach((partner, itsPage) -> found.put(new PartnerId(partner), itsPage));
        return found;
    }

    @Bean
    Reference<ViewerOrganisationView, PartnerId, ShownPartner> partnerOfViewer(
            Reference.Loader<PartnerId, ShownPartner> referredPartners) {
        return Reference.toOne(
                Set.of("ViewerOrganisation"),
                "partner",
                ViewerOrganisationView.class,
                ViewerOrganisationView::partnerId,
                referredPartners);
    }

    @Bean
    Reference<ActivityView, PartnerId, ShownPartner> partnerOfActivity(
            Reference.Loader<PartnerId, ShownPartner> referredPartners) {
        return Reference.toOne(
                Set.of("Activity"), "partner", ActivityView.class, ActivityView::partner, referredPartners);
    }

    @Bean
    Reference<PartnerPayload, PartnerId, ShownPartner> partnerOfPayload(
            Reference.Loader<PartnerId, ShownPartner> referredPartners) {
        return Reference.toOne(PAYLOADS, "partner", PartnerPayload.class, PartnerPayload::partnerId, referredPartners);
    }

    @Bean
    NodeSource partnerNodes(PartnerReading reading) {
        return new NodeSource() {
            @Override
            public String type() {
                return "Partner";
            }

            @Override
            public Map<UUID, ? extends NodeView> find(Collection<UUID> ids, Actor actor, Selection selection) {
                var found = new HashMap<UUID, PartnerView>();
                reading.find(ids.stream().map(PartnerId::new).toList(), actor, selection)
                        .forEach((id, view) -> found.put(id.value(), view));
                return found;
            }
        };
    }
}
