package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.MembershipState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Many who accept, withdraw and advance at once: nothing is lost, and one of two that exclude each other is refused. */
@ProjectTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class ConcurrentAcceptancesTest {

    @Autowired
    private ProjectSteps steps;

    @Autowired
    private Given given;

    private Callable<String> accepting(String project, Partner partner, String digest) {
        return () -> ProjectSteps.outcome(steps.answer(
                ProjectSteps.signatory(partner),
                "acceptProjectInvitation",
                ProjectSteps.of(project, Map.of("digest", digest))));
    }

    private MembershipState state(String project, Partner partner) {
        return steps.stored(project).memberships().stream()
                .filter(each -> each.partner().equals(partner.id()))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void twentyInvitedPartnersAcceptAtOnce() throws Exception {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var invited = given.members(20);
        var project = steps.propose(coordinator, Map.of());
        steps.invite(project, coordinator, invited.toArray(Partner[]::new));
        var version = steps.version(project);
        var outcomes = Asked.together(invited.stream()
                .map(partner -> accepting(project, partner, steps.digest(project, partner)))
                .toList());
        assertThat(outcomes).hasSize(20).containsOnly("made");
        assertThat(steps.version(project)).isEqualTo(version + 20);
        assertThat(invited)
                .allSatisfy(partner -> assertThat(state(project, partner)).isEqualTo(MembershipState.ACTIVE));
    }

    @RepeatedTest(5)
    void ofAcceptanceAndWithdrawalOneIsMade() throws Exception {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var invited = given.partner(PartnerStatus.ACTIVE);
        var project = steps.propose(coordinator, Map.of("visibility", "CONSORTIUM"));
        var digest = steps.invite(project, coordinator, invited, "PARTNER");
        Callable<String> withdrawing = () -> ProjectSteps.outcome(steps.answer(
                ProjectSteps.editor(coordinator),
                "withdrawProjectInvitation",
                ProjectSteps.of(project, Map.of("digest", digest))));
        var outcomes = Asked.together(List.of(accepting(project, invited, digest), withdrawing));
        assertThat(outcomes).containsExactlyInAnyOrder("made", "digest.stale digest");
        assertThat(state(project, invited))
                .isEqualTo(outcomes.getFirst().equals("made") ? MembershipState.ACTIVE : MembershipState.WITHDRAWN);
    }

    @RepeatedTest(5)
    void twoEditorsWhoAdvanceAtOnceAdvanceItOnce() throws Exception {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var project = steps.propose(
                coordinator, Map.of("summary", ProjectSteps.text("A summary"), "areas", List.of("LIVING")));
        var outcomes = Asked.together(List.of("one", "two").stream()
                .map(name -> (Callable<String>) () -> ProjectSteps.outcome(steps.answer(
                        ProjectSteps.person(coordinator, name, Role.EDITOR),
                        "advanceProject",
                        ProjectSteps.of(project, Map.of("phase", "CONCEPT")))))
                .toList());
        assertThat(outcomes).containsExactlyInAnyOrder("made", "phase.notNext phase");
        assertThat(steps.stored(project).phase().name()).isEqualTo("CONCEPT");
    }

    @RepeatedTest(3)
    void ofTwoWhoEditOneVersionOneIsToldOfTheOther() throws Exception {
        var coordinator = given.partner(PartnerStatus.ACTIVE);
        var project = steps.propose(coordinator, Map.of());
        var version = steps.version(project);
        var outcomes = Asked.together(List.of("ONE", "TWO").stream()
                .map(acronym -> (Callable<String>) () -> ProjectSteps.outcome(steps.answer(
                        ProjectSteps.editor(coordinator),
                        "editProject",
                        ProjectSteps.of(project, Map.of("expectedVersion", version, "acronym", acronym)))))
                .toList());
        assertThat(new HashSet<>(outcomes)).containsExactlyInAnyOrder("made", "version.stale expectedVersion");
        assertThat(steps.version(project)).isEqualTo(version + 1);
    }
}
