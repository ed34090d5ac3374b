/**
 * What all capabilities' schemas share: base types, errors, pages and cursors, type tables, references and look-ahead.
 */
@NullMarked
package de.smartcity.consortium.graphql;

import org.jspecify.annotations.NullMarked;
