package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.add;
import static de.smartcity.consortium.projects.ProjectFixtures.assertRules;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.proposed;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectFixtures.terms;
import static de.smartcity.consortium.projects.ProjectFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values of a project demand. */
class ProjectValuesTest {

    private final PartnerId coordinator = PartnerId.next();

    // Content

    private static void check(ProjectContent content, Set<String> given, String... rulesAndPaths) {
        var violations = new Violations();
        content.check(given, codes -> Set.of(new CompetenceCode("a"), new CompetenceCode("b")), violations);
        if (rulesAndPaths.length == 0) {
            violations.throwIfAny();
        } else {
            assertRules(violations::throwIfAny, rulesAndPaths);
        }
    }

    private static Need need(String code) {
        return new Need(new CompetenceCode(code), CompetenceLevel.values()[0], Importance.values()[0]);
    }

    @Test
    void onlyWhatIsGivenIsChecked() {
        var wrong = with(
                content(),
                "title",
                LocalizedText.of(Map.of()),
                "plannedEndsOn",
                TODAY,
                "needs",
                List.of(need("x"), need("x")),
                "references",
                List.of(
                        new ExternalReference(ReferenceKind.GRANT, "1"),
                        new ExternalReference(ReferenceKind.CORDIS, "1"),
                        new ExternalReference(ReferenceKind.GRANT, "1")));
        check(wrong, Set.of("acronym"));
        check(wrong, Set.of("title"), "title.required title");
        check(wrong, Set.of("plannedStartsOn"), "plannedEndsOn.early plannedEndsOn");
        check(wrong, Set.of("plannedEndsOn"), "plannedEndsOn.early plannedEndsOn");
        check(
                wrong,
                Set.of("needs"),
                "competence.unknown needs.0.competence",
                "competence.unknown needs.1.competence",
                "need.twice needs.1.competence");
        check(wrong, Set.of("references"), "reference.twice references.2");
        check(content(), ProjectContent.ALL);
        assertThat(ProjectContent.ALL).hasSize(10).contains("title", "references");
    }

    @Test
    void aProjectOfOneDayIsPlanned() {
        check(with(content(), "plannedEndsOn", content().plannedStartsOn()), ProjectContent.ALL);
        check(with(content(), "plannedStartsOn", null), ProjectContent.ALL);
        check(with(content(), "plannedEndsOn", null), ProjectContent.ALL);
    }

    @Test
    void needsAndReferencesHaveLimits() {
        var needs = new ArrayList<Need>();
        IntStream.range(0, 12).forEach(index -> needs.add(need("c" + index)));
        var violations = new Violations();
        with(content(), "needs", needs).check(Set.of("needs"), HashSet::new, violations);
        violations.throwIfAny();
        needs.add(need("c12"));
        with(content(), "needs", needs).check(Set.of("needs"), codes -> Set.of(), violations);
        assertRules(violations::throwIfAny, "needs.many needs");
        check(with(content(), "needs", List.of(need("a"), need("b"))), Set.of("needs"));

        var references = new ArrayList<ExternalReference>();
        IntStream.range(0, 20)
                .forEach(index -> references.add(new ExternalReference(ReferenceKind.GRANT, "N" + index)));
        check(with(content(), "references", references), Set.of("references"));
        references.add(new ExternalReference(ReferenceKind.CORDIS, "1"));
        check(with(content(), "references", references), Set.of("references"), "references.many references");
    }

    @Test
    void whatCouldNotBeReadIsNotReportedTwice() {
        var violations = new Violations();
        for (var field : List.of("title", "needs", "references")) {
            violations.demand(false, field + ".syntax", "No", field);
        }
        with(
                        content(),
                        "title",
                        null,
                        "needs",
                        List.of(need("x")),
                        "references",
                        List.of(
                                new ExternalReference(ReferenceKind.GRANT, "1"),
                                new ExternalReference(ReferenceKind.GRANT, "1")))
                .check(ProjectContent.ALL, ProjectFixtures::existing, violations);
        assertRules(violations::throwIfAny, "title.syntax title", "needs.syntax needs", "references.syntax references");
    }

    @Test
    void storedContentMayLackParts() {
        var bare = with(content(), "title", null, "areas", null, "visibility", null, "needs", null, "references", null);
        assertThat(bare.title().texts()).isEmpty();
        assertThat(bare.areas()).isEmpty();
        assertThat(bare.visibility()).isEqualTo(ProjectVisibility.MEMBERS);
        assertThat(bare.needs()).isEmpty();
        assertThat(bare.references()).isEmpty();
        assertThat(content().withoutContact()).isEqualTo(with(content(), "contactFunction", null));
    }

    // Gates

    private static final GateDecision PASSED =
            new GateDecision(GateKind.COUNCIL, GateState.PASSED, TODAY, "Council", "26-1", FileId.next(), null, null);

    private static void checkDecision(GateDecision decision, String... rulesAndPaths) {
        var violations = new Violations();
        decision.check(TODAY, violations);
        if (rulesAndPaths.length == 0) {
            violations.throwIfAny();
        } else {
            assertRules(violations::throwIfAny, rulesAndPaths);
        }
    }

    @Test
    void aDecisionHasWhatBelongsToItsState() {
        checkDecision(PASSED);
        checkDecision(with(PASSED, "document", null));
        checkDecision(
                with(PASSED, "decidedOn", null, "decidedBy", null, "reference", null),
                "decidedOn.required decidedOn",
                "decidedBy.required decidedBy",
                "reference.required reference");
        checkDecision(
                with(PASSED, "conditions", "x", "reason", "y"), "gate.unexpected conditions", "gate.unexpected reason");
        checkDecision(with(PASSED, "state", GateState.CONDITIONAL, "conditions", "x"));
        checkDecision(with(PASSED, "state", GateState.CONDITIONAL), "conditions.required conditions");
        checkDecision(
                with(PASSED, "state", GateState.CONDITIONAL, "conditions", "x", "decidedOn", null, "reference", null),
                "decidedOn.required decidedOn",
                "reference.required reference");
        checkDecision(with(PASSED, "state", GateState.WAIVED, "reference", null, "reason", "y"));
        checkDecision(with(PASSED, "state", GateState.WAIVED, "reference", null, "reason", "y", "decidedOn", null));
        checkDecision(
                with(PASSED, "state", GateState.WAIVED, "decidedBy", null),
                "decidedBy.required decidedBy",
                "gate.unexpected reference",
                "reason.required reason");
        checkDecision(
                with(PASSED, "state", GateState.OPEN),
                "gate.unexpected decidedOn",
                "gate.unexpected decidedBy",
                "gate.unexpected reference",
                "gate.unexpected document");
        checkDecision(with(PASSED, "decidedOn", TODAY.plusDays(1)), "decidedOn.future decidedOn");
    }

    @Test
    void aPartThatCouldNotBeReadIsNotRequiredAgain() {
        var violations = new Violations();
        violations.demand(false, "decidedBy.long", "Long", "decidedBy");
        with(PASSED, "decidedBy", null).check(TODAY, violations);
        assertRules(violations::throwIfAny, "decidedBy.long decidedBy");
    }

    @Test
    void onlyPassedAndWaivedGatesArePassed() {
        assertThat(Stream.of(GateState.values()).filter(GateState::isPassed))
                .containsExactly(GateState.PASSED, GateState.WAIVED);
    }

    // Invitations

    @Test
    void theDigestDiffersWheneverWhatIsOfferedDiffers() {
        var project = new ProjectId(UUID.randomUUID());
        var membership = UUID.randomUUID();
        var offered = terms(ProjectRole.PARTNER);
        var digests = new ArrayList<String>();
        digests.add(digest(project, membership, coordinator, offered));
        digests.add(digest(new ProjectId(UUID.randomUUID()), membership, coordinator, offered));
        digests.add(digest(project, UUID.randomUUID(), coordinator, offered));
        digests.add(digest(project, membership, PartnerId.next(), offered));
        var others = new ArrayList<InvitationTerms>();
        others.add(with(offered, "role", ProjectRole.ASSOCIATED));
        others.add(with(offered, "asked", "Anderes"));
        for (var field : List.of("contribution", "message")) {
            for (var text : List.of("", "-", "x", "1:-")) {
                others.add(with(offered, field, text));
            }
        }
        others.add(with(offered, "contribution", "x\n1:y"));
        others.add(with(offered, "contribution", "x", "message", "y"));
        others.add(with(offered, "contribution", "y", "message", "x"));
        others.add(with(offered, "answerBy", TODAY));
        others.add(with(offered, "since", TODAY));
        others.add(with(offered, "since", TODAY.minusDays(1)));
        others.forEach(terms -> digests.add(digest(project, membership, coordinator, terms)));

        assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(digest(project, membership, coordinator, offered)).isEqualTo(digests.getFirst());
    }

    private static String digest(ProjectId project, UUID membership, PartnerId partner, InvitationTerms terms) {
        var invited = new InvitedPartner(partner, terms);
        var ofOffice = Invitation.of(project, membership, invited, null, by(office()));
        assertThat(ofOffice.terms()).isEqualTo(terms);
        assertThat(ofOffice.inviter()).isNull();
        var ofPartner = Invitation.of(project, membership, invited, partner, by(editor(partner)));
        assertThat(ofPartner.inviter()).isEqualTo(partner);
        assertThat(ofPartner.digest()).as("what is offered, not who offers it").isEqualTo(ofOffice.digest());
        return ofOffice.digest();
    }

    // References

    @ParameterizedTest
    @CsvSource({"KfW 12/34-a, KFW1234A", "'  90 ä.1 ', 90Ä1", "-x-, X"})
    void grantsAreComparedByLettersAndDigits(String number, String compared) {
        var grant = ExternalReference.parse(ReferenceKind.GRANT, number);
        assertThat(grant.kind()).isEqualTo(ReferenceKind.GRANT);
        assertThat(grant.grantNumber()).contains(compared);
        assertThat(ExternalReference.parse(ReferenceKind.CORDIS, number).grantNumber())
                .isEmpty();
    }

    @Test
    void referencesAreValidated() {
        assertRules(() -> ExternalReference.parse(ReferenceKind.GRANT, "-/-"), "reference.syntax value");
        assertRules(() -> ExternalReference.parse(ReferenceKind.CORDIS, " "), "reference.blank value");
        assertRules(() -> ExternalReference.parse(ReferenceKind.GRANT, "x".repeat(101)), "reference.long value");
        assertRules(() -> ExternalReference.parse(ReferenceKind.URL, "ftp://x"), "website.syntax value");
        assertRules(
                () -> ExternalReference.parse(ReferenceKind.URL, "https://example.org/" + "x".repeat(500)),
                "reference.long value");
        assertThat(ExternalReference.parse(ReferenceKind.GRANT, "x".repeat(100)).value())
                .hasSize(100);
        var page = ExternalReference.parse(ReferenceKind.URL, "https://example.org/" + "x".repeat(150));
        assertThat(page.value()).startsWith("https://example.org/");
        assertThat(page.grantNumber()).isEmpty();
    }

    // Phases

    private static List<String> missing(ProjectPhase next, ProjectFacts project) {
        return PhaseRequirements.missing(next, project).stream()
                .map(each -> each.code() + " " + String.join(".", each.path()))
                .toList();
    }

    private JointProject bare() {
        return JointProject.propose(
                by(editor(coordinator)),
                TODAY,
                in -> with(
                        content(), "summary", null, "areas", List.of(), "plannedStartsOn", null, "plannedEndsOn", null),
                ProjectFixtures::existing);
    }

    @Test
    void eachPhaseDemandsItsOwn() {
        var bare = bare();
        assertThat(missing(ProjectPhase.CONCEPT, bare))
                .containsExactly("summary.required summary", "areas.required areas");
        assertThat(missing(ProjectPhase.PREPARATION, bare))
                .containsExactly(
                        "members.few members",
                        "plannedStartsOn.required plannedStartsOn",
                        "plannedEndsOn.required plannedEndsOn");
        assertThat(missing(ProjectPhase.EXECUTION, bare)).isEmpty();
        assertThat(missing(ProjectPhase.COMPLETED, bare)).isEmpty();
        var emptySummary = JointProject.propose(
                by(editor(coordinator)),
                TODAY,
                in -> with(content(), "summary", LocalizedText.of(Map.of())),
                ProjectFixtures::existing);
        assertThat(missing(ProjectPhase.CONCEPT, emptySummary)).containsExactly("summary.required summary");
        var complete = proposed(coordinator);
        add(complete, PartnerId.next());
        for (var phase : ProjectPhase.values()) {
            assertThat(missing(phase, complete)).isEmpty();
        }
    }

    @Test
    void anInvitedPartnerIsNoMemberAndALeavingOneIs() {
        var project = proposed(coordinator);
        var member = PartnerId.next();
        invite(project, editor(coordinator), member, ProjectRole.ASSOCIATED);
        assertThat(missing(ProjectPhase.PREPARATION, project)).containsExactly("members.few members");
        ProjectFixtures.join(project, member);
        project.leave(by(signatory(member)), TODAY, TODAY.plusDays(1));
        assertThat(missing(ProjectPhase.PREPARATION, project)).isEmpty();
    }

    @Test
    void anExecutionDemandsThatGatesArePassed() {
        var project = proposed(coordinator);
        project.setGates(by(editor(coordinator)), TODAY, Set.of(GateKind.values()));
        project.recordGate(by(office()), TODAY, in -> PASSED);
        project.recordGate(
                by(office()),
                TODAY,
                in -> with(PASSED, "kind", GateKind.BOARD, "state", GateState.CONDITIONAL, "conditions", "x"));
        var open = List.of("gate.open gates.FUNDING", "gate.open gates.BOARD");
        assertThat(missing(ProjectPhase.EXECUTION, project)).isEqualTo(open);
        assertThat(missing(ProjectPhase.COMPLETED, project)).isEqualTo(open);
        assertThat(missing(ProjectPhase.CLOSING, project)).isEmpty();
    }

    @Test
    void aCompletedProjectWaitsForNobody() {
        var project = proposed(coordinator);
        var member = PartnerId.next();
        add(project, member);
        invite(project, editor(coordinator), PartnerId.next(), ProjectRole.PARTNER);
        project.handOver(by(signatory(coordinator)), TODAY, member);
        assertThat(missing(ProjectPhase.COMPLETED, project))
                .containsExactly("invitation.open members", "handOver.open handOver");
        project.pause(by(editor(coordinator)), TODAY, in -> new Reason("Summer"));
        for (var phase : ProjectPhase.values()) {
            assertThat(missing(phase, project)).startsWith("project.paused paused");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "IDEA,        CONCEPT,     -,           false, false",
                "CONCEPT,     PREPARATION, IDEA,        false, false",
                "PREPARATION, EXECUTION,   CONCEPT,     false, false",
                "EXECUTION,   CLOSING,     PREPARATION, true,  false",
                "CLOSING,     COMPLETED,   EXECUTION,   true,  false",
                "COMPLETED,   -,           -,           true,  true",
                "CANCELLED,   -,           -,           false, true"
            })
    void phasesFollowEachOther(
            ProjectPhase phase,
            @Nullable ProjectPhase next,
            @Nullable ProjectPhase previous,
            boolean started,
            boolean end) {
        assertThat(phase.next().orElse(null)).isEqualTo(next);
        assertThat(phase.previous().orElse(null)).isEqualTo(previous);
        assertThat(phase.isStarted()).isEqualTo(started);
        assertThat(phase.isEnd()).isEqualTo(end);
    }

    // Memberships

    private static Membership membership(@Nullable LocalDate since, @Nullable LocalDate until, RolePeriod... roles) {
        return new Membership(
                UUID.randomUUID(),
                PartnerId.next(),
                List.of(roles),
                MembershipState.ACTIVE,
                null,
                since,
                null,
                until,
                null,
                List.of(),
                null);
    }

    @Test
    void aMembershipLastsFromADayToTheDayBeforeAnother() {
        var always = membership(TODAY, null);
        assertThat(always.isMemberOn(TODAY.minusDays(1))).isFalse();
        assertThat(always.isMemberOn(TODAY)).isTrue();
        assertThat(always.isMemberOn(TODAY.plusYears(9))).isTrue();
        var ended = membership(TODAY, TODAY.plusDays(2));
        assertThat(ended.isMemberOn(TODAY.plusDays(1))).isTrue();
        assertThat(ended.isMemberOn(TODAY.plusDays(2))).isFalse();
        assertThat(membership(null, null).isMemberOn(TODAY)).isFalse();
    }

    @Test
    void aRoleIsThatOfADay() {
        var first = new RolePeriod(ProjectRole.ASSOCIATED, TODAY);
        var second = new RolePeriod(ProjectRole.COORDINATOR, TODAY.plusDays(5));
        var both = membership(TODAY, null, first, second);
        assertThat(both.role()).isEqualTo(ProjectRole.COORDINATOR);
        assertThat(both.roleOn(TODAY.minusDays(1))).isEqualTo(ProjectRole.ASSOCIATED);
        assertThat(both.roleOn(TODAY.plusDays(4))).isEqualTo(ProjectRole.ASSOCIATED);
        assertThat(both.roleOn(TODAY.plusDays(5))).isEqualTo(ProjectRole.COORDINATOR);
        assertThat(membership(TODAY, null).role()).isEqualTo(ProjectRole.PARTNER);
        assertThat(membership(TODAY, null).roleOn(TODAY)).isEqualTo(ProjectRole.PARTNER);
        assertThat(both.as(ProjectRole.PARTNER, TODAY.plusDays(5)).roles())
                .containsExactly(first, new RolePeriod(ProjectRole.PARTNER, TODAY.plusDays(5)));
        assertThat(membership(TODAY, null).as(ProjectRole.COORDINATOR, TODAY).roles())
                .containsExactly(new RolePeriod(ProjectRole.COORDINATOR, TODAY));
    }

    @Test
    void aStoredMembershipMayLackParts() {
        var bare = with(membership(TODAY, null), "roles", null, "representatives", null);
        assertThat(bare.roles()).isEmpty();
        assertThat(bare.representatives()).isEmpty();
    }
}
