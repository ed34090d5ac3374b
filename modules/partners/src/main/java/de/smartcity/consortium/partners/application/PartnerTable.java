package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerPermissions;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.partners.model.StatusChange;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The type table of {@code Partner}. */
final class PartnerTable {

    private static final Set<Viewpoint> MEMBERS = Set.of(Viewpoint.CONSORTIUM, Partner.OWN, Viewpoint.OFFICE);
    private static final Set<Viewpoint> OWN_AND_OFFICE = Set.of(Partner.OWN, Viewpoint.OFFICE);

    private PartnerTable() {}

    static TypeTable<StoredPartner> table() {
        return TypeTable.of("Partner", StoredPartner.class, StoredPartner::derived, Partner.RELATIONS)
                .key(partner -> partner.id().value())
                .alwaysRead("status")
                .referred("name", "profile.name", of(PartnerTable::name))
                .withTranslations()
                .referred("kind", "profile.kind", of(PartnerTable::kind))
                .everybody("summary", "profile.summary", of(PartnerProfile::summary))
                .withTranslations()
                .everybody("areas", "profile.areas", of(PartnerProfile::areas))
                .everybody("website", "profile.website", of(PartnerProfile::website))
                .seenBy(MEMBERS, "alias", "alias", StoredPartner::alias)
                .seenBy(MEMBERS, "status", "status", StoredPartner::status)
                .seenBy(MEMBERS, "identifiers", "profile.identifiers", of(PartnerProfile::identifiers))
                .seenBy(MEMBERS, "address", "profile.address", of(PartnerProfile::address))
                .seenBy(MEMBERS, "memberSince", "profile.memberSince", of(PartnerProfile::memberSince))
                .seenBy(MEMBERS, "memberUntil", "profile.memberUntil", of(PartnerProfile::memberUntil))
                .seenBy(MEMBERS, "legalEntity", "profile.legalEntity", of(PartnerProfile::legalEntity))
                .seenBy(
                        MEMBERS,
                        "signaturesRequired",
                        "profile.signaturesRequired",
                        of(PartnerProfile::signaturesRequired))
                .seenBy(MEMBERS, "createdAt", "createdAt", StoredPartner::createdAt)
                .parts(MEMBERS, "contacts", "contacts", StoredPartner::contacts, PartnerTable::seenBy)
                .seenBy(OWN_AND_OFFICE, "statusReason", "statusReason", StoredPartner::statusReason)
                .seenBy(OWN_AND_OFFICE, "activity", "_id", StoredPartner::id)
                .seenIf(PartnerTable::mayEdit, "version", "version", StoredPartner::version)
                .seenIf(PartnerTable::mayEdit, "updatedAt", "updatedAt", StoredPartner::updatedAt)
                .computed("viewerCanEdit", PartnerTable::mayEdit)
                .computed("viewerCanSuspend", may(StatusChange.SUSPEND))
                .computed("viewerCanReinstate", may(StatusChange.REINSTATE))
                .computed("viewerCanDrop", may(StatusChange.DROP))
                .build();
    }

    private static Function<StoredPartner, @Nullable Object> of(
            Function<PartnerProfile, ? extends @Nullable Object> read) {
        return partner -> partner.profile() == null ? null : read.apply(partner.profile());
    }

    // Stored profiles may lack what the schema promises.
    static LocalizedText name(PartnerProfile profile) {
        return Objects.requireNonNullElse(profile.name(), LocalizedText.of(Map.of()));
    }

    private static PartnerKind kind(PartnerProfile profile) {
        return Objects.requireNonNullElse(profile.kind(), PartnerKind.OTHER);
    }

    private static Set<Viewpoint> seenBy(Contact contact) {
        return contact.visibleToMembers() ? MEMBERS : OWN_AND_OFFICE;
    }

    private static boolean mayEdit(StoredPartner partner, Actor actor) {
        return PartnerPermissions.edit(actor, partner).isEmpty();
    }

    private static BiFunction<StoredPartner, Actor, Boolean> may(StatusChange change) {
        return (partner, actor) ->
                PartnerPermissions.changeStatus(actor).isEmpty() && change.startsAt(partner.status());
    }
}
