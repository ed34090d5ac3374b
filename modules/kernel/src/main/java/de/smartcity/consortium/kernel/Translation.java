package de.smartcity.consortium.kernel;

/**
 * A text in one language, as it is given.
 *
 * @param locale a BCP 47 tag
 */
public record Translation(String locale, String text) {}
