/**
 * The schema of joint projects: controllers, inputs and payloads.
 */
@NullMarked
package de.smartcity.consortium.projects.graphql;

import org.jspecify.annotations.NullMarked;
