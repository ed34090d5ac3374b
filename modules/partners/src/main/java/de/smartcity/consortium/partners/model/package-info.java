/** The partners of the consortium, the consortium itself and its areas of activity: what they are and what may happen to them. */
@NullMarked
package de.smartcity.consortium.partners.model;

import org.jspecify.annotations.NullMarked;
