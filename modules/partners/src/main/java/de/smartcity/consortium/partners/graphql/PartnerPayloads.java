package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.model.ContactId;

/** What mutations answer. Objects are given by id, and read with what is selected of them, as they are afterwards. */
final class PartnerPayloads {

    private PartnerPayloads() {}

    record PartnerPayload(PartnerId partner) {}

    record ContactPayload(PartnerId partner, ContactId contact) {}

    record RemovedContactPayload(PartnerId partner, String removedContactId) {}

    record DropProspectPayload(String droppedPartnerId) {}
}
