/**
 * Puts the capabilities together: the actor of a request, limits, health, and the data that is loaded at start-up.
 */
@NullMarked
package de.smartcity.consortium.application;

import org.jspecify.annotations.NullMarked;
