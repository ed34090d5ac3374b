/**
 * What partners can do: the vocabulary of competences, the partners' profiles, and who covers a need.
 */
@NullMarked
package de.smartcity.consortium.competences;

import org.jspecify.annotations.NullMarked;
