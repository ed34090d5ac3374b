/**
 * The collections of letters and the indexes that serve their queries.
 */
@NullMarked
package de.smartcity.consortium.letters.mongo;

import org.jspecify.annotations.NullMarked;
