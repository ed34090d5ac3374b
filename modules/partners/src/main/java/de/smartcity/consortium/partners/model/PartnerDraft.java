package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerAlias;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partner to be recorded; its parts are as in {@link Partner}. */
public record PartnerDraft(
        PartnerAlias alias,
        LocalizedText name,
        @Nullable LocalizedText summary,
        PartnerKind kind,
        Set<AreaCode> areas,
        List<ExternalIdentifier> identifiers,
        @Nullable Website website,
        @Nullable Address address) {}
