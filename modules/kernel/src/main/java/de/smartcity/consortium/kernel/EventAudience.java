package de.smartcity.consortium.kernel;

import java.util.List;
import java.util.Map;

/**
 * Whom an event concerns: those who could see a changed field before or after the change, and those who gained or lost sight of the aggregate. All
 * are tokens as in {@link Audience}, computed when the aggregate is saved.
 *
 * @param tokens all whom it concerns
 * @param gained those of them who see the aggregate since the change
 * @param lost those of them who do not see it any more
 * @param partViewpoints for changed lists whose parts have viewpoints of their own: the viewpoints, by name, that saw or see one of the changed parts
 */
public record EventAudience(
        List<String> tokens, List<String> gained, List<String> lost, Map<String, List<String>> partViewpoints) {

    public EventAudience {
        tokens = List.copyOf(tokens);
        // Stored events may lack them.
        gained = gained == null ? List.of() : List.copyOf(gained);
        lost = lost == null ? List.of() : List.copyOf(lost);
        partViewpoints = partViewpoints == null ? Map.of() : Map.copyOf(partViewpoints);
    }
}
