package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.partners.model.Address.GivenPoint;
import de.smartcity.consortium.partners.model.ExternalIdentifier.GivenIdentifier;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The schema's input types. */
final class PartnerInputs {

    private PartnerInputs() {}

    record AddressInput(
            List<String> lines,
            @Nullable String postalCode,
            String city,
            String country,
            @Nullable GivenPoint point) {}

    record LegalEntityInput(
            String name,
            @Nullable String register,
            @Nullable String registerNumber,
            String seat) {}

    record EditPartnerInput(
            String partnerId,
            long expectedVersion,
            ArgumentValue<List<Translation>> name,
            ArgumentValue<List<Translation>> summary,
            ArgumentValue<PartnerKind> kind,
            ArgumentValue<List<String>> areas,
            ArgumentValue<List<GivenIdentifier>> identifiers,
            ArgumentValue<String> website,
            ArgumentValue<AddressInput> address,
            ArgumentValue<LocalDate> memberSince,
            ArgumentValue<LocalDate> memberUntil,
            ArgumentValue<LegalEntityInput> legalEntity,
            ArgumentValue<Integer> signaturesRequired) {}

    record AddPartnerContactInput(
            String partnerId,
            List<Translation> function,
            @Nullable String email,
            @Nullable String phone,
            boolean visibleToMembers) {}

    record EditPartnerContactInput(
            String partnerId,
            String contactId,
            long expectedVersion,
            ArgumentValue<List<Translation>> function,
            ArgumentValue<String> email,
            ArgumentValue<String> phone,
            ArgumentValue<Boolean> visibleToMembers) {}

    record RemovePartnerContactInput(String partnerId, String contactId) {}

    record RecordProspectInput(
            String alias,
            List<Translation> name,
            @Nullable List<Translation> summary,
            PartnerKind kind,
            List<String> areas,
            List<GivenIdentifier> identifiers,
            @Nullable String website,
            @Nullable AddressInput address,
            @Nullable LegalEntityInput legalEntity,
            int signaturesRequired) {}

    record DropProspectInput(String partnerId, @Nullable String reason) {}

    record SuspendPartnerInput(String partnerId, String reason) {}

    record ReinstatePartnerInput(String partnerId, String reason) {}
}
