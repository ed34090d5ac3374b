/**
 * Sets up the consortium and its areas of activity, and answers questions about them; both are visible to everybody.
 */
@NullMarked
package de.smartcity.consortium.consortium.application;

import org.jspecify.annotations.NullMarked;
