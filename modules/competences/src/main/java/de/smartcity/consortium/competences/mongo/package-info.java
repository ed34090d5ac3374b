/**
 * The collections of profiles and of the vocabulary, and the indexes that serve their queries.
 */
@NullMarked
package de.smartcity.consortium.competences.mongo;

import org.jspecify.annotations.NullMarked;
