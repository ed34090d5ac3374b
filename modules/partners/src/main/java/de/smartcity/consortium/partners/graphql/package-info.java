/**
 * The schema of partners: controllers, inputs and payloads.
 */
@NullMarked
package de.smartcity.consortium.partners.graphql;

import org.jspecify.annotations.NullMarked;
