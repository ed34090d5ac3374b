/**
 * Reads and changes profiles and the vocabulary, and matches needs; the model decides.
 */
@NullMarked
package de.smartcity.consortium.competences.application;

import org.jspecify.annotations.NullMarked;
