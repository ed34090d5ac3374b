package de.smartcity.consortium.competences.graphql;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.application.CompetenceInputTexts;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.AvailabilityInput;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.CompetenceEntryInput;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.CompetenceEvidenceInput;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.EditCompetenceProfileInput;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.Doi;
import de.smartcity.consortium.competences.model.Evidence;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.GivenFields;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.springframework.graphql.data.ArgumentValue;

/** Maps inputs to values of the model; violations are added with their place in the input. A field that an edit leaves out is null. */
@Mapper(config = Mappings.class, uses = CompetenceInputTexts.class)
interface CompetenceInputMapper {

    default Edit<ProfileContent> edit(EditCompetenceProfileInput input) {
        return new Edit<>(GivenFields.of(input), violations -> content(input, violations));
    }

    @Mapping(target = "contactFunction", qualifiedByName = "contactFunction")
    ProfileContent content(EditCompetenceProfileInput input, @Context Violations violations);

    @Mapping(target = "level", source = "input.claimedLevel")
    @Mapping(target = "description", source = "input.description", qualifiedByName = "description")
    CompetenceEntry entry(CompetenceEntryInput input, @Context Violations violations);

    @Mapping(target = "issuer", qualifiedByName = "issuer")
    @Mapping(target = "number", qualifiedByName = "number")
    Evidence evidence(CompetenceEvidenceInput input, @Context Violations violations);

    Availability availability(AvailabilityInput input);

    @Nullable
    default Availability availability(ArgumentValue<AvailabilityInput> input) {
        var given = input.value();
        return given == null ? null : availability(given);
    }

    @Nullable
    default List<CompetenceEntry> entries(
            ArgumentValue<List<CompetenceEntryInput>> input, @Context Violations violations) {
        return violations.list("entries", input.value(), this::entry);
    }

    @Nullable
    default List<Evidence> evidence(@Nullable List<CompetenceEvidenceInput> input, @Context Violations violations) {
        return violations.list("evidence", input, (one, inner) -> {
            var evidence = evidence(one, inner);
            evidence.check(inner);
            return evidence;
        });
    }

    @Nullable
    default CompetenceCode competence(String input, @Context Violations violations) {
        return violations.at("competence", () -> CompetenceCode.parse(input));
    }

    @Nullable
    default FileId file(@Nullable String input) {
        return input == null ? null : new FileId(GlobalId.parse(input, "File"));
    }

    @Nullable
    default Doi doi(@Nullable String input, @Context Violations violations) {
        return violations.at("doi", input, Doi::parse);
    }

    @Nullable
    default Website url(@Nullable String input, @Context Violations violations) {
        return violations.at("url", input, Website::parse);
    }

    default <T> @Nullable T given(ArgumentValue<T> input) {
        return input.value();
    }
}
