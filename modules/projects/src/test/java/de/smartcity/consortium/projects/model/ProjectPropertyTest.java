package de.smartcity.consortium.projects.model;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.projects.ProjectHistory;
import de.smartcity.consortium.projects.ProjectVerb;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random verbs of eight partners with five accounts each and of the office on one project, against {@link ProjectModel}. */
class ProjectPropertyTest {

    private static final int STEPS = 400;

    @Test
    void theProjectIsWhatTheRulesMakeOfItsHistory() {
        var outcomes = play(0, 30);

        assertThat(outcomes)
                .as("all verbs, and their refusals")
                .containsKeys(
                        Stream.of(ProjectVerb.Kind.values()).map(Enum::name).toArray(String[]::new))
                .containsKeys(
                        "[FORBIDDEN]", "[CONFLICT]", "[project.ended]", "[project.paused]", "[gate.open]", "settled");
    }

    @Test
    @Tag("long")
    void theProjectIsWhatTheRulesMakeOfAThousandHistories() {
        assertThat(play(1_000, 2_000)).isNotEmpty();
    }

    private static Map<String, Long> play(int from, int to) {
        var outcomes = new TreeMap<String, Long>();
        IntStream.range(from, to).forEach(seed -> {
            var history = new ProjectHistory(seed);
            history.steps(STEPS, 20);
            history.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
            outcomes.merge("settled", (long) history.settled(), Long::sum);
        });
        return outcomes;
    }
}
