package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.model.Concept;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Website;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A competence as it is stored, and read as far as the projection has it; public only because the driver instantiates no other class.
 *
 * @param release the release from which it was stored
 * @param alternatives other words for it, each with its language
 * @param narrower the competences that are a part of it and not deprecated
 * @param since the release with which it came
 * @param deprecatedSince the release with which it was deprecated; null if it is not
 */
public record StoredConcept(
        @BsonId CompetenceCode code,
        DerivedFields derived,
        @Nullable Integer release,
        @Nullable LocalizedText label,
        @Nullable List<Translation> alternatives,
        @Nullable AreaCode area,
        @Nullable CompetenceCode broader,
        @Nullable List<CompetenceCode> narrower,
        @Nullable Integer since,
        @Nullable Integer deprecatedSince,
        @Nullable CompetenceCode replacedBy,
        @Nullable List<ConceptMapping> mappings) {

    /**
     * The same or a similar concept of another vocabulary.
     *
     * @param scheme the other vocabulary's name
     * @param uri the concept there
     * @param source where that was looked up
     */
    public record ConceptMapping(String scheme, Website uri, Match match, String source) {

        /** How alike the two are. */
        public enum Match {
            /** The same. */
            EXACT,
            /** Almost the same. */
            CLOSE,
            /** The other one is broader. */
            BROAD,
            /** The other one is narrower. */
            NARROW
        }
    }

    Concept concept() {
        return new Concept(code, broader, deprecatedSince != null, replacedBy);
    }
}
