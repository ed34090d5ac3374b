/**
 * The collections of the consortium and its areas of activity, which are small and read by id or completely.
 */
@NullMarked
package de.smartcity.consortium.consortium.mongo;

import org.jspecify.annotations.NullMarked;
