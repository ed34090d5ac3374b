package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.NOW;
import static de.smartcity.consortium.projects.ProjectFixtures.TODAY;
import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.add;
import static de.smartcity.consortium.projects.ProjectFixtures.assertConflict;
import static de.smartcity.consortium.projects.ProjectFixtures.assertForbidden;
import static de.smartcity.consortium.projects.ProjectFixtures.assertRules;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.digest;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.events;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.keyed;
import static de.smartcity.consortium.projects.ProjectFixtures.last;
import static de.smartcity.consortium.projects.ProjectFixtures.loaded;
import static de.smartcity.consortium.projects.ProjectFixtures.named;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.recorded;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectFixtures.types;
import static de.smartcity.consortium.projects.ProjectWorld.LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.projects.ProjectWorld;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How partners answer, represent, coordinate and leave. */
class ProjectMembersTest {

    private final ProjectWorld world = new ProjectWorld();
    private final JointProject project = world.project;

    private List<String> inside(PartnerId... invited) {
        return Stream.concat(
                        Stream.of("office"),
                        Stream.concat(
                                project.members()
                                        .map(each -> "member:" + each.partner().value()),
                                Stream.of(invited).map(each -> "invited:" + each.value())))
                .toList();
    }

    // Answers

    @Test
    void whoAcceptsIsAMemberFromThatDay() {
        project.accept(by(named(world.invited, "rep")), LATER, digest(project, world.invited));

        var joined = project.present(world.invited).orElseThrow();
        assertThat(joined.state()).isEqualTo(MembershipState.ACTIVE);
        assertThat(joined.since()).isEqualTo(LATER);
        assertThat(joined.roles()).containsExactly(new RolePeriod(ProjectRole.PARTNER, LATER));
        assertThat(joined.answer()).isEqualTo(new MembershipAnswer(account(world.invited, "rep"), NOW));
        assertThat(joined.representatives()).hasSize(1);
        assertThat(last(project).among()).isNull();
    }

    @Test
    void anAnswerNamesWhatWasShown() {
        var digest = digest(project, world.invited);
        for (var actor : List.of(signatory(world.member), signatory(world.left), signatory(world.declined))) {
            assertConflict(project, "digest", () -> project.accept(by(actor), LATER, digest));
            assertConflict(project, "digest", () -> project.decline(by(actor), LATER, digest, null));
        }
        assertConflict(project, "digest", () -> project.accept(by(signatory(world.invited)), LATER, "0".repeat(64)));
        assertConflict(project, "digest", () -> project.withdrawInvitation(by(editor(world.coordinator)), LATER, "0"));
        project.withdrawInvitation(by(editor(world.coordinator)), LATER, digest);
        assertConflict(
                project, "digest", () -> project.withdrawInvitation(by(editor(world.coordinator)), LATER, digest));
        invite(project, editor(world.coordinator), world.invited, ProjectRole.PARTNER);
        assertConflict(project, "digest", () -> project.accept(by(signatory(world.invited)), LATER, digest));
    }

    @Test
    void aMembersOldInvitationIsNoneToAccept() {
        var accepted = Objects.requireNonNull(
                        project.present(world.member).orElseThrow().invitation())
                .digest();
        assertConflict(project, "digest", () -> project.accept(by(signatory(world.member)), LATER, accepted));
        assertConflict(
                project, "digest", () -> project.withdrawInvitation(by(editor(world.coordinator)), LATER, accepted));
    }

    @Test
    void whoDeclinesIsAskedNoMore() {
        var before = inside(world.invited);
        project.decline(by(signatory(world.invited)), LATER, digest(project, world.invited), "No time");

        var declined = project.memberships().stream()
                .filter(each -> each.partner().equals(world.invited))
                .findFirst()
                .orElseThrow();
        assertThat(declined.state()).isEqualTo(MembershipState.DECLINED);
        assertThat(declined.answer()).isEqualTo(new MembershipAnswer(account(world.invited, "signatory"), NOW));
        assertThat(last(project).event().reason()).isEqualTo("No time");
        assertThat(declined.representatives()).isEmpty();
        assertThat(declined.since()).isNull();
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(project.present(world.invited)).isEmpty();
    }

    @Test
    void aCommentIsValidated() {
        assertRules(
                project,
                () -> project.decline(
                        by(signatory(world.invited)), LATER, digest(project, world.invited), "x".repeat(501)),
                "comment.long comment");
        assertRules(
                project,
                () -> project.decline(by(signatory(world.invited)), LATER, digest(project, world.invited), " "),
                "comment.blank comment");
        project.decline(by(signatory(world.invited)), LATER, digest(project, world.invited), "x".repeat(500));
    }

    @Test
    void aWithdrawnInvitationConcernsWhoWasInvited() {
        var before = inside(world.invited);
        project.withdrawInvitation(by(editor(world.coordinator)), LATER, digest(project, world.invited));

        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(project.memberships())
                .filteredOn(each -> each.partner().equals(world.invited))
                .extracting(Membership::state)
                .containsExactly(MembershipState.WITHDRAWN);
    }

    // Representatives

    private void name(PartnerId partner, String name, @Nullable String deputy, @Nullable LocalDate until) {
        project.nameRepresentative(
                by(signatory(partner)),
                LATER,
                in -> new RepresentativeNaming(
                        account(partner, name), deputy == null ? null : account(partner, deputy), until));
    }

    private List<Representative> representatives(PartnerId partner) {
        return project.present(partner).orElseThrow().representatives();
    }

    @Test
    void whoIsNamedRepresentsAfterAccepting() {
        name(world.associated, "first", "second", LATER.plusDays(9));

        var by = account(world.associated, "signatory");
        assertThat(representatives(world.associated))
                .containsExactly(
                        new Representative(account(world.associated, "first"), false, LATER.plusDays(9), by, null),
                        new Representative(account(world.associated, "second"), true, LATER.plusDays(9), by, null));
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(inside(world.associated));
        assertForbidden(
                project,
                Refusal.roleMissing(Role.SIGNATORY),
                () -> project.leave(by(named(world.associated, "second")), LATER, null));
        project.acceptRepresentation(by(named(world.associated, "second")), LATER);
        assertThat(representatives(world.associated))
                .extracting(Representative::acceptedAt)
                .containsExactly(null, NOW);
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(inside(world.associated));
        project.leave(by(named(world.associated, "second")), LATER, null);
    }

    @Test
    void whoIsNamedAgainNeedNotAcceptAgain() {
        name(world.member, "deputy", "new", null);
        assertThat(representatives(world.member))
                .extracting(Representative::account, Representative::deputy, Representative::isAccepted)
                .containsExactly(
                        tuple(account(world.member, "deputy"), false, true),
                        tuple(account(world.member, "new"), true, false));
        assertForbidden(
                project,
                Refusal.roleMissing(Role.SIGNATORY),
                () -> project.leave(by(named(world.member, "rep")), LATER, null));
    }

    @Test
    void whoNamesTheSameChangesNothing() {
        name(world.member, "rep", "deputy", null);
        assertThat(events(project)).isEmpty();
        name(world.member, "rep", null, null);
        assertThat(types(project)).containsExactly("PROJECT_REPRESENTATIVE_NAMED");
    }

    @Test
    void aNamingIsValidated() {
        assertRules(
                project,
                () -> name(world.member, "rep", "rep", LATER.minusDays(1)),
                "deputy.same deputy",
                "until.past until");
        name(world.member, "rep", null, LATER);
        Input<RepresentativeNaming> invalid = in -> {
            in.demand(false, "account.syntax", "No account", "account");
            return new RepresentativeNaming(account(world.member, "rep"), null, LATER.minusDays(1));
        };
        assertRules(
                project,
                () -> project.nameRepresentative(by(signatory(world.member)), LATER, invalid),
                "account.syntax account",
                "until.past until");
    }

    @Test
    void whoWasNotNamedOrHasAcceptedAcceptsNothing() {
        assertRules(
                project,
                () -> project.acceptRepresentation(by(named(world.member, "rep")), LATER),
                "representation.none");
        assertRules(
                project,
                () -> project.acceptRepresentation(by(named(world.member, "named")), LATER),
                "representation.none");
    }

    @Test
    void thePersonOrASignatoryEndsARepresentation() {
        project.endRepresentation(by(named(world.member, "rep")), LATER, account(world.member, "rep"));
        assertThat(representatives(world.member))
                .extracting(Representative::account)
                .containsExactly(account(world.member, "deputy"));
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(inside(world.member));
        assertForbidden(
                project,
                Refusal.roleMissing(Role.SIGNATORY),
                () -> project.endRepresentation(
                        by(named(world.member, "rep")), LATER, account(world.member, "deputy")));
        project.endRepresentation(by(signatory(world.member)), LATER, account(world.member, "deputy"));
        assertThat(representatives(world.member)).isEmpty();
        assertRules(
                project,
                () -> project.endRepresentation(by(signatory(world.member)), LATER, account(world.member, "deputy")),
                "representation.none account");
    }

    // Coordination

    @Test
    void theCoordinationGoesToTheMemberThatTakesIt() {
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        assertThat(project.handOver())
                .isEqualTo(new HandOver(world.member, false, null, account(world.coordinator, "signatory"), NOW));
        assertRules(
                project,
                () -> project.handOver(by(signatory(world.coordinator)), LATER, world.associated),
                "handOver.open");
        assertRules(project, () -> project.acceptCoordination(by(signatory(world.associated)), LATER), "handOver.none");
        assertRules(
                project, () -> project.declineCoordination(by(signatory(world.associated)), LATER), "handOver.none");
        project.acceptCoordination(by(signatory(world.member)), LATER);

        assertThat(project.coordinator()).contains(world.member);
        assertThat(project.handOver()).isNull();
        assertThat(project.content().contactFunction()).isNull();
        assertThat(project.content().summary()).isNotNull();
        assertThat(project.present(world.coordinator).orElseThrow().roles())
                .containsExactly(
                        new RolePeriod(ProjectRole.COORDINATOR, TODAY), new RolePeriod(ProjectRole.PARTNER, LATER));
        assertThat(project.present(world.member).orElseThrow().roles())
                .containsExactly(
                        new RolePeriod(ProjectRole.PARTNER, TODAY), new RolePeriod(ProjectRole.COORDINATOR, LATER));
        assertThat(last(project).among()).isNull();
        project.advance(by(editor(world.member)), LATER, ProjectPhase.CONCEPT);
    }

    @Test
    void theCoordinationIsOfferedToAnotherActiveMember() {
        for (var to : List.of(world.coordinator, world.leaving, world.invited, world.left, world.stranger)) {
            assertRules(
                    project,
                    () -> project.handOver(by(signatory(world.coordinator)), LATER, to),
                    "handOver.member partnerId");
            assertRules(project, () -> appoint(to, PartnerStatus.SUSPENDED), "handOver.member partnerId");
        }
    }

    @Test
    void anOfferEnds() {
        assertRules(project, () -> project.withdrawHandOver(by(signatory(world.coordinator)), LATER), "handOver.none");
        assertRules(project, () -> project.withdrawHandOver(by(office()), LATER), "handOver.none");
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        project.declineCoordination(by(signatory(world.member)), LATER);
        assertThat(project.handOver()).isNull();
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        project.withdrawHandOver(by(signatory(world.coordinator)), LATER);
        assertThat(project.handOver()).isNull();
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        project.leave(by(signatory(world.member)), LATER, LATER.plusDays(5));
        assertThat(project.handOver()).isNull();
        assertThat(types(project)).endsWith("PROJECT_COORDINATION_DECLINED", "PROJECT_MEMBER_LEAVING");
        project.handOver(by(signatory(world.coordinator)), LATER, world.associated);
        project.leave(by(signatory(world.naming)), LATER, LATER.plusDays(5));
        assertThat(project.handOver()).isNotNull();
    }

    private void appoint(PartnerId to, PartnerStatus ofCoordinator) {
        project.appoint(
                by(office()),
                LATER,
                to,
                in -> new Reason("Insolvent"),
                id -> Optional.of(id.equals(world.coordinator) ? ofCoordinator : PartnerStatus.ACTIVE));
    }

    @Test
    void theOfficeAppointsWhileTheCoordinatorCannotAct() {
        assertRules(project, () -> appoint(world.member, PartnerStatus.ACTIVE), "coordinator.able");
        project.handOver(by(signatory(world.coordinator)), LATER, world.associated);
        appoint(world.member, PartnerStatus.DEPARTED);
        assertThat(project.handOver())
                .isEqualTo(new HandOver(
                        world.member, true, "Insolvent", office().account().orElseThrow(), NOW));
        assertThat(last(project).event().reason()).isEqualTo("Insolvent");
        appoint(world.associated, PartnerStatus.SUSPENDED);
        project.acceptCoordination(by(signatory(world.associated)), LATER);
        assertThat(project.coordinator()).contains(world.associated);
    }

    @Test
    void theOfficeAppointsOnlyWhoCanAct() {
        for (var able : List.<Function<PartnerId, Optional<PartnerStatus>>>of(
                id -> Optional.of(PartnerStatus.SUSPENDED), id -> Optional.empty())) {
            assertRules(
                    project,
                    () -> project.appoint(by(office()), LATER, world.member, in -> new Reason("Why"), able),
                    "member.status partnerId");
        }
        var unconfirmed = recorded(world.coordinator, world.member);
        assertRules(
                unconfirmed,
                () -> unconfirmed.appoint(
                        by(office()), TODAY, world.member, in -> new Reason("Why"), id -> Optional.empty()),
                "coordinator.unconfirmed");
        assertRules(
                project,
                () -> project.appoint(
                        by(office()),
                        LATER,
                        world.member,
                        in -> {
                            in.demand(false, "reason.blank", "The text must not be blank.", "reason");
                            return new Reason("");
                        },
                        id -> Optional.of(PartnerStatus.SUSPENDED)),
                "reason.blank reason");
    }

    @Test
    void theOfficesWithdrawalCanBeRepeated() {
        appoint(world.member, PartnerStatus.SUSPENDED);
        project.withdrawHandOver(keyed(office(), "key", "input"), LATER);
        assertThat(project.handOver()).isNull();
        assertThatThrownBy(() -> project.withdrawHandOver(keyed(office(), "key", "input"), LATER))
                .isInstanceOf(KeyedChanges.AlreadyMade.class);
    }

    // Leaving

    @Test
    void aRepresentativeRepeatsWithItsKeyWhatEndedTheRepresentation() {
        var representative = named(world.member, "rep");
        project.leave(keyed(representative, "key", "input"), LATER, LATER);
        assertThat(project.present(world.member)).isEmpty();
        assertThatThrownBy(() -> project.leave(keyed(representative, "key", "input"), LATER, LATER))
                .isInstanceOf(KeyedChanges.AlreadyMade.class);
        assertThatThrownBy(() -> project.leave(keyed(representative, "key", "other"), LATER, LATER))
                .isInstanceOf(KeyedChanges.ReusedKey.class);
        for (var other : List.of(
                by(representative),
                keyed(representative, "another", "input"),
                keyed(named(world.member, "deputy"), "key", "input"))) {
            assertThatThrownBy(() -> project.leave(other, LATER, LATER)).isInstanceOf(Forbidden.class);
        }
    }

    @Test
    void aMemberLeavesInThreeMonthsOrOnADay() {
        project.leave(by(signatory(world.member)), LATER, null);
        var own = project.present(world.member).orElseThrow();
        assertThat(own.state()).isEqualTo(MembershipState.LEAVING);
        assertThat(own.leavingOn()).isEqualTo(LATER.plusMonths(3));
        assertThat(own.since()).isEqualTo(TODAY);
        assertThat(own.until()).isNull();
        assertThat(own.representatives()).hasSize(2);
        assertThat(own.invitation()).isNotNull();
        assertThat(own.answer()).isNotNull();
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(inside());
        assertRules(project, () -> project.leave(by(signatory(world.member)), LATER, null), "membership.state");
        project.withdrawLeave(by(signatory(world.member)), LATER);
        var again = project.present(world.member).orElseThrow();
        assertThat(again.state()).isEqualTo(MembershipState.ACTIVE);
        assertThat(again.leavingOn()).isNull();
        assertThat(again.since()).isEqualTo(TODAY);
        assertThat(again.representatives()).hasSize(2);
        assertThat(last(project).among()).containsExactlyInAnyOrderElementsOf(inside());
        project.leave(by(signatory(world.member)), LATER, LATER.plusYears(2));
    }

    @Test
    void whoCannotLeave() {
        assertRules(project, () -> project.leave(by(signatory(world.coordinator)), LATER, null), "coordinator.leaves");
        for (var day : List.of(LATER.minusDays(1), LATER.plusYears(2).plusDays(1))) {
            assertRules(project, () -> project.leave(by(signatory(world.member)), LATER, day), "on.range on");
        }
        for (var partner : List.of(world.invited, world.left, world.declined, world.leaving)) {
            assertRules(project, () -> project.leave(by(signatory(partner)), LATER, null), "membership.state");
        }
        for (var partner : List.of(world.member, world.invited, world.left)) {
            assertRules(project, () -> project.withdrawLeave(by(signatory(partner)), LATER), "membership.state");
        }
    }

    @Test
    void whoLeavesTodayHasLeft() {
        project.leave(by(signatory(world.member)), LATER, LATER);

        assertThat(project.present(world.member)).isEmpty();
        assertThat(types(project)).containsExactly("PROJECT_MEMBER_LEAVING", "PROJECT_MEMBER_LEFT");
        assertThat(last(project).among()).isNull();
        assertThat(last(project).event().changed()).containsExactly("members");
        var own = project.memberships().stream()
                .filter(each -> each.partner().equals(world.member))
                .findFirst()
                .orElseThrow();
        assertThat(own.state()).isEqualTo(MembershipState.LEFT);
        assertThat(own.since()).isEqualTo(TODAY);
        assertThat(own.until()).isEqualTo(LATER);
        assertThat(own.leavingOn()).isNull();
        assertThat(own.representatives()).isEmpty();
        var copy = project.newCopies().getFirst();
        assertThat(own.copy()).isEqualTo(copy.id());
        assertThat(copy.project()).isEqualTo(project.id());
        assertThat(copy.reader()).isEqualTo(world.member);
        assertThat(copy.leftOn()).isEqualTo(LATER);
        assertThat(copy.content()).isEqualTo(project.content());
        assertThat(copy.phase()).isEqualTo(project.phase());
        assertThat(copy.paused()).isFalse();
        assertThat(copy.gates()).isEqualTo(project.gates());
        assertThat(copy.files()).isEqualTo(project.files());
        assertThat(copy.allFiles()).containsExactly(world.ofMember, world.ofAssociated);
        // Who takes part or did, and nobody who was only asked.
        assertThat(copy.members())
                .extracting(CopiedMember::partner)
                .containsExactly(
                        world.coordinator,
                        world.member,
                        world.naming,
                        world.expired,
                        world.associated,
                        world.leaving,
                        world.left);
        assertThat(copy.members())
                .contains(
                        new CopiedMember(world.member, ProjectRole.PARTNER, TODAY, null),
                        new CopiedMember(world.left, ProjectRole.PARTNER, TODAY, TODAY),
                        new CopiedMember(world.associated, ProjectRole.ASSOCIATED, TODAY, null));
    }

    @Test
    void whoHasLeftCanJoinAgain() {
        invite(project, editor(world.coordinator), world.left, ProjectRole.PARTNER);
        assertThat(project.memberships().stream()
                        .filter(each -> each.partner().equals(world.left))
                        .map(Membership::state))
                .containsExactly(MembershipState.LEFT, MembershipState.INVITED);
        add(loaded(project), world.declined);
    }

    // Partners

    private boolean follow(Map<PartnerId, PartnerStatus> statuses) {
        var all = new HashMap<PartnerId, PartnerStatus>();
        project.memberships().forEach(each -> all.put(each.partner(), PartnerStatus.ACTIVE));
        all.putAll(statuses);
        return project.followPartners(by(Actor.system()), LATER, all);
    }

    @Test
    void nothingChangesWhileAllCanAct() {
        assertThat(follow(Map.of())).isFalse();
        assertThat(follow(Map.of(world.member, PartnerStatus.SUSPENDED, world.invited, PartnerStatus.SUSPENDED)))
                .isFalse();
        assertThat(events(project)).isEmpty();
    }

    @Test
    void whoDepartsHasLeft() {
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        var known = inside(world.invited);
        assertThat(follow(Map.of(
                        world.member, PartnerStatus.DEPARTED,
                        world.leaving, PartnerStatus.DEPARTED,
                        world.left, PartnerStatus.DEPARTED,
                        world.invited, PartnerStatus.DEPARTED)))
                .isTrue();

        assertThat(project.handOver()).isNull();
        assertThat(types(project))
                .containsExactly(
                        "PROJECT_COORDINATION_OFFERED",
                        "PROJECT_COORDINATION_DECLINED",
                        "PROJECT_MEMBER_LEFT",
                        "PROJECT_MEMBER_LEFT",
                        "PROJECT_INVITATION_LAPSED");
        assertThat(events(project).get(1).event().changed()).containsExactly("handOver");
        assertThat(events(project).get(1).among()).isNull();
        assertThat(last(project).among())
                .contains("invited:" + world.invited.value())
                .isSubsetOf(known);
        assertThat(project.newCopies())
                .extracting(ProjectCopy::reader, ProjectCopy::leftOn)
                .containsExactly(tuple(world.member, LATER), tuple(world.leaving, LATER));
        assertThat(project.present(world.invited)).isEmpty();
    }

    @Test
    void anOfferToAnotherStaysWhenAMemberDeparts() {
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        follow(Map.of(world.associated, PartnerStatus.DEPARTED));
        assertThat(project.handOver()).isNotNull();
    }

    @Test
    void aCoordinatorThatDepartsHasLeftWhenAnotherHasTakenItsPlace() {
        assertThat(follow(Map.of(world.coordinator, PartnerStatus.DEPARTED))).isTrue();
        assertThat(types(project)).containsExactly("PROJECT_COORDINATOR_UNABLE");
        assertThat(last(project).event().changed()).containsExactly("coordinator");
        assertThat(last(project).among()).containsExactly("office");
        assertThat(last(project).event().account())
                .isEqualTo(Actor.system().account().orElseThrow());
        assertThat(project.coordinator()).contains(world.coordinator);
        assertThat(tasks()).contains("APPOINT_COORDINATOR");
        appoint(world.member, PartnerStatus.DEPARTED);
        assertThat(tasks()).as("the member may not answer").contains("APPOINT_COORDINATOR");
        project.acceptCoordination(by(signatory(world.member)), LATER);
        assertThat(tasks()).doesNotContain("APPOINT_COORDINATOR");
        follow(Map.of(world.coordinator, PartnerStatus.DEPARTED));
        assertThat(types(project)).endsWith("PROJECT_COORDINATION_ACCEPTED", "PROJECT_MEMBER_LEFT");
        assertThat(project.present(world.coordinator)).isEmpty();
    }

    private List<String> tasks() {
        project.derive("de");
        return Objects.requireNonNull(Objects.requireNonNull(project.derived()).tasks()).stream()
                .map(StoredTask::kind)
                .toList();
    }

    @Test
    void aSuspendedCoordinatorIsReinstated() {
        follow(Map.of(world.coordinator, PartnerStatus.SUSPENDED));
        assertThat(follow(Map.of(world.coordinator, PartnerStatus.SUSPENDED))).isTrue();
        follow(Map.of());
        assertThat(types(project)).containsExactly("PROJECT_COORDINATOR_UNABLE", "PROJECT_COORDINATOR_ABLE");
        assertThat(tasks()).doesNotContain("APPOINT_COORDINATOR");
    }

    @Test
    void anEndedProjectFollowsNobody() {
        project.cancel(by(editor(world.coordinator)), LATER, in -> new Reason("Over"));
        var ended = loaded(project);
        assertThat(ended.followPartners(by(Actor.system()), LATER, Map.of(world.member, PartnerStatus.DEPARTED)))
                .isFalse();
        assertThat(ended.present(world.member)).isPresent();
    }

    @Test
    void onlyTheServiceSettlesAndFollows() {
        assertForbidden(project, Refusal.officeOnly(), () -> project.settle(by(office()), LATER));
        assertForbidden(project, Refusal.officeOnly(), () -> project.followPartners(by(office()), LATER, Map.of()));
    }

    // Days

    @Test
    void nothingIsDueBeforeItsDay() {
        assertThat(project.dueOn()).isEqualTo(TODAY.plusDays(31));
        assertThat(project.settle(by(Actor.system()), TODAY.plusDays(30))).isFalse();
        assertThat(project.settle(by(Actor.system()), TODAY.plusDays(31))).isTrue();
        assertThat(types(project)).containsExactly("PROJECT_INVITATION_LAPSED");
        assertThat(last(project).event().account())
                .isEqualTo(Actor.system().account().orElseThrow());
        project.derive("de");
        assertThat(project.dueOn()).isEqualTo(TODAY.plusDays(60));
        project.settle(by(Actor.system()), TODAY.plusDays(60));
        project.derive("de");
        assertThat(project.dueOn()).isNull();
    }

    @Test
    void aStoredDayThatNothingHasAnyMoreIsRemoved() {
        project.withdrawInvitation(by(editor(world.coordinator)), LATER, digest(project, world.invited));
        assertThat(project.settle(by(Actor.system()), TODAY.plusDays(31))).isTrue();
        project.derive("de");
        assertThat(project.settle(by(Actor.system()), TODAY.plusDays(31))).isFalse();
        project.cancel(by(editor(world.coordinator)), TODAY.plusDays(31), in -> new Reason("Over"));
        project.settle(by(Actor.system()), TODAY.plusDays(60));
        project.derive("de");
        assertThat(project.settle(by(Actor.system()), TODAY.plusDays(60))).isFalse();
    }

    @Test
    void whatIsDueHappensInTheOrderOfTheDays() {
        name(world.member, "rep", null, LATER.plusDays(1));
        project.leave(by(signatory(world.naming)), LATER, LATER.plusDays(2));
        project.leave(by(signatory(world.associated)), LATER, LATER.plusDays(1));
        var later = loaded(project);
        later.settle(by(Actor.system()), TODAY.plusDays(60));

        assertThat(types(later))
                .containsExactly(
                        "PROJECT_MEMBER_LEFT",
                        "PROJECT_REPRESENTATION_ENDED",
                        "PROJECT_MEMBER_LEFT",
                        "PROJECT_INVITATION_LAPSED",
                        "PROJECT_MEMBER_LEFT");
        assertThat(later.newCopies())
                .extracting(ProjectCopy::reader, ProjectCopy::leftOn)
                .containsExactly(
                        tuple(world.associated, LATER.plusDays(1)),
                        tuple(world.naming, LATER.plusDays(2)),
                        tuple(world.leaving, TODAY.plusDays(60)));
        assertThat(later.newCopies().get(1).members())
                .contains(new CopiedMember(world.associated, ProjectRole.ASSOCIATED, TODAY, LATER.plusDays(1)));
        assertThat(later.present(world.member).orElseThrow().representatives()).isEmpty();
        assertThat(events(later).get(1).among())
                .contains("invited:" + world.member.value(), "member:" + world.member.value(), "office")
                .doesNotContain("consortium");
    }

    @Test
    void aRepresentationLastsThroughItsLastDay() {
        name(world.member, "rep", null, LATER.plusDays(3));
        project.leave(by(named(world.member, "rep")), LATER.plusDays(3), null);
        assertForbidden(
                project,
                Refusal.roleMissing(Role.SIGNATORY),
                () -> project.withdrawLeave(by(named(world.member, "rep")), LATER.plusDays(4)));
    }

    @Test
    void anInvitationCanBeAcceptedThroughItsLastDay() {
        var digest = digest(project, world.invited);
        assertConflict(
                project, "digest", () -> project.accept(by(signatory(world.invited)), TODAY.plusDays(31), digest));
        project.accept(by(signatory(world.invited)), TODAY.plusDays(30), digest);
    }
}
