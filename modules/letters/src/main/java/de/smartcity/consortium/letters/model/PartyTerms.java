package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.PartnerId;

/** Whom an edition asks, and whether it waits for them. */
public record PartyTerms(PartnerId partner, Requirement requirement) {}
