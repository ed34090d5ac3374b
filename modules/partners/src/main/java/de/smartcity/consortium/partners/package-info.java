/**
 * The consortium, its areas of activity and its partners: who they are, where they stand, and who may see what of them.
 */
@NullMarked
package de.smartcity.consortium.partners;

import org.jspecify.annotations.NullMarked;
