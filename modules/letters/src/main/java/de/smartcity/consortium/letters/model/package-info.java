/**
 * The model of letters of intent: the aggregate, its values and rules.
 */
@NullMarked
package de.smartcity.consortium.letters.model;

import org.jspecify.annotations.NullMarked;
