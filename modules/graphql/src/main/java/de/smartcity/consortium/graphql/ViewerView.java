package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type {@code Viewer}; capabilities extend it with what an actor may do in them. */
record ViewerView(
        @Nullable String account,
        Actor.Kind kind,
        boolean isOffice,
        @Nullable ViewerOrganisationView organisation,
        List<ViewerOrganisationView> organisations,
        @Nullable NoOrganisationView noOrganisation) {}
