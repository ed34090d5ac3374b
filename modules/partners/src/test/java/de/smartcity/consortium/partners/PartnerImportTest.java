package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ModuleTest
class PartnerImportTest {

    private static final LocalDate SINCE = LocalDate.of(2018, 7, 9);

    @Autowired
    private PartnerImport loading;

    @Autowired
    private Partners partners;

    @Autowired
    private PartnerManagement management;

    /** Loads the areas. */
    @Autowired
    private Given given;

    private static PartnerRow row(String alias, @Nullable LocalDate memberSince) {
        return new PartnerRow(
                alias, "COMPANY", Map.of("en", "Partner " + alias), null, List.of("MOBILITY"), memberSince, null);
    }

    private Partner at(String alias) {
        return partners.findByAlias(new PartnerAlias(alias)).orElseThrow();
    }

    @Test
    void aSecondLoadChangesNothing() {
        var rows = List.of(row("first-one", SINCE), row("first-two", null));
        var organisations = Map.of(new PartnerAlias("first-one"), new OrganisationId("organisation-one"));
        loading.load(rows, organisations);
        var one = at("first-one");
        assertThat(one.status()).isEqualTo(PartnerStatus.ACTIVE);
        assertThat(one.profile().memberSince()).isEqualTo(SINCE);
        assertThat(at("first-two").status()).isEqualTo(PartnerStatus.PROSPECT);

        management.suspend(one.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        var suspended = at("first-one").version();
        loading.load(rows, organisations);
        assertThat(at("first-one").version()).isEqualTo(suspended);
        assertThat(at("first-one").status()).isEqualTo(PartnerStatus.SUSPENDED);
    }

    @Test
    void aDroppedProspectIsNotLoadedAgain() {
        var rows = List.of(row("given-up", null));
        loading.load(rows, Map.of());
        management.dropProspect(at("given-up").id(), null, Change.by(Actor.system(), Instant.now()));
        loading.load(rows, Map.of());
        assertThat(partners.findByAlias(new PartnerAlias("given-up"))).isEmpty();
    }

    @Test
    void anInterruptedLoadIsCompletedByTheNext() {
        management.recordProspect(
                violations -> new PartnerDraft(
                        new PartnerAlias("cut-off"),
                        new PartnerProfile(
                                LocalizedText.of(Map.of("en", "Partner cut-off")),
                                null,
                                PartnerKind.COMPANY,
                                List.of(),
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                1)),
                Change.by(Actor.system(), Instant.now()));
        loading.load(
                List.of(row("cut-off", SINCE)),
                Map.of(new PartnerAlias("cut-off"), new OrganisationId("organisation-cut")));
        assertThat(at("cut-off").status()).isEqualTo(PartnerStatus.ACTIVE);
    }

    @Test
    void onePersonSignsForAPartnerUnlessItsRowSaysTwo() {
        var two = new PartnerRow("two-sign", "CHAMBER", Map.of("en", "A chamber"), null, List.of(), null, 2);
        loading.load(List.of(row("one-signs", null), two), Map.of());
        assertThat(at("one-signs").profile().signaturesRequired()).isEqualTo(1);
        assertThat(at("two-sign").profile().signaturesRequired()).isEqualTo(2);
    }

    @Test
    void aMemberWithoutOrganisationIsAViolation() {
        assertThatThrownBy(() -> loading.load(List.of(row("lacking", SINCE)), Map.of()))
                .isInstanceOfSatisfying(RuleViolation.class, refused -> {
                    assertThat(refused.violations().getFirst().rule()).isEqualTo("organisation.missing");
                    assertThat(refused.violations().getFirst().path()).containsExactly("lacking");
                });
    }

    @Test
    void allViolationsOfTheRowsAreReportedTogether() {
        var wrong = new PartnerRow(
                "NO", "FIRM", Map.of("en", " "), Map.of("??", "text"), List.of("MOBILITY", "FLYING", "x"), null, null);
        var unnamed = new PartnerRow("unnamed", "FIRM", Map.of(), null, List.of("FLYING"), null, null);
        assertThatThrownBy(() -> loading.load(List.of(wrong, unnamed), Map.of()))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refused -> assertThat(refused.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactlyInAnyOrder(
                                        "alias.syntax [NO]",
                                        "text.empty [unnamed, name]",
                                        "kind.unknown [unnamed, kind]",
                                        "area.unknown [unnamed, areas, 0]"));
    }
}
