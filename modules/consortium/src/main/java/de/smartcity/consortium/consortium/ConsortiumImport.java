package de.smartcity.consortium.consortium;

import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;

/** Loads the consortium and its areas from files. */
public interface ConsortiumImport {

    /**
     * Adds what is not stored yet and changes nothing that is, so that it may run at every start; only one node may run it at a time.
     *
     * @throws RuleViolation for a row that is not valid, at {@code consortium} or the area's code
     */
    void load(ConsortiumRow consortium, List<AreaRow> areas);
}
