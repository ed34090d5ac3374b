package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.ConsortiumImport;
import de.smartcity.consortium.partners.ConsortiumRows;
import de.smartcity.consortium.partners.ConsortiumRows.AreaRow;
import de.smartcity.consortium.partners.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.partners.ConsortiumRows.PartnerRow;
import de.smartcity.consortium.partners.model.AreaOfActivity;
import de.smartcity.consortium.partners.model.Consortium;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;

/** Sets a consortium up from rows; each step is taken only where it has not been taken yet, so a start that was cut off is made up for by the next. */
class ConsortiumSetup implements ConsortiumImport {

    private final MongoOperations mongo;
    private final Partners partners;
    private final PartnerManagement management;
    private final ConsortiumReading reading;
    private final RowMapper rows;

    ConsortiumSetup(
            MongoOperations mongo,
            Partners partners,
            PartnerManagement management,
            ConsortiumReading reading,
            RowMapper rows) {
        this.mongo = mongo;
        this.partners = partners;
        this.management = management;
        this.reading = reading;
        this.rows = rows;
    }

    @Override
    public void load(ConsortiumRows described, Map<PartnerAlias, OrganisationId> organisations) {
        if (mongo.findById(Consortium.ONLY, Consortium.class) == null) {
            mongo.insert(consortium(described.consortium()));
            reading.forgetAbsence();
        }
        var place = 0;
        for (var row : described.areas()) {
            place++;
            addArea(row, place);
        }
        described
                .partners()
                .forEach(row -> RuleViolation.at(row.alias(), () -> {
                    addPartner(row, organisations);
                    return row;
                }));
    }

    private Consortium consortium(ConsortiumRow row) {
        return RuleViolation.at("consortium", () -> rows.consortium(row));
    }

    private void addArea(AreaRow row, int place) {
        var area = RuleViolation.at(row.code(), () -> rows.area(row, place));
        if (mongo.findById(area.code(), AreaOfActivity.class) == null) {
            mongo.insert(area);
        }
    }

    private void addPartner(PartnerRow row, Map<PartnerAlias, OrganisationId> organisations) {
        var actor = Actor.system();
        var alias = new PartnerAlias(row.alias());
        if (partners.findByAlias(alias).isEmpty()) {
            management.recordProspect(rows.draft(row), actor);
        }
        if (row.memberSince() == null) {
            return;
        }
        if (at(alias).organisation() == null) {
            var organisation = organisations.get(alias);
            if (organisation == null) {
                throw new RuleViolation(
                        "organisation.missing",
                        "A member has a Keycloak organisation: name it in the file of organisations.");
            }
            management.beginOnboarding(at(alias).id(), organisation, actor);
        }
        var partner = at(alias);
        if (partner.status() == PartnerStatus.ONBOARDING) {
            management.admit(partner.id(), row.memberSince(), actor);
        }
    }

    private Partner at(PartnerAlias alias) {
        return partners.findByAlias(alias).orElseThrow();
    }
}
