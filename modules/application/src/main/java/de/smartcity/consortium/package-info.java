/**
 * A partner consortium's collaboration API.
 */
@NullMarked
package de.smartcity.consortium;

import org.jspecify.annotations.NullMarked;
