/**
 * The schema of the consortium and its areas of activity.
 */
@NullMarked
package de.smartcity.consortium.consortium.graphql;

import org.jspecify.annotations.NullMarked;
