package de.smartcity.consortium.consortium.graphql;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.application.ConsortiumReading;
import de.smartcity.consortium.consortium.application.StoredArea;
import de.smartcity.consortium.consortium.application.StoredConsortium;
import de.smartcity.consortium.consortium.application.StoredConsortium.Award;
import de.smartcity.consortium.consortium.application.StoredConsortium.ConsortiumContact;
import de.smartcity.consortium.consortium.application.StoredConsortium.Goal;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.RecordTypes;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.TypeTable;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The module's types, which are visible to everybody, and the loader of their references. */
@Configuration(proxyBeanMethods = false)
class ConsortiumTypes {

    @Bean
    TypeTable<StoredConsortium> consortiumTable() {
        return TypeTable.ofRecord(StoredConsortium.class, "Consortium")
                .key(StoredConsortium::id)
                .build();
    }

    @Bean
    RecordTypes consortiumRecords() {
        return RecordTypes.of(ConsortiumContact.class, Award.class).and(Goal.class, "ConsortiumGoal");
    }

    @Bean
    TypeTable<StoredArea> areaTable() {
        return TypeTable.ofRecord(StoredArea.class, "AreaOfActivity")
                .key(area -> area.code().value())
                .build();
    }

    @Bean
    Reference.Loader<AreaCode, StoredArea> areas(ConsortiumReading reading) {
        return (codes, arguments, actor, selection) -> reading.findAreas(codes);
    }

    @Bean
    NodeSource<String> consortiumNodes(ConsortiumReading reading) {
        return NodeSource.byText(
                "Consortium",
                id -> id,
                (ids, actor, selection) ->
                        reading.find().stream().collect(Collectors.toMap(StoredConsortium::id, found -> found)));
    }

    @Bean
    NodeSource<AreaCode> areaNodes(ConsortiumReading reading) {
        return NodeSource.byText(
                "AreaOfActivity", AreaCode::new, (codes, actor, selection) -> reading.findAreas(codes));
    }
}
