package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.PartnerAlias;

/** A partner to be recorded. */
public record PartnerDraft(PartnerAlias alias, PartnerProfile profile) {}
