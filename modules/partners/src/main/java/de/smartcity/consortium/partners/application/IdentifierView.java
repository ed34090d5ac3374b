package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.partners.model.IdentifierType;

/** The type {@code ExternalIdentifier}. */
public record IdentifierView(IdentifierType type, String value, boolean preferred) {}
