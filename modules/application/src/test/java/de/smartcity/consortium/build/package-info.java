/**
 * Tests of the artifacts that the build installs in a local repository. They are in this module because it is built last, and tagged
 * {@code long}, because they build the project a second time, from a copy.
 */
@NullMarked
package de.smartcity.consortium.build;

import org.jspecify.annotations.NullMarked;
