/**
 * Puts the capabilities together: who is calling, limits, and the data that a start loads.
 */
@NullMarked
package de.smartcity.consortium.application;

import org.jspecify.annotations.NullMarked;
