package de.smartcity.consortium.partners;

import de.smartcity.consortium.graphql.NodeView;
import de.smartcity.consortium.kernel.PartnerId;

/** The schema's type {@code Partner} as other modules know it: what they extend it with hangs on its id. */
public interface ShownPartner extends NodeView {

    /** The partner. */
    PartnerId partnerId();
}
