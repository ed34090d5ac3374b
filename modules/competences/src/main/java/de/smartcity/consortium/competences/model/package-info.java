/**
 * The model of competences: the vocabulary, the aggregate of a partner's profile, and how needs are matched.
 */
@NullMarked
package de.smartcity.consortium.competences.model;

import org.jspecify.annotations.NullMarked;
