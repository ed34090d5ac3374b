package de.smartcity.consortium.competences;

import java.util.Collection;
import java.util.Set;

/** Finds competences for the rules of other capabilities; a bean. */
public interface CompetenceLookup {

    /** Those of these codes that the vocabulary has, also deprecated ones, with one Mongo command. */
    Set<CompetenceCode> existing(Collection<CompetenceCode> codes);
}
