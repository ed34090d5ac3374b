package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.ConsortiumRows.AreaRow;
import de.smartcity.consortium.partners.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.partners.ConsortiumRows.PartnerRow;
import de.smartcity.consortium.partners.ConsortiumRows.RecognitionRow;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.AreaOfActivity;
import de.smartcity.consortium.partners.model.Consortium;
import de.smartcity.consortium.partners.model.Consortium.ConsortiumContact;
import de.smartcity.consortium.partners.model.Consortium.Goal;
import de.smartcity.consortium.partners.model.Consortium.Recognition;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

/** Rows of files to values of the model, which check themselves. */
@Mapper(config = PartnerMappings.class)
interface RowMapper {

    @Mapping(target = "id", constant = Consortium.ONLY)
    Consortium consortium(ConsortiumRow row);

    Recognition recognition(RecognitionRow row);

    AreaOfActivity area(AreaRow row, int place);

    @Mapping(target = "identifiers", expression = "java(java.util.List.of())")
    @Mapping(target = "website", ignore = true)
    @Mapping(target = "address", ignore = true)
    PartnerDraft draft(PartnerRow row);

    default PartnerAlias alias(String alias) {
        return new PartnerAlias(alias);
    }

    default AreaCode areaCode(String code) {
        return new AreaCode(code);
    }

    default PartnerKind kind(String kind) {
        return Arrays.stream(PartnerKind.values())
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RuleViolation("kind.unknown", "There is no kind of partner " + kind + "."));
    }

    default Set<AreaCode> areas(@Nullable List<String> codes) {
        return codes == null ? Set.of() : codes.stream().map(AreaCode::new).collect(Collectors.toSet());
    }

    default Goal goal(Map<String, String> texts) {
        return new Goal(LocalizedText.of(texts));
    }

    default @Nullable LocalizedText text(@Nullable Map<String, String> texts) {
        return texts == null || texts.isEmpty() ? null : LocalizedText.of(texts);
    }

    default @Nullable ConsortiumContact contact(@Nullable Map<String, String> function) {
        var text = text(function);
        return text == null ? null : new ConsortiumContact(text, null, null);
    }
}
