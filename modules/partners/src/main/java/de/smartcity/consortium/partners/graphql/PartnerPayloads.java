package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.model.ContactId;

/** The payloads of mutations. They hold the ids of objects, which are read after the change, with the selected fields. */
final class PartnerPayloads {

    private PartnerPayloads() {}

    record PartnerPayload(PartnerId partner) {}

    record ContactPayload(PartnerId partner, ContactId contact) {}

    record RemovedContactPayload(PartnerId partner, String removedContactId) {}

    record DropProspectPayload(String droppedPartnerId) {}
}
