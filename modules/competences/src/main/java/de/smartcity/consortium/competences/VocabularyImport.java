package de.smartcity.consortium.competences;

import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.kernel.RuleViolation;

/** Loads the vocabulary from a file. */
public interface VocabularyImport {

    /**
     * Stores a release of the vocabulary, unless a later one is stored; may run at every start, on one node at a time.
     *
     * @throws RuleViolation at a competence's code, for a row that is not valid; {@code competence.missing} for one that an earlier release had
     */
    void load(VocabularyRow vocabulary);
}
