/** The aggregate Partner, its values and its rules. */
@NullMarked
package de.smartcity.consortium.partners.model;

import org.jspecify.annotations.NullMarked;
