package de.smartcity.consortium.consortium.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.AwardRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.consortium.application.StoredConsortium.Award;
import de.smartcity.consortium.consortium.application.StoredConsortium.ConsortiumContact;
import de.smartcity.consortium.consortium.application.StoredConsortium.Goal;
import de.smartcity.consortium.graphql.Mappings;
import de.smartcity.consortium.kernel.Excerpt;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.Named;

/** Maps rows from files to stored records and validates their values. */
@Mapper(config = Mappings.class)
interface ConsortiumRowMapper {

    int MAX_TEXT_LENGTH = 2_000;
    /** Of each list, as the schema states. */
    int MAX_ENTRIES = 20;

    /** @throws RuleViolation {@code consortium.many} */
    static <T> List<T> bounded(List<T> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new RuleViolation("consortium.many", "At most " + MAX_ENTRIES + " entries are accepted here.");
        }
        return entries;
    }

    @Mapping(target = "id", constant = StoredConsortium.ONLY)
    @Mapping(target = "locales", qualifiedByName = "locales")
    @Mapping(target = "timeZone", qualifiedByName = "timeZone")
    StoredConsortium consortium(ConsortiumRow row, @Context Languages languages);

    Award award(AwardRow row, @Context Languages languages);

    StoredArea area(AreaRow row, int place, @Context Languages languages);

    default AreaCode areaCode(String code) {
        return AreaCode.parse(code);
    }

    default Goal goal(Map<String, String> texts, @Context Languages languages) {
        return new Goal(languages.parse(texts, MAX_TEXT_LENGTH));
    }

    default @Nullable LocalizedText text(@Nullable Map<String, String> texts, @Context Languages languages) {
        return texts == null ? null : languages.parse(texts, MAX_TEXT_LENGTH);
    }

    default @Nullable ConsortiumContact contact(@Nullable Map<String, String> function, @Context Languages languages) {
        return function == null ? null : new ConsortiumContact(languages.parse(function, MAX_TEXT_LENGTH), null, null);
    }

    @Named("locales")
    default List<String> locales(List<String> tags) {
        if (tags.isEmpty()) {
            throw new RuleViolation("locales.empty", "A consortium has at least one language.");
        }
        return bounded(tags).stream().map(LocalizedText::canonicalTag).toList();
    }

    @Named("timeZone")
    default String timeZone(String id) {
        try {
            return ZoneId.of(id).getId();
        } catch (DateTimeException unknown) {
            throw new RuleViolation(
                    "timeZone.unknown", "\"" + Excerpt.of(id) + "\" is not a time zone such as Europe/Berlin.");
        }
    }
}
