package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceFixtures.Entry;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Whoever asks while a profile is published sees it as it was or as it is, and never something of both. */
@CompetenceTest
@Import(ProfileSteps.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtomicPublishingTest {

    private static final int PUBLISHED = 40;
    private static final int READERS = 20;

    private static final String COVERAGE = """
            { coverage(needs: [{ competence: "NETWORKS", level: LEADS }, { competence: "PORTS", level: LEADS },
                { competence: "DATA", level: LEADS, importance: WISH }, { competence: "RAIL", level: KNOWS, importance: WISH }]) {
              partners { partner { id } score missesMust availability { state } needs { covered score
                best { kind score entry { competence { code } claimedLevel description evidence { doi } } }
                covering { kind score entry { competence { code } claimedLevel description } } } }
              uncovered { competence { code } } teams { partners { id } } } }""";

    private static final String COMPETENT = """
            query ($level: CompetenceLevel!) { competentPartners(competence: "NETWORKS", minLevel: $level) {
              nodes { availability { state } contactFunction publishedAt
                entries { competence { code } claimedLevel description visibility evidence { doi } } } } }""";

    private static final String PROFILE = """
            query ($id: ID!) { partner(id: $id) { competenceProfile { availability { state } contactFunction
              entries { competence { code } claimedLevel description visibility evidence { doi } } } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private Profiles profiles;

    private @Nullable Partner publishing;
    private List<Actor> callers = List.of();

    @BeforeAll
    void members(@Autowired Given given) {
        publishing = given.partner(PartnerStatus.ACTIVE);
        callers = List.of(
                Callers.of(given.partner(PartnerStatus.ACTIVE)),
                Callers.office(),
                Callers.of(partner(), Role.VIEWER),
                Actor.anonymous());
    }

    private Partner partner() {
        return Objects.requireNonNull(publishing);
    }

    /** A leads and covers everything; B knows something else, too, and covers RAIL only. */
    private void publish(String version) {
        var isFirst = version.equals("A");
        var level = isFirst ? "LEADS" : "KNOWS";
        var codes = isFirst
                ? List.of("NETWORK_5G", "PORTS", "DATA", "FIBRE")
                : List.of("NETWORK_5G", "FIBRE", "RAIL", "DATA", "LOGISTICS");
        profiles.made(
                Profiles.editor(partner()),
                "editCompetenceProfile",
                partner(),
                Map.of(
                        "entries",
                        codes.stream()
                                .map(code -> ProfileSteps.with(
                                        ProfileSteps.described(code, level, "PUBLIC", version),
                                        "evidence",
                                        List.of(Map.of(
                                                "kind",
                                                "PUBLICATION",
                                                "doi",
                                                "10.1000/" + version.toLowerCase(Locale.ROOT),
                                                "date",
                                                "2026-01-01"))))
                                .map(Entry::input)
                                .toList(),
                        "availability",
                        Map.of("state", isFirst ? "AVAILABLE" : "NO", "until", "2999-12-31"),
                        "contactFunction",
                        ProfileSteps.text(version)));
        profiles.publish(partner());
    }

    /** The questions, each with what it is asked with. */
    private List<Map<String, Object>> answers(Actor actor) {
        var answers = new ArrayList<Map<String, Object>>();
        answers.add(asked.ask(actor, COVERAGE, Map.of()));
        for (var level : List.of("KNOWS", "LEADS")) {
            answers.add(withoutTime(asked.ask(actor, COMPETENT, Map.of("level", level))));
        }
        answers.add(asked.ask(actor, PROFILE, Map.of("id", Asked.globalId(partner()))));
        return answers;
    }

    /** Each time is another one. */
    private static Map<String, Object> withoutTime(Map<String, Object> answer) {
        assertThat(answer).doesNotContainKey("errors");
        return Map.of("data", answer.toString().replaceAll("publishedAt=[^,}]*", ""));
    }

    @Test
    void everyAnswerIsWhollyOfOneVersion() throws Exception {
        var expected = new HashMap<Actor, List<Set<Map<String, Object>>>>();
        for (var version : List.of("A", "B")) {
            publish(version);
            for (var caller : callers) {
                var answers = answers(caller);
                var known = expected.computeIfAbsent(
                        caller,
                        none -> answers.stream()
                                .<Set<Map<String, Object>>>map(answer -> new HashSet<>())
                                .toList());
                for (var at = 0; at < answers.size(); at++) {
                    known.get(at).add(answers.get(at));
                    assertThat(known.get(at)).as("%s differs", version).hasSize(version.equals("A") ? 1 : 2);
                }
            }
        }

        var over = new AtomicBoolean();
        var calls = new ArrayList<Callable<Integer>>();
        calls.add(() -> {
            try {
                for (var n = 0; n < PUBLISHED; n++) {
                    publish(n % 2 == 0 ? "A" : "B");
                }
            } finally {
                over.set(true);
            }
            return 0;
        });
        IntStream.range(0, READERS)
                .forEach(reader -> calls.add(() -> {
                    var caller = callers.get(reader % callers.size());
                    var known = Objects.requireNonNull(expected.get(caller));
                    var read = 0;
                    do {
                        var answers = answers(caller);
                        for (var at = 0; at < answers.size(); at++) {
                            assertThat(known.get(at)).contains(answers.get(at));
                        }
                        read++;
                    } while (!over.get());
                    return read;
                }));
        assertThat(Asked.together(calls).stream().skip(1))
                .allSatisfy(read -> assertThat(read).isPositive());
    }
}
