package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.content;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.invite;
import static de.smartcity.consortium.projects.ProjectFixtures.join;
import static de.smartcity.consortium.projects.ProjectFixtures.with;
import static de.smartcity.consortium.projects.ProjectWorld.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectAudienceTest {

    private final ProjectWorld world = new ProjectWorld();
    private final JointProject project = world.project;
    private final List<String> members = new ArrayList<>();

    @BeforeEach
    void members() {
        for (var member : List.of(
                world.coordinator, world.member, world.naming, world.expired, world.associated, world.leaving)) {
            members.add("member:" + member.value());
        }
    }

    private static String invited(PartnerId partner) {
        return "invited:" + partner.value();
    }

    private static String former(PartnerId partner) {
        return "former:" + partner.value();
    }

    private static String itself(PartnerId partner) {
        return "itself:" + partner.value();
    }

    private Membership of(PartnerId partner) {
        return project.memberships().stream()
                .filter(each -> each.partner().equals(partner))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static void assertTokens(Audience audience, List<String> some, String... more) {
        assertThat(audience.tokens())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(some.stream(), Stream.of(more)).toList());
    }

    private void show(ProjectVisibility visibility) {
        project.edit(
                by(editor(world.coordinator)),
                LATER,
                0,
                new Edit<>(Set.of("visibility"), in -> with(content(), "visibility", visibility)),
                ProjectFixtures::existing);
    }

    @ParameterizedTest
    @CsvSource({"MEMBERS, office", "CONSORTIUM, office consortium", "PUBLIC, office consortium public"})
    void visibilitySaysWhoElseSeesAProject(ProjectVisibility visibility, String general) {
        show(visibility);
        var all = new ArrayList<>(members);
        all.addAll(List.of(general.split(" ")));
        all.add(invited(world.invited));

        assertThat(ProjectAudience.tokens(project)).containsExactlyInAnyOrderElementsOf(all);
        assertTokens(ProjectAudience.of(project), all, former(world.left));
        assertTokens(ProjectAudience.of(project, of(world.member)), all, itself(world.member));
        assertTokens(ProjectAudience.of(project, of(world.leaving)), all, itself(world.leaving));
        assertTokens(
                ProjectAudience.of(project, new ProjectFile(FileId.next(), FileAudience.PROJECT, world.member)), all);
    }

    @Test
    void whoIsNoMemberIsKnownToMembersTheOfficeAndItself() {
        assertTokens(ProjectAudience.of(project, of(world.invited)), members, "office", itself(world.invited));
        assertTokens(ProjectAudience.of(project, of(world.declined)), members, "office");
        assertTokens(ProjectAudience.of(project, of(world.left)), members, "office");
    }

    @Test
    void aFileOfMembersIsSeenByMembersAndTheOffice() {
        show(ProjectVisibility.PUBLIC);
        assertTokens(
                ProjectAudience.of(project, new ProjectFile(FileId.next(), FileAudience.MEMBERS, world.member)),
                members,
                "office");
    }

    @Test
    void someEventsConcernOnlyWhoSeesEverything() {
        assertThat(ProjectAudience.inside(project))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(members.stream(), Stream.of("office")).toList());
        assertThat(ProjectAudience.inside(project, world.stranger))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(members.stream(), Stream.of("office", invited(world.stranger)))
                                .toList());
    }

    @Test
    void whoHasLeftIsFormerUntilItIsAMemberAgain() {
        invite(project, editor(world.coordinator), world.left, ProjectRole.PARTNER);
        assertThat(ProjectAudience.of(project).tokens()).contains(former(world.left), invited(world.left));
        project.accept(by(ProjectFixtures.signatory(world.left)), LATER, ProjectFixtures.digest(project, world.left));
        assertThat(ProjectAudience.of(project).tokens())
                .contains("member:" + world.left.value())
                .doesNotContain(former(world.left), invited(world.left));
    }

    @Test
    void whoWasOnlyAskedIsNoFormerMember() {
        assertThat(ProjectAudience.of(project).tokens())
                .noneMatch(token -> token.endsWith(world.declined.value().toString()))
                .noneMatch(token -> token.endsWith(world.stranger.value().toString()));
    }

    @Test
    void relationsAreHeldWhileAPartnerIsActive() {
        assertThat(ProjectAudience.RELATIONS)
                .extracting(Viewpoint::name)
                .containsExactly("member", "invited", "former");
        assertThat(ProjectAudience.RELATIONS_TO_MEMBERSHIP)
                .extracting(Viewpoint::name)
                .containsExactly("member", "invited", "itself");
        assertThat(Stream.concat(ProjectAudience.RELATIONS.stream(), ProjectAudience.RELATIONS_TO_MEMBERSHIP.stream()))
                .allMatch(each -> each.heldWhile().equals(Set.of(PartnerStatus.ACTIVE)));
    }

    @Test
    void theAudienceIsStored() {
        var before = project.derived();
        join(project, world.invited);
        project.derive("de");
        assertThat(project.derived()).isNotEqualTo(before);
        assertThat(project.derived()).isNotNull();
        assertThat(Objects.requireNonNull(project.derived()).audience()).isEqualTo(ProjectAudience.of(project));
    }
}
