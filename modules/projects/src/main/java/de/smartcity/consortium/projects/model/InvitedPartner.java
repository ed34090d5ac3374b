package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.PartnerId;

/** A partner that a new project invites, and what it is offered. */
public record InvitedPartner(PartnerId partner, InvitationTerms terms) {}
