package de.smartcity.consortium.files.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.files.Actors;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePermissionsTest {

    private static final PartnerId OWN = PartnerId.next();
    private static final PartnerId OTHER = PartnerId.next();

    private static String outcome(Actor actor) {
        return FilePermissions.upload(actor)
                .map(refusal -> refusal.reason().name())
                .orElse("allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, VIEWER, ROLE_MISSING",
        "ACTIVE, EDITOR, allowed",
        "ACTIVE, SIGNATORY, allowed",
        "ACTIVE, PARTNER_ADMIN, allowed",
        "ONBOARDING, VIEWER, ROLE_MISSING",
        "ONBOARDING, EDITOR, allowed",
        "ONBOARDING, SIGNATORY, allowed",
        "SUSPENDED, EDITOR, PARTNER_STATUS",
        "SUSPENDED, SIGNATORY, PARTNER_STATUS",
        "PROSPECT, EDITOR, PARTNER_STATUS",
        "DEPARTED, EDITOR, PARTNER_STATUS"
    })
    void editorsAndSignatoriesUpload(PartnerStatus status, Role role, String outcome) {
        assertThat(outcome(Actors.of(OWN, status, role))).isEqualTo(outcome);
    }

    @Test
    void theOfficeUploadsAndOthersDoNot() {
        assertThat(outcome(Actors.office())).isEqualTo("allowed");
        assertThat(outcome(Actors.officeOf(OWN))).isEqualTo("allowed");
        assertThat(outcome(Actor.anonymous())).isEqualTo("NOT_SIGNED_IN");
        assertThat(outcome(Actors.unattached())).isEqualTo("NO_ACTING_ORGANISATION");
    }

    @Test
    void anUploadIsTheOrganisationsThatTheAccountActsForOrTheOffices() {
        assertThat(FilePermissions.owner(Actors.editor(OWN))).isEqualTo(OWN);
        assertThat(FilePermissions.owner(Actors.office())).isNull();
        assertThat(FilePermissions.owner(Actors.officeOf(OWN))).isEqualTo(OWN);
        assertThatThrownBy(() -> FilePermissions.owner(Actors.unattached())).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void onlyItsOwnerUsesAnUpload() {
        for (var role : Role.values()) {
            assertThat(FilePermissions.mayUse(Actors.of(OWN, PartnerStatus.ACTIVE, role), OWN))
                    .isTrue();
        }
        assertThat(FilePermissions.mayUse(Actors.of(OWN, PartnerStatus.ONBOARDING, Role.VIEWER), OWN))
                .isTrue();
        assertThat(FilePermissions.mayUse(Actors.of(OWN, PartnerStatus.SUSPENDED, Role.EDITOR), OWN))
                .isFalse();
        assertThat(FilePermissions.mayUse(Actors.editor(OTHER), OWN)).isFalse();
        assertThat(FilePermissions.mayUse(Actors.office(), OWN)).isFalse();
        assertThat(FilePermissions.mayUse(Actors.officeOf(OWN), OWN)).isTrue();
        assertThat(FilePermissions.mayUse(Actor.anonymous(), OWN)).isFalse();
        assertThat(FilePermissions.mayUse(Actors.unattached(), OWN)).isFalse();
    }

    @Test
    void onlyTheOfficeUsesItsUploads() {
        assertThat(FilePermissions.mayUse(Actors.office(), null)).isTrue();
        assertThat(FilePermissions.mayUse(Actors.officeOf(OWN), null)).isTrue();
        assertThat(FilePermissions.mayUse(Actors.editor(OWN), null)).isFalse();
        assertThat(FilePermissions.mayUse(Actor.anonymous(), null)).isFalse();
    }
}
