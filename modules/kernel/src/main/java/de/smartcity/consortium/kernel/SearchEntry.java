package de.smartcity.consortium.kernel;

import java.util.Collection;
import java.util.Set;

/**
 * Some texts of an object and the tokens of those who see them: a search by an actor that holds none of the tokens does not find the object by
 * these texts. All words of a search must be in one entry.
 *
 * @param tokens of those who see the texts, as in {@link Audience}
 * @param prefixes the {@link SearchText#prefixes} of the texts
 */
public record SearchEntry(Collection<String> tokens, Set<String> prefixes) {}
