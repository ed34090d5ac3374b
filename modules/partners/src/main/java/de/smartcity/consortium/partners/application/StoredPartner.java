package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.time.LocalDate;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** What is read of a partner's document: what the projection names, and nothing of it narrowed yet; public only because the driver makes no other. */
public record StoredPartner(
        @BsonId PartnerId id,
        Audience audience,
        PartnerStatus status,
        @Nullable Long version,
        @Nullable String alias,
        @Nullable LocalizedText name,
        @Nullable LocalizedText summary,
        @Nullable PartnerKind kind,
        @Nullable String statusReason,
        @Nullable List<AreaCode> areas,
        @Nullable List<IdentifierView> identifiers,
        @Nullable String website,
        @Nullable AddressView address,
        @Nullable List<ContactView> contacts,
        @Nullable LocalDate memberSince,
        @Nullable LocalDate memberUntil,
        @Nullable Sort sort) {

    /** What the document is ordered by. */
    public record Sort(@Nullable String name, @Nullable String memberSince) {}
}
