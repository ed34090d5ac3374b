package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.PartnerImport;
import de.smartcity.consortium.partners.PartnerRow;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Each step is skipped if it is already done, so that the next start completes an interrupted import. */
class PartnerSetup implements PartnerImport {

    private final Partners partners;
    private final PartnerManagement management;
    private final PartnerRowMapper mapper;
    private final Clock clock;

    PartnerSetup(Partners partners, PartnerManagement management, PartnerRowMapper mapper, Clock clock) {
        this.partners = partners;
        this.management = management;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public void load(List<PartnerRow> rows, Map<PartnerAlias, OrganisationId> organisations) {
        var violations = new Violations();
        rows.forEach(row -> violations.at(row.alias(), () -> {
            add(row, organisations);
            return row;
        }));
        violations.throwIfAny();
    }

    private void add(PartnerRow row, Map<PartnerAlias, OrganisationId> organisations) {
        var change = Change.by(Actor.system(), clock.instant());
        var alias = PartnerAlias.parse(row.alias());
        var known = partners.findByAlias(alias).orElse(null);
        if (known == null && partners.existsByAliasBeforeDrop(alias)) {
            return; // The office gave it up.
        }
        var id = known == null
                ? management.recordProspect(violations -> mapper.draft(row, violations), change)
                : known.id();
        if (row.memberSince() == null) {
            return;
        }
        var status = known == null ? PartnerStatus.PROSPECT : known.status();
        if (known == null || known.organisation() == null) {
            var organisation = organisations.get(alias);
            if (organisation == null) {
                throw new RuleViolation(
                        "organisation.missing",
                        "A member has a Keycloak organisation: name it in the file of organisations.");
            }
            management.beginOnboarding(id, organisation, change);
            status = PartnerStatus.ONBOARDING;
        }
        if (status == PartnerStatus.ONBOARDING) {
            management.admit(id, row.memberSince(), change);
        }
    }
}
