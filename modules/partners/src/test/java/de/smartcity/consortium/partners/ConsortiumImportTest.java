package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.ConsortiumRows.AreaRow;
import de.smartcity.consortium.partners.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.partners.ConsortiumRows.PartnerRow;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.Partners;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PartnersTest
class ConsortiumImportTest {

    private static final LocalDate SINCE = LocalDate.of(2018, 7, 9);

    @Autowired
    private ConsortiumImport consortium;

    @Autowired
    private Partners partners;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private Asked asked;

    private static ConsortiumRows rows(PartnerRow... partners) {
        return new ConsortiumRows(
                new ConsortiumRow(
                        Map.of("de", "Ein Konsortium", "en", "A consortium"),
                        List.of(Map.of("en", "A goal")),
                        List.of("de", "en"),
                        Map.of("en", "The office"),
                        SINCE,
                        List.of()),
                List.of(new AreaRow("MOBILITY", Map.of("en", "Mobility"))),
                List.of(partners));
    }

    private static PartnerRow row(String alias, @Nullable LocalDate memberSince) {
        return new PartnerRow(
                alias, "COMPANY", Map.of("en", "Partner " + alias), null, List.of("MOBILITY"), memberSince);
    }

    private Partner at(String alias) {
        return partners.findByAlias(new PartnerAlias(alias)).orElseThrow();
    }

    @Test
    void aSecondLoadChangesNothing() {
        var rows = rows(row("first-one", SINCE), row("first-two", null));
        var organisations = Map.of(new PartnerAlias("first-one"), new OrganisationId("organisation-one"));
        consortium.load(rows, organisations);
        var one = at("first-one");
        assertThat(one.status()).isEqualTo(PartnerStatus.ACTIVE);
        assertThat(one.memberSince()).isEqualTo(SINCE);
        assertThat(at("first-two").status()).isEqualTo(PartnerStatus.PROSPECT);

        management.suspend(one.id(), "For a test", Actor.system());
        var suspended = at("first-one").version();
        consortium.load(rows, organisations);
        assertThat(at("first-one").version()).isEqualTo(suspended);
        assertThat(at("first-one").status()).isEqualTo(PartnerStatus.SUSPENDED);
        assertThat(asked.<String>data(Actor.anonymous(), "{ consortium { name } }", Map.of(), "consortium", "name"))
                .isEqualTo("Ein Konsortium");
    }

    @Test
    void aLoadThatWasCutOffIsMadeUpForByTheNext() {
        management.recordProspect(
                new PartnerDraft(
                        new PartnerAlias("cut-off"),
                        LocalizedText.of(Map.of("en", "Partner cut-off")),
                        null,
                        PartnerKind.COMPANY,
                        Set.of(),
                        List.of(),
                        null,
                        null),
                Actor.system());
        consortium.load(
                rows(row("cut-off", SINCE)),
                Map.of(new PartnerAlias("cut-off"), new OrganisationId("organisation-cut")));
        assertThat(at("cut-off").status()).isEqualTo(PartnerStatus.ACTIVE);
    }

    @Test
    void aMemberWithoutItsOrganisationIsSaidToLackIt() {
        assertThatThrownBy(() -> consortium.load(rows(row("lacking", SINCE)), Map.of()))
                .isInstanceOfSatisfying(RuleViolation.class, refused -> {
                    assertThat(refused.violations().getFirst().rule()).isEqualTo("organisation.missing");
                    assertThat(refused.violations().getFirst().path()).containsExactly("lacking");
                });
    }
}
