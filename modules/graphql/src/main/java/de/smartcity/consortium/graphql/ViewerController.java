package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Tells callers who they are. */
@Controller
class ViewerController {

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
                        .orElse(null),
                actor);
    }

    record NoOrganisationView(NoActingOrganisation reason, String message) {}
}
