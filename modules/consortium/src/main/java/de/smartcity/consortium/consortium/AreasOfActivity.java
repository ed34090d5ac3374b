package de.smartcity.consortium.consortium;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;

/** What other modules ask about the consortium's areas of activity. */
public interface AreasOfActivity {

    /**
     * The areas of these codes, ordered and without repetition.
     *
     * @throws RuleViolation at an index: {@code area.syntax}, {@code area.unknown}
     */
    List<AreaCode> parse(List<String> codes);
}
