/**
 * The schema of competences: controllers, inputs and payloads.
 */
@NullMarked
package de.smartcity.consortium.competences.graphql;

import org.jspecify.annotations.NullMarked;
