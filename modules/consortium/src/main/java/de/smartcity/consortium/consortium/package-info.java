/**
 * The consortium that this deployment serves, and its areas of activity.
 */
@NullMarked
package de.smartcity.consortium.consortium;

import org.jspecify.annotations.NullMarked;
