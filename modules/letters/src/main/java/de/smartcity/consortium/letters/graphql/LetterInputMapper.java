package de.smartcity.consortium.letters.graphql;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.GivenFields;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.application.LetterInputTexts;
import de.smartcity.consortium.letters.graphql.LetterInputs.DraftLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.EditLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.EditionPartyInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.LiftReservationInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.ReservationInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.SignLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.TerminateLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.WithdrawFromLetterInput;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LeavingNoticeInput;
import de.smartcity.consortium.letters.model.LiftingInput;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Reservation;
import de.smartcity.consortium.letters.model.SignatureInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.springframework.graphql.data.ArgumentValue;

/** Maps inputs to values of the model; violations are added with their place in the input. A field that an edit leaves out is null. */
@Mapper(config = Mappings.class, uses = LetterInputTexts.class)
interface LetterInputMapper {

    default Edit<EditionTerms> edit(EditLetterInput input) {
        return new Edit<>(GivenFields.of(input), violations -> terms(input, violations));
    }

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "text", qualifiedByName = "text")
    @Mapping(target = "bindingLocale", qualifiedByName = "bindingLocale")
    EditionTerms terms(DraftLetterInput input, @Context Violations violations);

    @Mapping(target = "title", qualifiedByName = "title")
    @Mapping(target = "text", qualifiedByName = "text")
    @Mapping(target = "bindingLocale", qualifiedByName = "bindingLocale")
    EditionTerms terms(EditLetterInput input, @Context Violations violations);

    @Mapping(target = "function", qualifiedByName = "function")
    @Mapping(target = "locale", qualifiedByName = "locale")
    SignatureInput signature(SignLetterInput input, @Context Violations violations);

    @Mapping(target = "function", qualifiedByName = "function")
    @Mapping(target = "reference", qualifiedByName = "reference")
    LiftingInput lifting(LiftReservationInput input, @Context Violations violations);

    @Mapping(target = "function", qualifiedByName = "function")
    @Mapping(target = "reason", qualifiedByName = "reason")
    LeavingNoticeInput notice(WithdrawFromLetterInput input, @Context Violations violations);

    @Mapping(target = "function", qualifiedByName = "function")
    @Mapping(target = "reason", qualifiedByName = "reason")
    LeavingNoticeInput notice(TerminateLetterInput input, @Context Violations violations);

    @Nullable
    default PartyTerms party(EditionPartyInput input) {
        return new PartyTerms(new PartnerId(GlobalId.parse(input.partnerId(), "Partner")), input.requirement());
    }

    List<PartyTerms> parties(@Nullable List<EditionPartyInput> input);

    default List<PartyTerms> parties(ArgumentValue<List<EditionPartyInput>> input) {
        return parties(input.value());
    }

    @Nullable
    default FileId file(@Nullable String input) {
        return input == null ? null : new FileId(GlobalId.parse(input, "File"));
    }

    List<FileId> files(@Nullable List<String> input);

    default List<FileId> files(ArgumentValue<List<String>> input) {
        return files(input.value());
    }

    @Nullable
    default FileId file(ArgumentValue<String> input) {
        return file(input.value());
    }

    default <T> @Nullable T given(ArgumentValue<T> input) {
        return input.value();
    }

    @Nullable
    default Reservation reservation(@Nullable ReservationInput input, @Context Violations violations) {
        return violations.at("reservation", input, given -> Reservation.parse(given.body(), given.expectedBy()));
    }
}
