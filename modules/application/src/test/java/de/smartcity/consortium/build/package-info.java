/**
 * What the build leaves for others: the artifacts in a local repository. Here and not beside the poms, because this is the one module that
 * is built after all the others. Tagged {@code long}, because it builds the project a second time, from a copy.
 */
@NullMarked
package de.smartcity.consortium.build;

import org.jspecify.annotations.NullMarked;
