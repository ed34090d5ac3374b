/**
 * The letters of intent of the consortium: their editions, what the parties answer to them, and when they are in force.
 */
@NullMarked
package de.smartcity.consortium.letters;

import org.jspecify.annotations.NullMarked;
