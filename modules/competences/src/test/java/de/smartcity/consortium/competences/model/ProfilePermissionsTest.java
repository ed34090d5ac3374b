package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.ProfileExamples.PARTNER;
import static de.smartcity.consortium.competences.model.ProfileExamples.STRANGER;
import static de.smartcity.consortium.competences.model.ProfileExamples.acting;
import static de.smartcity.consortium.competences.model.ProfileExamples.office;
import static de.smartcity.consortium.competences.model.ProfileExamples.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProfilePermissionsTest {

    @ParameterizedTest
    @CsvSource({
        "PROSPECT,   VIEWER,        PARTNER_STATUS, PARTNER_STATUS",
        "PROSPECT,   EDITOR,        PARTNER_STATUS, PARTNER_STATUS",
        "PROSPECT,   SIGNATORY,     PARTNER_STATUS, PARTNER_STATUS",
        "PROSPECT,   PARTNER_ADMIN, PARTNER_STATUS, PARTNER_STATUS",
        "ONBOARDING, VIEWER,        ROLE_MISSING,   PARTNER_STATUS",
        "ONBOARDING, EDITOR,        allowed,        PARTNER_STATUS",
        "ONBOARDING, SIGNATORY,     ROLE_MISSING,   PARTNER_STATUS",
        "ONBOARDING, PARTNER_ADMIN, allowed,        PARTNER_STATUS",
        "ACTIVE,     VIEWER,        ROLE_MISSING,   ROLE_MISSING",
        "ACTIVE,     EDITOR,        allowed,        ROLE_MISSING",
        "ACTIVE,     SIGNATORY,     ROLE_MISSING,   allowed",
        "ACTIVE,     PARTNER_ADMIN, allowed,        allowed",
        "SUSPENDED,  VIEWER,        PARTNER_STATUS, PARTNER_STATUS",
        "SUSPENDED,  EDITOR,        PARTNER_STATUS, PARTNER_STATUS",
        "SUSPENDED,  SIGNATORY,     PARTNER_STATUS, PARTNER_STATUS",
        "SUSPENDED,  PARTNER_ADMIN, PARTNER_STATUS, PARTNER_STATUS",
        "DEPARTED,   VIEWER,        PARTNER_STATUS, PARTNER_STATUS",
        "DEPARTED,   EDITOR,        PARTNER_STATUS, PARTNER_STATUS",
        "DEPARTED,   SIGNATORY,     PARTNER_STATUS, PARTNER_STATUS",
        "DEPARTED,   PARTNER_ADMIN, PARTNER_STATUS, PARTNER_STATUS"
    })
    void rolesAndStatusDecide(PartnerStatus status, Role role, String edit, String publish) {
        for (var kind : List.of(Actor.Kind.PERSON, Actor.Kind.APP)) {
            for (var office : List.of(false, true)) {
                var own = acting(kind, office, PARTNER, status, role);
                assertThat(outcome(ProfilePermissions.edit(own))).isEqualTo(edit);
                assertThat(outcome(ProfilePermissions.edit(own, PARTNER))).isEqualTo(edit);
                assertThat(outcome(ProfilePermissions.publish(own, PARTNER))).isEqualTo(publish);

                var stranger = acting(kind, office, STRANGER, status, role);
                assertThat(outcome(ProfilePermissions.edit(stranger)))
                        .as("its own")
                        .isEqualTo(edit);
                assertThat(outcome(ProfilePermissions.edit(stranger, PARTNER))).isEqualTo("OTHER_ORGANISATION");
                assertThat(outcome(ProfilePermissions.publish(stranger, PARTNER)))
                        .isEqualTo("OTHER_ORGANISATION");
            }
        }
    }

    @Test
    void severalRolesAllowWhatEachAllows() {
        var actor = acting(PARTNER, PartnerStatus.ACTIVE, Role.EDITOR, Role.SIGNATORY);
        assertThat(ProfilePermissions.edit(actor, PARTNER)).isEmpty();
        assertThat(ProfilePermissions.publish(actor, PARTNER)).isEmpty();
    }

    @Test
    void anAccountWithoutRolesMayDoNothing() {
        var actor = acting(PARTNER, PartnerStatus.ACTIVE);
        assertThat(ProfilePermissions.edit(actor)).contains(Refusal.roleMissing(Role.EDITOR));
        assertThat(ProfilePermissions.edit(actor, PARTNER)).contains(Refusal.roleMissing(Role.EDITOR));
        assertThat(ProfilePermissions.publish(actor, PARTNER)).contains(Refusal.roleMissing(Role.PARTNER_ADMIN));
    }

    @Test
    void whoeverActsForNoPartnerIsToldWhy() {
        for (var actor : List.of(Actor.system(), office())) {
            assertThat(outcome(ProfilePermissions.edit(actor))).isEqualTo("NO_ACTING_ORGANISATION");
            assertThat(outcome(ProfilePermissions.edit(actor, PARTNER))).isEqualTo("NO_ACTING_ORGANISATION");
            assertThat(outcome(ProfilePermissions.publish(actor, PARTNER))).isEqualTo("NO_ACTING_ORGANISATION");
        }
        var anonymous = Actor.anonymous();
        assertThat(outcome(ProfilePermissions.edit(anonymous))).isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(ProfilePermissions.edit(anonymous, PARTNER))).isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(ProfilePermissions.publish(anonymous, PARTNER))).isEqualTo("NOT_SIGNED_IN");
    }

    @ParameterizedTest
    @EnumSource
    void anAppOfNoPartnerMayDoNothing(NoActingOrganisation why) {
        var app = Actor.unattached(Actor.Kind.APP, new AccountId("app"), false, why, List.of());
        assertThat(ProfilePermissions.edit(app)).contains(Refusal.noActingOrganisation(why));
        assertThat(ProfilePermissions.edit(app, PARTNER)).contains(Refusal.noActingOrganisation(why));
        assertThat(ProfilePermissions.publish(app, PARTNER)).contains(Refusal.noActingOrganisation(why));
    }
}
