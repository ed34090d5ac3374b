package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.ImportedConstants;
import de.smartcity.consortium.partners.PartnerRow;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerProfile;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

/** Maps rows of files to values of the model; violations are added with their place in the row. */
@Mapper(
        config = Mappings.class,
        uses = {AreasOfActivity.class, PartnerTexts.class})
interface PartnerRowMapper {

    @Mapping(target = "profile", source = "row")
    PartnerDraft draft(PartnerRow row, @Context Violations violations);

    @Mapping(target = "name", qualifiedByName = "name")
    @Mapping(target = "summary", qualifiedByName = "summary")
    @Mapping(target = "signaturesRequired", defaultValue = "1")
    @Mapping(target = "identifiers", expression = "java(java.util.List.of())")
    @Mapping(target = "website", ignore = true)
    @Mapping(target = "address", ignore = true)
    @Mapping(target = "memberSince", ignore = true)
    @Mapping(target = "memberUntil", ignore = true)
    @Mapping(target = "legalEntity", ignore = true)
    PartnerProfile profile(PartnerRow row, @Context Violations violations);

    @Nullable
    default PartnerAlias alias(String alias, @Context Violations violations) {
        return violations.at("alias", () -> PartnerAlias.parse(alias));
    }

    @Nullable
    default PartnerKind kind(String kind, @Context Violations violations) {
        return violations.at("kind", () -> ImportedConstants.parse(PartnerKind.class, kind, "kind"));
    }
}
