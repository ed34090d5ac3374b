/**
 * The collections of partners and the indexes that serve their queries.
 */
@NullMarked
package de.smartcity.consortium.partners.mongo;

import org.jspecify.annotations.NullMarked;
