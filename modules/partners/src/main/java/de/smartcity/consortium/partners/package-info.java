/**
 * The partners of the consortium: their profiles, their statuses, and who may see and change them.
 */
@NullMarked
package de.smartcity.consortium.partners;

import org.jspecify.annotations.NullMarked;
