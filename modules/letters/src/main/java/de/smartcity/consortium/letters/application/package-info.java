/**
 * Reads and changes letters; the model decides.
 */
@NullMarked
package de.smartcity.consortium.letters.application;

import org.jspecify.annotations.NullMarked;
