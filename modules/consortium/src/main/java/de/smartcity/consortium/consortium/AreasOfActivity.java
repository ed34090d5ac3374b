package de.smartcity.consortium.consortium;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;

/** The areas of activity, for other modules. */
public interface AreasOfActivity {

    /**
     * Validates codes of areas; the result is sorted and without duplicates.
     *
     * @throws RuleViolation at an index: {@code area.syntax}, {@code area.unknown}
     */
    List<AreaCode> parse(List<String> codes);
}
