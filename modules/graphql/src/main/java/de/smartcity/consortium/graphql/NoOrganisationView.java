package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.NoActingOrganisation;

/** The type {@code NoOrganisation}. */
record NoOrganisationView(NoActingOrganisation reason, String message) {}
