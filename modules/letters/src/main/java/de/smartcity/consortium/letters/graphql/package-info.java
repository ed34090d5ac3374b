/**
 * The schema of letters: controllers, inputs and payloads.
 */
@NullMarked
package de.smartcity.consortium.letters.graphql;

import org.jspecify.annotations.NullMarked;
