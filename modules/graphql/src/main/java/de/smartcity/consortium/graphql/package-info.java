/**
 * What every capability's schema stands on: base types, errors, pages and cursors, references that are looked ahead.
 */
@NullMarked
package de.smartcity.consortium.graphql;

import org.jspecify.annotations.NullMarked;
