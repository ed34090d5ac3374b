package de.smartcity.consortium.consortium.application;

import com.mongodb.client.MongoCollection;
import de.smartcity.consortium.consortium.ConsortiumImport;
import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.List;

/** Each step is skipped where it is already done, so that the next start completes an interrupted import. */
class ConsortiumSetup implements ConsortiumImport {

    private final MongoCollection<StoredConsortium> consortium;
    private final MongoCollection<StoredArea> areas;
    private final ConsortiumReading reading;
    private final ConsortiumRowMapper rows;

    ConsortiumSetup(RecordCollections collections, ConsortiumReading reading, ConsortiumRowMapper rows) {
        this.consortium = collections.of(ConsortiumReading.CONSORTIUM, StoredConsortium.class);
        this.areas = collections.of(ConsortiumReading.AREAS, StoredArea.class);
        this.reading = reading;
        this.rows = rows;
    }

    @Override
    public void load(ConsortiumRow row, List<AreaRow> areaRows) {
        var violations = new Violations();
        var languages = Languages.of(row.locales());
        var described = violations.at("consortium", () -> rows.consortium(row, languages));
        violations.at("goals", row.goals(), ConsortiumRowMapper::bounded);
        violations.at("awards", row.awards(), ConsortiumRowMapper::bounded);
        var bounded = violations.at("areas", areaRows, ConsortiumRowMapper::<AreaRow>bounded);
        var place = 0;
        for (var areaRow : bounded == null ? List.<AreaRow>of() : bounded) {
            place++;
            addArea(areaRow, place, languages, violations);
        }
        violations.throwIfAny();
        if (described != null && reading.find().isEmpty()) {
            consortium.insertOne(described);
            reading.clearCachedAbsence();
        }
    }

    private void addArea(AreaRow row, int place, Languages languages, Violations violations) {
        var area = violations.at(row.code(), () -> rows.area(row, place, languages));
        if (area != null && reading.findAreas(List.of(area.code())).isEmpty()) {
            areas.insertOne(area);
        }
    }
}
