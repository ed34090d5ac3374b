/** The whole service over HTTP, with tokens from a real Keycloak. */
@NullMarked
package de.smartcity.consortium.endtoend;

import org.jspecify.annotations.NullMarked;
