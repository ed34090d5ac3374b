/**
 * What all capabilities share: typed ids, actors, audiences, roles, events and rule violations. Plain Java.
 */
@NullMarked
package de.smartcity.consortium.kernel;

import org.jspecify.annotations.NullMarked;
