package de.smartcity.consortium.partners.model;

/** The types of partners' events; the schema's enum {@code EventType} has a value for each. */
public enum PartnerEvent {
    PROSPECT_RECORDED,
    PROSPECT_DROPPED,
    PROSPECT_ERASED,
    PARTNER_ONBOARDING_BEGUN,
    PARTNER_ADMITTED,
    PARTNER_SUSPENDED,
    PARTNER_REINSTATED,
    PARTNER_EDITED,
    PARTNER_CONTACT_ADDED,
    PARTNER_CONTACT_EDITED,
    PARTNER_CONTACT_REMOVED
}
