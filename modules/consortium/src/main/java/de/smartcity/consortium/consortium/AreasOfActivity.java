package de.smartcity.consortium.consortium;

import de.smartcity.consortium.kernel.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Context;

/** The areas of activity, for the mappers of other modules. */
public interface AreasOfActivity {

    /**
     * Validates the codes in a field {@code areas}, at most 100; the result is sorted, without duplicates, and empty if none are given.
     *
     * @return null with a violation {@code areas.many} at {@code areas}, or {@code area.syntax} or {@code area.unknown} there at the code's index
     */
    @Nullable
    List<AreaCode> areas(@Nullable List<String> codes, @Context Violations violations);
}
