package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed between saving a change and answering it; repeated with its key, the change has one effect and is answered. */
@OwnProcess
class KilledChangesTest {

    private static final String RECORD = """
            mutation ($alias: String!) { recordProspect(input: { alias: $alias, kind: OTHER,
              name: [{ locale: "en", text: "A prospect" }] }) { partner { id } userErrors { code rule } } }""";

    private final List<RepeatingClient> clients =
            List.of(new ContactClient("ude"), new ContactClient("ims"), new ContactClient("huawei"), new Prospects());

    @Test
    void aRepeatedChangeHasOneEffectAfterAKill(@TempDir Path folder) throws Exception {
        assertOneEffectAfterKills(folder, 1, 4);
    }

    @Test
    @Tag("long")
    void aRepeatedChangeHasOneEffectThroughManyKills(@TempDir Path folder) throws Exception {
        assertOneEffectAfterKills(folder, 15, 30);
    }

    /**
     * @param wanted kills between write and answer; others prove nothing
     * @param atMost all kills
     */
    private void assertOneEffectAfterKills(Path folder, int wanted, int atMost) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var client = MongoClients.create(database.uri())) {
            var stored = client.getDatabase(URI.create(database.uri()).getPath().substring(1));
            var random = new Random();
            var between = 0;
            for (var kills = 0; between < wanted; kills++) {
                assertThat(kills)
                        .as("kills, of which %s came between write and answer", between)
                        .isLessThan(atMost);
                try (var service = ServiceProcess.start(folder, database.uri(), Map.of())) {
                    service.awaitReady();
                    changeAndKill(service, random.nextInt(20, 60), random.nextInt(20));
                }
                if (clients.stream().anyMatch(each -> each.isMadeAndNotAnswered(stored))) {
                    between++;
                }
            }

            try (var service = ServiceProcess.start(folder, database.uri(), Map.of())) {
                service.awaitReady();
                for (var each : clients) {
                    each.change(service.api(), each::isPending);
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> stored.getCollection("partners").countDocuments(Filters.exists("outbox.events.0"))
                                == 0);
            }
            clients.forEach(each -> each.assertOneEffectForEachKey(stored));
        }
    }

    private void changeAndKill(ServiceProcess service, int answers, int milliseconds) throws Exception {
        var dead = new AtomicBoolean();
        var answered = new Semaphore(0);
        boolean enough;
        var api = service.api();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.forEach(client -> threads.submit(() -> {
                try {
                    client.change(api, () -> {
                        answered.release();
                        return !dead.get();
                    });
                } catch (UncheckedIOException killed) {
                    if (!dead.get()) {
                        client.unexpected().add(killed.toString());
                    }
                }
            }));
            enough = answered.tryAcquire(answers, 2, TimeUnit.MINUTES);
            Thread.sleep(milliseconds);
            dead.set(true);
            service.kill();
        }
        assertThat(enough).as("answered in time").isTrue();
    }

    /** Records prospects as the office. */
    private static final class Prospects implements RepeatingClient {

        private final List<String> unexpected = new ArrayList<>();
        private final Map<String, String> idsByAlias = new HashMap<>();
        private @Nullable String pending;

        @Override
        public void change(Api api, BooleanSupplier goOn) {
            var token = Api.token("office@consortium.sandbox");
            while (goOn.getAsBoolean()) {
                // The alias is the key, too.
                var alias = pending == null ? "p" + UUID.randomUUID().toString().substring(0, 13) : pending;
                pending = alias;
                var answer = api.ask(token, Map.of("Idempotency-Key", alias), RECORD, Map.of("alias", alias));
                if (answer.failed() || !answer.body().toString().contains("\"userErrors\":[]")) {
                    unexpected.add(answer.body().toString());
                }
                pending = null;
                idsByAlias.put(alias, answer.data("/recordProspect/partner/id").asString());
            }
        }

        @Override
        public boolean isPending() {
            return pending != null;
        }

        @Override
        public boolean isMadeAndNotAnswered(MongoDatabase stored) {
            return pending != null
                    && stored.getCollection("partners").countDocuments(Filters.eq("alias", pending)) == 1;
        }

        @Override
        public void assertOneEffectForEachKey(MongoDatabase stored) {
            assertThat(unexpected).isEmpty();
            assertThat(idsByAlias).isNotEmpty();
            var recorded = stored.getCollection("partners")
                    .find(Filters.in("alias", idsByAlias.keySet()))
                    .into(new ArrayList<>());
            assertThat(recorded).hasSameSizeAs(idsByAlias.entrySet());
            for (var prospect : recorded) {
                var events =
                        stored.getCollection("activity").countDocuments(Filters.eq("subject", prospect.get("_id")));
                assertThat(events).as(prospect.getString("alias")).isOne();
            }
        }

        @Override
        public List<String> unexpected() {
            return unexpected;
        }
    }
}
