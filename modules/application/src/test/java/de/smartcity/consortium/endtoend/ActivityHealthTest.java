package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.endtoend.Deployment.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

@EndToEnd
class ActivityHealthTest {

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Autowired
    private MongoOperations mongo;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void healthShowsHowRelayHandlersAndJobsAreDoing() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var answer = health("background");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(
                            "\"relay\":{",
                            "\"setAside\":0",
                            "{\"name\":\"erase-reasons-of-dropped-prospects\",\"lagSeconds\":0.0,\"failures\":0}",
                            "{\"name\":\"erase-dropped-prospects\",\"runs\":");
        });
    }

    @Test
    void aDocumentThatWasSetAsideIsAnAlarmButTheServiceStaysReady() throws Exception {
        var partner = Filters.eq("_id", world.id("ims").value());
        mongo.getCollection("partners")
                .updateOne(partner, Updates.set("setAside", new Document("since", Date.from(Instant.now()))));
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> health("background").statusCode() == 503);
            assertThat(health("background").body()).contains("\"status\":\"DOWN\"", "\"setAside\":1");
            assertThat(health("readiness").statusCode()).isEqualTo(200);
        } finally {
            mongo.getCollection("partners").updateOne(partner, Updates.unset("setAside"));
        }
    }

    private HttpResponse<String> health(String group) throws IOException, InterruptedException {
        var url = URI.create(api.graphQl().toString().replace("/graphql", "/actuator/health/" + group));
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
}
