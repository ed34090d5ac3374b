package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.PartnerFacts;
import de.smartcity.consortium.partners.model.PartnerProfile;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** A partner's document as far as the projection reads it, shown only through {@link PartnerTable}; public only because the driver instantiates no other class. */
public record StoredPartner(
        @BsonId PartnerId id,
        PartnerStatus status,
        DerivedFields derived,
        @Nullable Long version,
        @Nullable PartnerAlias alias,
        @Nullable String statusReason,
        @Nullable PartnerProfile profile,
        @Nullable List<Contact> contacts,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt)
        implements PartnerFacts {}
