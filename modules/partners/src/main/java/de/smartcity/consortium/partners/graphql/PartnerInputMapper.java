package de.smartcity.consortium.partners.graphql;

import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.application.PartnerMappings;
import de.smartcity.consortium.partners.application.PartnerQuery;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddPartnerContactInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.AddressInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.EditPartnerInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.ExternalIdentifierInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.GeoPointInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.IdentifierFilter;
import de.smartcity.consortium.partners.graphql.PartnerInputs.OrderDirection;
import de.smartcity.consortium.partners.graphql.PartnerInputs.PartnerFilter;
import de.smartcity.consortium.partners.graphql.PartnerInputs.PartnerOrder;
import de.smartcity.consortium.partners.graphql.PartnerInputs.RecordProspectInput;
import de.smartcity.consortium.partners.graphql.PartnerInputs.TranslationInput;
import de.smartcity.consortium.partners.model.Address;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.ContactDraft;
import de.smartcity.consortium.partners.model.EmailAddress;
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import de.smartcity.consortium.partners.model.GeoPoint;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerEdit;
import de.smartcity.consortium.partners.model.PhoneNumber;
import de.smartcity.consortium.partners.model.Website;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.Named;
import org.springframework.graphql.data.ArgumentValue;

/** Inputs to values of the model, which check themselves; what is wrong with one is said with the place where it stands. */
@Mapper(config = PartnerMappings.class)
interface PartnerInputMapper {

    @Mapping(target = "name", source = "name", qualifiedByName = "changedName")
    @Mapping(target = "summary", source = "summary", qualifiedByName = "changedSummary")
    PartnerEdit edit(EditPartnerInput input);

    @Mapping(target = "name", source = "name", qualifiedByName = "name")
    @Mapping(target = "summary", source = "summary", qualifiedByName = "summary")
    PartnerDraft draft(RecordProspectInput input);

    @Mapping(target = "function", source = "function", qualifiedByName = "function")
    ContactDraft contact(AddPartnerContactInput input);

    default PartnerQuery query(@Nullable PartnerFilter filter, @Nullable PartnerOrder order) {
        var which = filter == null ? new PartnerFilter(null, null, null, null, null) : filter;
        return new PartnerQuery(
                which.kinds(),
                which.statuses(),
                which.areas() == null ? null : areas(which.areas()),
                identifier(which.identifier()),
                which.text(),
                order == null ? PartnerQuery.Order.NAME : order.field(),
                order != null && order.direction() == OrderDirection.DESC);
    }

    private static @Nullable ExternalIdentifier identifier(@Nullable IdentifierFilter filter) {
        return filter == null ? null : new ExternalIdentifier(filter.type(), filter.value(), true);
    }

    private static <I, T> Change<T> change(String field, ArgumentValue<I> input, Function<I, T> value) {
        if (input.isOmitted()) {
            return Change.absent();
        }
        I given = input.value();
        return given == null ? Change.cleared() : Change.to(RuleViolation.at(field, () -> value.apply(given)));
    }

    @Named("changedName")
    default Change<LocalizedText> changedName(ArgumentValue<List<TranslationInput>> input) {
        return change("name", input, PartnerInputMapper::texts);
    }

    @Named("changedSummary")
    default Change<LocalizedText> changedSummary(ArgumentValue<List<TranslationInput>> input) {
        return change("summary", input, PartnerInputMapper::texts);
    }

    default <T> Change<T> asGiven(ArgumentValue<T> input) {
        return change("input", input, Function.identity());
    }

    default Change<Set<AreaCode>> changedAreas(ArgumentValue<List<String>> input) {
        return change("areas", input, PartnerInputMapper::codes);
    }

    default Change<List<ExternalIdentifier>> changedIdentifiers(ArgumentValue<List<ExternalIdentifierInput>> input) {
        return change("identifiers", input, PartnerInputMapper::each);
    }

    default Change<Website> changedWebsite(ArgumentValue<String> input) {
        return change("website", input, Website::new);
    }

    default Change<Address> changedAddress(ArgumentValue<AddressInput> input) {
        return change("address", input, this::checked);
    }

    @Named("name")
    default LocalizedText name(List<TranslationInput> input) {
        return RuleViolation.at("name", () -> texts(input));
    }

    @Named("summary")
    default @Nullable LocalizedText summary(@Nullable List<TranslationInput> input) {
        return input == null ? null : RuleViolation.at("summary", () -> texts(input));
    }

    @Named("function")
    default LocalizedText function(List<TranslationInput> input) {
        return RuleViolation.at("function", () -> texts(input).atMost(100));
    }

    default PartnerAlias alias(String input) {
        return RuleViolation.at("alias", () -> new PartnerAlias(input));
    }

    default Set<AreaCode> areas(List<String> input) {
        return RuleViolation.at("areas", () -> codes(input));
    }

    default List<ExternalIdentifier> identifiers(List<ExternalIdentifierInput> input) {
        return RuleViolation.at("identifiers", () -> each(input));
    }

    default @Nullable Website website(@Nullable String input) {
        return input == null ? null : RuleViolation.at("website", () -> new Website(input));
    }

    default @Nullable EmailAddress email(@Nullable String input) {
        return input == null ? null : RuleViolation.at("email", () -> new EmailAddress(input));
    }

    default @Nullable PhoneNumber phone(@Nullable String input) {
        return input == null ? null : RuleViolation.at("phone", () -> new PhoneNumber(input));
    }

    default @Nullable Address address(@Nullable AddressInput input) {
        return input == null ? null : RuleViolation.at("address", () -> checked(input));
    }

    @Named("checked")
    Address checked(AddressInput input);

    default @Nullable GeoPoint point(@Nullable GeoPointInput input) {
        return input == null
                ? null
                : RuleViolation.at("point", () -> new GeoPoint(input.longitude(), input.latitude()));
    }

    private static LocalizedText texts(List<TranslationInput> input) {
        var texts = new TreeMap<String, String>();
        input.forEach(translation -> {
            if (texts.put(translation.locale(), translation.text()) != null) {
                throw new RuleViolation("locale.twice", "The language " + translation.locale() + " is given twice.");
            }
        });
        return new LocalizedText(texts);
    }

    private static Set<AreaCode> codes(List<String> input) {
        var codes = new LinkedHashSet<AreaCode>();
        for (var place = 0; place < input.size(); place++) {
            var code = input.get(place);
            codes.add(RuleViolation.at(String.valueOf(place), () -> new AreaCode(code)));
        }
        return codes;
    }

    private static List<ExternalIdentifier> each(List<ExternalIdentifierInput> input) {
        var identifiers = new ArrayList<ExternalIdentifier>();
        for (var place = 0; place < input.size(); place++) {
            var one = input.get(place);
            identifiers.add(RuleViolation.at(
                    String.valueOf(place), () -> new ExternalIdentifier(one.type(), one.value(), one.preferred())));
        }
        return identifiers;
    }
}
