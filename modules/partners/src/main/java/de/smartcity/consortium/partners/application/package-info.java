/**
 * Reads and changes partners; the model decides.
 */
@NullMarked
package de.smartcity.consortium.partners.application;

import org.jspecify.annotations.NullMarked;
