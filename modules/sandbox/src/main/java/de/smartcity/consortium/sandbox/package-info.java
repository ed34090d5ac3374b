/**
 * Starts MongoDB, Keycloak and the service for a developer or a test. Knows no capability.
 */
@NullMarked
package de.smartcity.consortium.sandbox;

import org.jspecify.annotations.NullMarked;
