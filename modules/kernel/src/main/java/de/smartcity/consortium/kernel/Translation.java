package de.smartcity.consortium.kernel;

/**
 * A text in one language, not validated yet.
 *
 * @param locale a BCP 47 tag
 */
public record Translation(String locale, String text) {}
