/** The adapter to Keycloak: the HTTP security chain, which verifies access tokens, and the actor of a request. */
@NullMarked
package de.smartcity.consortium.keycloak;

import org.jspecify.annotations.NullMarked;
