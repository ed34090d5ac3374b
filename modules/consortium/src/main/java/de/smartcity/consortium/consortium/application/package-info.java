/**
 * Loads and reads the consortium and its areas of activity, which are visible to everybody.
 */
@NullMarked
package de.smartcity.consortium.consortium.application;

import org.jspecify.annotations.NullMarked;
