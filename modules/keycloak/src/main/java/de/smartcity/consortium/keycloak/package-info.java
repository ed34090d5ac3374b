/** The adapter to Keycloak: who calls, read from an access token, and the HTTP security chain that demands a valid one. */
@NullMarked
package de.smartcity.consortium.keycloak;

import org.jspecify.annotations.NullMarked;
