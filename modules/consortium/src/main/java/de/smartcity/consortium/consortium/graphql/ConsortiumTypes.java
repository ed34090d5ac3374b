package de.smartcity.consortium.consortium.graphql;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.application.ConsortiumReading;
import de.smartcity.consortium.consortium.application.StoredArea;
import de.smartcity.consortium.consortium.application.StoredConsortium;
import de.smartcity.consortium.consortium.application.StoredConsortium.Award;
import de.smartcity.consortium.consortium.application.StoredConsortium.ConsortiumContact;
import de.smartcity.consortium.consortium.application.StoredConsortium.Goal;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.TypeTable;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The types of this module, all of which everybody sees, and how they are referred to. */
@Configuration(proxyBeanMethods = false)
class ConsortiumTypes {

    @Bean
    TypeTable<StoredConsortium> consortiumTable() {
        return TypeTable.ofRecord(StoredConsortium.class, "Consortium")
                .key(StoredConsortium::id)
                .build();
    }

    @Bean
    TypeTable<Goal> goalTable() {
        return TypeTable.ofRecord(Goal.class, "ConsortiumGoal").build();
    }

    @Bean
    TypeTable<ConsortiumContact> consortiumContactTable() {
        return TypeTable.ofRecord(ConsortiumContact.class, "ConsortiumContact").build();
    }

    @Bean
    TypeTable<Award> awardTable() {
        return TypeTable.ofRecord(Award.class, "Award").build();
    }

    @Bean
    TypeTable<StoredArea> areaTable() {
        return TypeTable.ofRecord(StoredArea.class, "AreaOfActivity")
                .key(area -> area.code().value())
                .build();
    }

    /** Loads the areas that other objects refer to. */
    @Bean
    Reference.Loader<AreaCode, StoredArea> areas(ConsortiumReading reading) {
        return (codes, arguments, actor, selection) -> reading.findAreas(codes);
    }

    @Bean
    NodeSource<String> consortiumNodes(ConsortiumReading reading) {
        return new NodeSource<>(
                "Consortium",
                String.class,
                (ids, actor, selection) -> ids.contains(StoredConsortium.ONLY)
                        ? reading.find().stream().collect(Collectors.toMap(StoredConsortium::id, found -> found))
                        : Map.of());
    }

    @Bean
    NodeSource<String> areaNodes(ConsortiumReading reading) {
        return new NodeSource<>(
                "AreaOfActivity",
                String.class,
                (codes, actor, selection) ->
                        reading.findAreas(codes.stream().map(AreaCode::new).toList()).values().stream()
                                .collect(Collectors.toMap(area -> area.code().value(), area -> area)));
    }
}
