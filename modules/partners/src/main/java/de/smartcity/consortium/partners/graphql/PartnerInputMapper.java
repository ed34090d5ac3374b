package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.graphql.GivenFields;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PhoneNumber;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.LegalEntity;
import de.smartcity.consortium.partners.application.PartnerTexts;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddressInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.LegalEntityInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RecordProspectInput;
import de.smartcity.consortium.partners.model.Address;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import de.smartcity.consortium.partners.model.ExternalIdentifier.GivenIdentifier;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.Named;
import org.springframework.graphql.data.ArgumentValue;

/** Maps inputs to values of the model; violations are added with their place in the input. A field that an edit leaves out is null. */
@Mapper(
        config = Mappings.class,
        uses = {AreasOfActivity.class, PartnerTexts.class},
        imports = ContactId.class)
interface PartnerInputMapper {

    default Edit<PartnerProfile> edit(EditPartnerInput input) {
        return new Edit<>(GivenFields.of(input), violations -> profile(input, violations));
    }

    default Edit<Contact> edit(EditPartnerContactInput input) {
        return new Edit<>(GivenFields.of(input), violations -> contact(input, violations));
    }

    @Mapping(target = "profile", source = "input")
    PartnerDraft draft(RecordProspectInput input, @Context Violations violations);

    @Mapping(target = "id", expression = "java(ContactId.next())")
    Contact contact(AddPartnerContactInput input, @Context Violations violations);

    @Mapping(target = "id", ignore = true)
    @Mapping(target = "visibleToMembers", qualifiedByName = "isOn")
    Contact contact(EditPartnerContactInput input, @Context Violations violations);

    @Mapping(target = "name", qualifiedByName = "name")
    @Mapping(target = "summary", qualifiedByName = "summary")
    PartnerProfile profile(EditPartnerInput input, @Context Violations violations);

    @Mapping(target = "name", qualifiedByName = "name")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "memberSince", ignore = true)
    @Mapping(target = "memberUntil", ignore = true)
    PartnerProfile profile(RecordProspectInput input, @Context Violations violations);

    default <T> @Nullable T given(ArgumentValue<T> input) {
        return input.value();
    }

    /** Omitted in an edit, the value is ignored; null means false. */
    @Named("isOn")
    default boolean isOn(ArgumentValue<Boolean> input) {
        return Boolean.TRUE.equals(input.value());
    }

    @Nullable
    default PartnerAlias alias(@Nullable String input, @Context Violations violations) {
        return violations.at("alias", input, PartnerAlias::parse);
    }

    @Nullable
    default List<ExternalIdentifier> identifiers(
            @Nullable List<GivenIdentifier> input, @Context Violations violations) {
        return input == null ? List.of() : violations.at("identifiers", () -> ExternalIdentifier.parse(input));
    }

    @Nullable
    default Website website(@Nullable String input, @Context Violations violations) {
        return violations.at("website", input, Website::parse);
    }

    @Nullable
    default EmailAddress email(@Nullable String input, @Context Violations violations) {
        return violations.at("email", input, EmailAddress::parse);
    }

    @Nullable
    default PhoneNumber phone(@Nullable String input, @Context Violations violations) {
        return violations.at("phone", input, PhoneNumber::parse);
    }

    @Nullable
    default Address address(@Nullable AddressInput input, @Context Violations violations) {
        return violations.at(
                "address",
                input,
                given ->
                        Address.parse(given.lines(), given.postalCode(), given.city(), given.country(), given.point()));
    }

    @Nullable
    default LegalEntity legalEntity(@Nullable LegalEntityInput input, @Context Violations violations) {
        return violations.at(
                "legalEntity",
                input,
                given -> LegalEntity.parse(given.name(), given.register(), given.registerNumber(), given.seat()));
    }
}
