package de.smartcity.consortium.competences.application;

import org.jspecify.annotations.Nullable;

/**
 * Which competences, as a client asks for them. All conditions hold at once; an absent one holds for all.
 *
 * @param text whose labels and other words have words that begin with each of these
 * @param area of this area of activity
 * @param broader that are a part of this one
 * @param firstLevel that are a part of no other
 * @param includeDeprecated whether deprecated ones are included, too
 */
public record CompetenceFilter(
        @Nullable String text,
        @Nullable String area,
        @Nullable String broader,
        boolean firstLevel,
        boolean includeDeprecated) {

    static final CompetenceFilter NONE = new CompetenceFilter(null, null, null, false, false);
}
