package de.smartcity.consortium.consortium.graphql;

import de.smartcity.consortium.consortium.application.ConsortiumReading;
import de.smartcity.consortium.consortium.application.StoredArea;
import de.smartcity.consortium.consortium.application.StoredConsortium;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ConsortiumController {

    private final ConsortiumReading reading;

    ConsortiumController(ConsortiumReading reading) {
        this.reading = reading;
    }

    @QueryMapping
    @Nullable
    StoredConsortium consortium() {
        return reading.find().orElse(null);
    }

    @QueryMapping
    List<StoredArea> areasOfActivity() {
        return reading.listAreas();
    }

    @SchemaMapping(typeName = "Consortium")
    List<StoredArea> areas() {
        return reading.listAreas();
    }
}
