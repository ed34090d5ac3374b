package de.smartcity.consortium.consortium;

import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;

/** Sets up the consortium and its areas from files. */
public interface ConsortiumImport {

    /**
     * Adds what is not there yet; what is there is left as it is, so that it may run at every start. One node at a time runs it.
     *
     * @throws RuleViolation for a row that is not valid, at {@code consortium} or the area's code
     */
    void load(ConsortiumRow consortium, List<AreaRow> areas);
}
