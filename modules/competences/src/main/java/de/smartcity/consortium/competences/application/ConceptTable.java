package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.graphql.TypeTable;
import java.util.List;

/** The type table of {@code Competence}. */
final class ConceptTable {

    private ConceptTable() {}

    static TypeTable<StoredConcept> table() {
        return TypeTable.of("Competence", StoredConcept.class, StoredConcept::derived, List.of())
                .key(concept -> concept.code().value())
                .everybody("code", "_id", concept -> concept.code().value())
                .everybody("label", "label", StoredConcept::label)
                .withTranslations()
                .everybody("alternatives", "alternatives", StoredConcept::alternatives)
                .everybody("area", "area", StoredConcept::area)
                .everybody("broader", "broader", StoredConcept::broader)
                .everybody("narrower", "narrower", StoredConcept::narrower)
                .everybody("since", "since", StoredConcept::since)
                .everybody("deprecated", "deprecatedSince", concept -> concept.deprecatedSince() != null)
                .everybody("deprecatedSince", "deprecatedSince", StoredConcept::deprecatedSince)
                .everybody("replacedBy", "replacedBy", StoredConcept::replacedBy)
                .everybody("mappings", "mappings", StoredConcept::mappings)
                .build();
    }
}
