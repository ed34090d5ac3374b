package de.smartcity.consortium.projects.graphql;

import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.projects.model.OwnReference;
import java.util.List;
import java.util.Optional;

/** The schema's input types. */
final class OwnReferencesInputs {

    private OwnReferencesInputs() {}

    record OwnReferenceInput(String system, String key) {}

    record SetOwnReferencesInput(String projectId, long expectedVersion, List<OwnReferenceInput> references) {

        /** Those that can be parsed; the others become violations. */
        Input<List<OwnReference>> parsed() {
            return violations ->
                    Optional.ofNullable(violations.at("references", this::each)).orElse(List.of());
        }

        private List<OwnReference> each() {
            var violations = new Violations();
            var parsed = violations.each(references, given -> OwnReference.parse(given.system(), given.key()));
            violations.throwIfAny();
            return parsed;
        }
    }
}
