package de.smartcity.consortium.competences.graphql;

import de.smartcity.consortium.kernel.PartnerId;

/** The payloads of mutations. They hold the profile's id, which is read after the change, with the selected fields. */
final class CompetencePayloads {

    private CompetencePayloads() {}

    record ProfilePayload(PartnerId profile) {}
}
