/**
 * Reads and changes joint projects; the model decides.
 */
@NullMarked
package de.smartcity.consortium.projects.application;

import org.jspecify.annotations.NullMarked;
