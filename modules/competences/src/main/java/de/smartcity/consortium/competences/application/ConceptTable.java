package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.graphql.TypeTable;
import java.util.List;

/** The type table of {@code Competence}. */
final class ConceptTable {

    private ConceptTable() {}

    static TypeTable<StoredConcept> table() {
        return TypeTable.of("Competence", StoredConcept.class, StoredConcept::derived, List.of())
                .key(concept -> concept.code().value())
                .referred("code", "_id", concept -> concept.code().value())
                .referred("label", "label", StoredConcept::label)
                .withTranslations()
                .referred("alternatives", "alternatives", StoredConcept::alternatives)
                .referred("area", "area", StoredConcept::area)
                .referred("broader", "broader", StoredConcept::broader)
                .referred("narrower", "narrower", StoredConcept::narrower)
                .referred("since", "since", StoredConcept::since)
                .referred("deprecated", "deprecatedSince", concept -> concept.deprecatedSince() != null)
                .referred("deprecatedSince", "deprecatedSince", StoredConcept::deprecatedSince)
                .referred("replacedBy", "replacedBy", StoredConcept::replacedBy)
                .referred("mappings", "mappings", StoredConcept::mappings)
                .build();
    }
}
