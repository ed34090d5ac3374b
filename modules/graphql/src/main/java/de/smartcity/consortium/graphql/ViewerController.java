package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Serves the root field {@code viewer}. */
@Controller
class ViewerController {

    @Bean
    static TypeTable<ViewerView> viewerTable() {
        return TypeTable.ofRecord(ViewerView.class, "Viewer").build();
    }

    @Bean
    static TypeTable<ViewerOrganisationView> viewerOrganisationTable() {
        return TypeTable.ofRecord(ViewerOrganisationView.class, "ViewerOrganisation")
                .build();
    }

    @Bean
    static TypeTable<NoOrganisationView> noOrganisationTable() {
        return TypeTable.ofRecord(NoOrganisationView.class, "NoOrganisation").build();
    }

    @QueryMapping
    ViewerView viewer(Actor actor) {
        return new ViewerView(
                actor.account().map(AccountId::value).orElse(null),
                actor.kind(),
                actor.isOffice(),
                actor.organisation().map(ViewerOrganisationView::of).orElse(null),
                actor.organisations().stream().map(ViewerOrganisationView::of).toList(),
                actor.whyNone()
                        .map(why -> new NoOrganisationView(why, why.message()))
                        .orElse(null));
    }
}
