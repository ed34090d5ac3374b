package de.smartcity.consortium.partners.application;

import static de.smartcity.consortium.kernel.Viewpoint.CONSORTIUM;
import static de.smartcity.consortium.kernel.Viewpoint.NAMED;
import static de.smartcity.consortium.kernel.Viewpoint.OFFICE;
import static de.smartcity.consortium.kernel.Viewpoint.OWN;
import static de.smartcity.consortium.kernel.Viewpoint.PUBLIC;

import de.smartcity.consortium.kernel.Viewpoint;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one table of who sees what of a partner: each field of the schema's type, the viewpoints that it is visible from, and where it is
 * stored. A field without viewpoints is visible in every reference to a partner, even of one that is hidden otherwise.
 */
public enum PartnerField {
    ID("id", everywhere()),
    NAME("name", everywhere(), "name"),
    NAME_TRANSLATIONS("nameTranslations", everywhere(), "name"),
    KIND("kind", everywhere(), "kind"),
    SUMMARY("summary", from(PUBLIC, CONSORTIUM, NAMED, OWN, OFFICE), "summary"),
    SUMMARY_TRANSLATIONS("summaryTranslations", from(PUBLIC, CONSORTIUM, NAMED, OWN, OFFICE), "summary"),
    AREAS("areas", from(PUBLIC, CONSORTIUM, NAMED, OWN, OFFICE), "areas"),
    WEBSITE("website", from(PUBLIC, CONSORTIUM, NAMED, OWN, OFFICE), "website"),
    VERSION("version", from(CONSORTIUM, OWN, OFFICE), "version"),
    ALIAS("alias", from(CONSORTIUM, OWN, OFFICE), "alias"),
    STATUS("status", from(CONSORTIUM, OWN, OFFICE), "status"),
    IDENTIFIERS("identifiers", from(CONSORTIUM, OWN, OFFICE), "identifiers"),
    ADDRESS("address", from(CONSORTIUM, OWN, OFFICE), "address"),
    MEMBER_SINCE("memberSince", from(CONSORTIUM, OWN, OFFICE), "memberSince"),
    MEMBER_UNTIL("memberUntil", from(CONSORTIUM, OWN, OFFICE), "memberUntil"),
    /** Those marked so; all of them from {@link #ALL_CONTACTS}. */
    CONTACTS("contacts", from(CONSORTIUM, OWN, OFFICE), "contacts"),
    STATUS_REASON("statusReason", from(OWN, OFFICE), "statusReason"),
    ACTIVITY("activity", from(OWN, OFFICE)),
    VIEWER_CAN_EDIT("viewerCanEdit", everywhere()),
    VIEWER_CAN_SUSPEND("viewerCanSuspend", everywhere()),
    VIEWER_CAN_REINSTATE("viewerCanReinstate", everywhere()),
    VIEWER_CAN_DROP("viewerCanDrop", everywhere());

    /** From where the contacts that are not marked for members are visible. */
    static final Set<Viewpoint> ALL_CONTACTS = from(OWN, OFFICE);

    private static final Map<String, PartnerField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(PartnerField::schemaName, Function.identity()));

    private final String schemaName;
    private final Set<Viewpoint> visibleFrom;
    private final List<String> paths;

    PartnerField(String schemaName, Set<Viewpoint> visibleFrom, String... paths) {
        this.schemaName = schemaName;
        this.visibleFrom = visibleFrom;
        this.paths = List.of(paths);
    }

    private static Set<Viewpoint> everywhere() {
        return EnumSet.noneOf(Viewpoint.class);
    }

    private static Set<Viewpoint> from(Viewpoint first, Viewpoint... rest) {
        return EnumSet.of(first, rest);
    }

    /** The field of this name in the schema. */
    static @Nullable PartnerField named(String schemaName) {
        return BY_NAME.get(schemaName);
    }

    /** The field's name in the schema. */
    public String schemaName() {
        return schemaName;
    }

    /** Where it is stored. */
    List<String> paths() {
        return paths;
    }

    /** Whether it is visible to one who looks at the partner from these viewpoints. */
    public boolean isVisibleFrom(Set<Viewpoint> viewpoints) {
        return visibleFrom.isEmpty() || viewpoints.stream().anyMatch(visibleFrom::contains);
    }
}
