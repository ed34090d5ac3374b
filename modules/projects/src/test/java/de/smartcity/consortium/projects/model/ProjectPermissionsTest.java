package de.smartcity.consortium.projects.model;

import static de.smartcity.consortium.projects.ProjectFixtures.account;
import static de.smartcity.consortium.projects.ProjectFixtures.app;
import static de.smartcity.consortium.projects.ProjectFixtures.by;
import static de.smartcity.consortium.projects.ProjectFixtures.editor;
import static de.smartcity.consortium.projects.ProjectFixtures.join;
import static de.smartcity.consortium.projects.ProjectFixtures.named;
import static de.smartcity.consortium.projects.ProjectFixtures.office;
import static de.smartcity.consortium.projects.ProjectFixtures.officeOf;
import static de.smartcity.consortium.projects.ProjectFixtures.person;
import static de.smartcity.consortium.projects.ProjectFixtures.recorded;
import static de.smartcity.consortium.projects.ProjectFixtures.signatory;
import static de.smartcity.consortium.projects.ProjectWorld.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.projects.ProjectFixtures;
import de.smartcity.consortium.projects.ProjectWorld;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectPermissionsTest {

    private final ProjectWorld world = new ProjectWorld();
    private final JointProject project = world.project;

    private static String outcome(Optional<Refusal> refusal) {
        return refusal.map(each -> each.reason().name()).orElse("allowed");
    }

    private PartnerId partner(String name) {
        return switch (name) {
            case "coordinator" -> world.coordinator;
            case "member" -> world.member;
            case "naming" -> world.naming;
            case "expired" -> world.expired;
            case "associated" -> world.associated;
            case "leaving" -> world.leaving;
            case "invited" -> world.invited;
            case "left" -> world.left;
            case "declined" -> world.declined;
            default -> world.stranger;
        };
    }

    private Actor actor(String name) {
        var words = name.split(" ", 2);
        var partner = partner(words[0]);
        return switch (words.length == 1 ? words[0] : words[1]) {
            case "anonymous" -> Actor.anonymous();
            case "office" -> office();
            case "editor" -> editor(partner);
            case "signatory" -> signatory(partner);
            case "admin" -> person(partner, "admin", Role.PARTNER_ADMIN);
            case "app" -> app(partner);
            case "app rep" ->
                ProjectFixtures.actor(Actor.Kind.APP, false, partner, PartnerStatus.ACTIVE, "rep", Role.VIEWER);
            case "suspended" ->
                ProjectFixtures.actor(
                        Actor.Kind.PERSON, false, partner, PartnerStatus.SUSPENDED, "rep", Role.EDITOR, Role.SIGNATORY);
            case "of the office" -> officeOf(partner, Role.VIEWER);
            case "unattached" ->
                Actor.unattached(
                        Actor.Kind.APP,
                        new AccountId("app"),
                        false,
                        NoActingOrganisation.SEVERAL_ORGANISATIONS,
                        List.of());
            case String other -> named(partner, other);
        };
    }

    /** Who does the coordinator's verbs, records gates, attaches a file, and removes that of the member and that of the associated member. */
    @ParameterizedTest
    @CsvSource({
        "coordinator editor,      allowed,                allowed,                allowed,                allowed,                allowed",
        "coordinator admin,       allowed,                allowed,                allowed,                allowed,                allowed",
        "coordinator app,         allowed,                allowed,                allowed,                allowed,                allowed",
        "coordinator signatory,   ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING",
        "coordinator rep,         ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING",
        "coordinator suspended,   PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS",
        "member editor,           OTHER_ORGANISATION,     OTHER_ORGANISATION,     allowed,                allowed,                OTHER_ORGANISATION",
        "member app,              OTHER_ORGANISATION,     OTHER_ORGANISATION,     allowed,                allowed,                OTHER_ORGANISATION",
        "member signatory,        OTHER_ORGANISATION,     OTHER_ORGANISATION,     ROLE_MISSING,           ROLE_MISSING,           OTHER_ORGANISATION",
        "member rep,              OTHER_ORGANISATION,     OTHER_ORGANISATION,     ROLE_MISSING,           ROLE_MISSING,           OTHER_ORGANISATION",
        "member suspended,        OTHER_ORGANISATION,     OTHER_ORGANISATION,     PARTNER_STATUS,         PARTNER_STATUS,         OTHER_ORGANISATION",
        "member of the office,    OTHER_ORGANISATION,     allowed,                ROLE_MISSING,           ROLE_MISSING,           OTHER_ORGANISATION",
        "associated editor,       OTHER_ORGANISATION,     OTHER_ORGANISATION,     allowed,                OTHER_ORGANISATION,     allowed",
        "leaving editor,          OTHER_ORGANISATION,     OTHER_ORGANISATION,     allowed,                OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "invited editor,          OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "left editor,             OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "stranger editor,         OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "anonymous,               NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN",
        "office,                  NO_ACTING_ORGANISATION, allowed,                NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION",
        "no unattached,           NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION"
    })
    void whoWorksOnAProject(
            String who, String coordinate, String gate, String attach, String removeOfMember, String removeOther) {
        var actor = actor(who);
        var byMember = new ProjectFile(world.ofMember, FileAudience.MEMBERS, world.member);
        var byOther = new ProjectFile(world.ofAssociated, FileAudience.PROJECT, world.associated);

        assertThat(outcome(ProjectPermissions.coordinate(actor, project))).isEqualTo(coordinate);
        assertThat(outcome(ProjectPermissions.recordGate(actor, project))).isEqualTo(gate);
        assertThat(outcome(ProjectPermissions.contribute(actor, project))).isEqualTo(attach);
        assertThat(outcome(ProjectPermissions.remove(actor, project, byMember))).isEqualTo(removeOfMember);
        assertThat(outcome(ProjectPermissions.remove(actor, project, byOther))).isEqualTo(removeOther);
    }

    /** Who answers and leaves, offers the coordination, names people, accepts to be one, and ends the own representation and that of another. */
    @ParameterizedTest
    @CsvSource({
        "coordinator editor,     ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "coordinator signatory,  allowed,                allowed,                allowed,                allowed,                allowed,                allowed",
        "coordinator admin,      ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "coordinator rep,        allowed,                allowed,                ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "coordinator deputy,     ROLE_MISSING,           ROLE_MISSING,           ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "coordinator app,        PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY",
        "coordinator app rep,    PERSON_ONLY,            PERSON_ONLY,            ROLE_MISSING,           PERSON_ONLY,            PERSON_ONLY,            ROLE_MISSING",
        "coordinator suspended,  PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS",
        "member editor,          ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "member signatory,       allowed,                OTHER_ORGANISATION,     allowed,                allowed,                allowed,                allowed",
        "member rep,             allowed,                OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "member deputy,          allowed,                OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "member app,             PERSON_ONLY,            OTHER_ORGANISATION,     PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY,            PERSON_ONLY",
        "member suspended,       PARTNER_STATUS,         OTHER_ORGANISATION,     PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS,         PARTNER_STATUS",
        "member of the office,   ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "naming named,           ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "naming rep,             ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "expired expired,        ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "associated signatory,   allowed,                OTHER_ORGANISATION,     allowed,                allowed,                allowed,                allowed",
        "leaving signatory,      allowed,                OTHER_ORGANISATION,     allowed,                allowed,                allowed,                allowed",
        "invited editor,         ROLE_MISSING,           OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "invited signatory,      allowed,                OTHER_ORGANISATION,     allowed,                allowed,                allowed,                allowed",
        "invited rep,            allowed,                OTHER_ORGANISATION,     ROLE_MISSING,           allowed,                allowed,                ROLE_MISSING",
        "left signatory,         allowed,                OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "declined signatory,     allowed,                OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "declined rep,           ROLE_MISSING,           OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "stranger signatory,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "stranger rep,           OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION,     OTHER_ORGANISATION",
        "anonymous,              NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN",
        "office,                 NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION",
        "no unattached,          NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION"
    })
    void whoConsents(
            String who, String consent, String offer, String name, String accept, String endOwn, String endOther) {
        var actor = actor(who);

        assertThat(outcome(ProjectPermissions.consent(actor, project))).isEqualTo(consent);
        assertThat(outcome(ProjectPermissions.offerCoordination(actor, project)))
                .isEqualTo(offer);
        assertThat(outcome(ProjectPermissions.nameRepresentative(actor, project)))
                .isEqualTo(name);
        assertThat(outcome(ProjectPermissions.acceptRepresentation(actor, project)))
                .isEqualTo(accept);
        assertThat(outcome(ProjectPermissions.endRepresentation(
                        actor, project, actor.account().orElse(AccountId.SYSTEM))))
                .isEqualTo(endOwn);
        assertThat(outcome(ProjectPermissions.endRepresentation(actor, project, account(world.member, "other"))))
                .isEqualTo(endOther);
    }

    @ParameterizedTest
    @CsvSource({
        "member signatory,   allowed",
        "member rep,         allowed",
        "member viewer,      ROLE_MISSING",
        "invited rep,        allowed",
        "invited editor,     ROLE_MISSING",
        "expired expired,    ROLE_MISSING",
        "left signatory,     allowed",
        "left rep,           allowed",
        "declined rep,       allowed",
        "declined suspended, PARTNER_STATUS",
        "declined app,       PERSON_ONLY",
        "stranger signatory, OTHER_ORGANISATION",
        "anonymous,          NOT_SIGNED_IN",
        "office,             NO_ACTING_ORGANISATION"
    })
    void whoRepeatsAConsentThatMayHaveEndedARepresentation(String who, String expected) {
        assertThat(outcome(ProjectPermissions.repeatConsent(actor(who), project)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "coordinator editor, ROLE_MISSING, ROLE_MISSING, ROLE_MISSING",
        "coordinator signatory, allowed, allowed, allowed",
        "coordinator rep, allowed, allowed, allowed",
        "member signatory, OTHER_ORGANISATION, OTHER_ORGANISATION, OTHER_ORGANISATION",
        "member of the office, allowed, OTHER_ORGANISATION, allowed",
        "office, allowed, NO_ACTING_ORGANISATION, allowed",
        "anonymous, NOT_SIGNED_IN, NOT_SIGNED_IN, NOT_SIGNED_IN"
    })
    void whoWithdrawsAnOffer(String who, String none, String own, String appointed) {
        assertThat(outcome(ProjectPermissions.withdrawHandOver(actor(who), project)))
                .isEqualTo(none);
        project.handOver(by(signatory(world.coordinator)), LATER, world.member);
        assertThat(outcome(ProjectPermissions.withdrawHandOver(actor(who), project)))
                .isEqualTo(own);
        project.appoint(
                by(office()),
                LATER,
                world.member,
                in -> new Reason("Suspended"),
                id -> Optional.of(id.equals(world.coordinator) ? PartnerStatus.SUSPENDED : PartnerStatus.ACTIVE));
        assertThat(outcome(ProjectPermissions.withdrawHandOver(actor(who), project)))
                .isEqualTo(appointed);
    }

    @ParameterizedTest
    @CsvSource({
        "office,               allowed,       allowed,      allowed,       allowed,       NO_ACTING_ORGANISATION",
        "member of the office, allowed,       allowed,      allowed,       allowed,       OTHER_ORGANISATION",
        "coordinator editor,   OTHER_ORGANISATION,   OTHER_ORGANISATION,  OTHER_ORGANISATION,   OTHER_ORGANISATION,   OTHER_ORGANISATION",
        "coordinator signatory, OTHER_ORGANISATION,  OTHER_ORGANISATION,  OTHER_ORGANISATION,   OTHER_ORGANISATION,   OTHER_ORGANISATION",
        "member editor,        OTHER_ORGANISATION,   allowed,      allowed,       OTHER_ORGANISATION,   OTHER_ORGANISATION",
        "member signatory,     OTHER_ORGANISATION,   ROLE_MISSING, ROLE_MISSING,  OTHER_ORGANISATION,   OTHER_ORGANISATION",
        "anonymous,            NOT_SIGNED_IN, NOT_SIGNED_IN, NOT_SIGNED_IN, NOT_SIGNED_IN, NOT_SIGNED_IN"
    })
    void theOfficeStandsInForACoordinatorThatHasNotConfirmed(
            String who, String coordinate, String attach, String removeOfMember, String removeOfOffice, String offer) {
        var unconfirmed = recorded(world.coordinator, world.member);
        join(unconfirmed, world.member);
        var actor = actor(who);

        assertThat(outcome(ProjectPermissions.coordinate(actor, unconfirmed))).isEqualTo(coordinate);
        assertThat(outcome(ProjectPermissions.recordGate(actor, unconfirmed))).isEqualTo(coordinate);
        assertThat(outcome(ProjectPermissions.contribute(actor, unconfirmed))).isEqualTo(attach);
        assertThat(outcome(ProjectPermissions.remove(
                        actor, unconfirmed, new ProjectFile(FileId.next(), FileAudience.MEMBERS, world.member))))
                .isEqualTo(removeOfMember);
        assertThat(outcome(ProjectPermissions.remove(
                        actor, unconfirmed, new ProjectFile(FileId.next(), FileAudience.MEMBERS, null))))
                .isEqualTo(removeOfOffice);
        assertThat(outcome(ProjectPermissions.offerCoordination(actor, unconfirmed)))
                .isEqualTo(offer);
    }

    @ParameterizedTest
    @CsvSource({
        "stranger editor,    allowed,                allowed,                OFFICE_ONLY",
        "stranger admin,     allowed,                allowed,                OFFICE_ONLY",
        "stranger app,       allowed,                allowed,                OFFICE_ONLY",
        "stranger signatory, ROLE_MISSING,           allowed,                OFFICE_ONLY",
        "stranger viewer,    ROLE_MISSING,           ROLE_MISSING,           OFFICE_ONLY",
        "stranger suspended, PARTNER_STATUS,         PARTNER_STATUS,         OFFICE_ONLY",
        "anonymous,          NOT_SIGNED_IN,          NOT_SIGNED_IN,          NOT_SIGNED_IN",
        "office,             NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, allowed",
        "no unattached,      NO_ACTING_ORGANISATION, NO_ACTING_ORGANISATION, OFFICE_ONLY"
    })
    void whoBegins(String who, String propose, String found, String administer) {
        assertThat(outcome(ProjectPermissions.propose(actor(who)))).isEqualTo(propose);
        assertThat(outcome(ProjectPermissions.keepReferences(actor(who)))).isEqualTo(propose);
        assertThat(outcome(ProjectPermissions.found(actor(who)))).isEqualTo(found);
        assertThat(outcome(ProjectPermissions.administer(actor(who)))).isEqualTo(administer);
    }

    @Test
    void whoLacksTheRoleOfAnEditorIsToldSoAlsoAtAFounding() {
        assertThat(ProjectPermissions.found(named(world.stranger, "viewer")))
                .contains(Refusal.roleMissing(Role.EDITOR));
        assertThat(ProjectPermissions.consent(named(world.member, "viewer"), project))
                .contains(Refusal.roleMissing(Role.SIGNATORY));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void onlyActivePartnersDoAnything(PartnerStatus status) {
        var actor = ProjectFixtures.actor(
                Actor.Kind.PERSON, false, world.coordinator, status, "rep", Role.EDITOR, Role.SIGNATORY);
        var refused = Optional.of(Refusal.partnerStatus(status));

        assertThat(ProjectPermissions.propose(actor)).isEqualTo(refused);
        assertThat(ProjectPermissions.found(actor)).isEqualTo(refused);
        assertThat(ProjectPermissions.coordinate(actor, project)).isEqualTo(refused);
        assertThat(ProjectPermissions.contribute(actor, project)).isEqualTo(refused);
        assertThat(ProjectPermissions.consent(actor, project)).isEqualTo(refused);
        assertThat(ProjectPermissions.nameRepresentative(actor, project)).isEqualTo(refused);
        assertThat(ProjectPermissions.acceptRepresentation(actor, project)).isEqualTo(refused);
    }

    @Test
    void theRepresentationOfOneMemberIsNoneOfAnother() {
        assertThat(outcome(ProjectPermissions.consent(named(world.associated, "rep"), project)))
                .isEqualTo("ROLE_MISSING");
    }
}
