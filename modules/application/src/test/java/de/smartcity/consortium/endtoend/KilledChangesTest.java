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
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed between saving a change and answering it; repeated with its key, the change has one effect and is answered. */
class KilledChangesTest {

    private static final String ADD = """
            mutation ($id: ID!, $text: String!) { addPartnerContact(input: { partnerId: $id, email: "office@example.org",
              function: [{ locale: "en", text: $text }] }) { contact { id } userErrors { code rule } } }""";
    private static final String REMOVE = """
            mutation ($id: ID!, $contact: ID!) { removePartnerContact(input: { partnerId: $id, contactId: $contact }) {
              userErrors { code rule } } }""";

    private static final String RECORD = """
            mutation ($alias: String!) { recordProspect(input: { alias: $alias, kind: OTHER,
              name: [{ locale: "en", text: "A prospect" }] }) { partner { id } userErrors { code rule } } }""";

    private final List<Client> clients =
            List.of(new Contacts("ude"), new Contacts("ims"), new Contacts("huawei"), new Prospects());

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

    /** Makes changes, each with a key of its own, and repeats what was not answered. */
    private interface Client {

        void change(Api api, BooleanSupplier goOn);

        /** Whether a change was not answered. */
        boolean isPending();

        /** Whether a change that was not answered was made. */
        boolean isMadeAndNotAnswered(MongoDatabase stored);

        void assertOneEffectForEachKey(MongoDatabase stored);

        List<String> unexpected();
    }

    /** Records prospects as the office. */
    private static final class Prospects implements Client {

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

    /** Adds and removes a contact of one partner in turn. */
    private static final class Contacts implements Client {

        /** @param contact the contact that it removes; null if it adds one */
        private record Pending(String key, @Nullable String contact) {}

        private final String alias;
        private final List<String> unexpected = new ArrayList<>();
        private @Nullable Pending pending;
        private @Nullable String contact;
        private int added;
        private int removed;

        Contacts(String alias) {
            this.alias = alias;
        }

        @Override
        public void change(Api api, BooleanSupplier goOn) {
            var token = Api.token("admin@" + alias + ".sandbox");
            var id = api.ask(
                            token,
                            Map.of(),
                            "query ($a: String!) { partnerByAlias(alias: $a) { id } }",
                            Map.of("a", alias))
                    .data("/partnerByAlias/id")
                    .asString();
            while (goOn.getAsBoolean()) {
                var request = pending == null ? new Pending(UUID.randomUUID().toString(), contact) : pending;
                pending = request;
                var headers = Map.of("Idempotency-Key", request.key());
                var answer = request.contact() == null
                        ? api.ask(token, headers, ADD, Map.of("id", id, "text", request.key()))
                        : api.ask(token, headers, REMOVE, Map.of("id", id, "contact", request.contact()));
                if (answer.failed() || !answer.body().toString().contains("\"userErrors\":[]")) {
                    unexpected.add(answer.body().toString());
                }
                pending = null;
                if (request.contact() == null) {
                    added++;
                    contact = answer.data("/addPartnerContact/contact/id").asString();
                } else {
                    removed++;
                    contact = null;
                }
            }
        }

        @Override
        public boolean isPending() {
            return pending != null;
        }

        @Override
        public List<String> unexpected() {
            return unexpected;
        }

        @Override
        public boolean isMadeAndNotAnswered(MongoDatabase stored) {
            var request = pending;
            return request != null
                    && (request.contact() == null
                            ? contacts(stored).stream().anyMatch(each -> each.contains(request.key()))
                            : contacts(stored).isEmpty());
        }

        @Override
        public void assertOneEffectForEachKey(MongoDatabase stored) {
            assertThat(unexpected).as(alias).isEmpty();
            assertThat(added).as(alias).isPositive();
            assertThat(contacts(stored)).as(alias).hasSize(added - removed);
            assertThat(published(stored, "PARTNER_CONTACT_ADDED")).as(alias).isEqualTo(added);
            assertThat(published(stored, "PARTNER_CONTACT_REMOVED")).as(alias).isEqualTo(removed);
        }

        private Document partner(MongoDatabase stored) {
            return Objects.requireNonNull(stored.getCollection("partners")
                    .find(Filters.eq("alias", alias))
                    .limit(1)
                    .first());
        }

        private List<String> contacts(MongoDatabase stored) {
            return partner(stored).getList("contacts", Document.class).stream()
                    .map(Document::toJson)
                    .toList();
        }

        private long published(MongoDatabase stored, String type) {
            return stored
                    .getCollection("activity")
                    .find(Filters.eq("subject", partner(stored).get("_id")))
                    .into(new ArrayList<>())
                    .stream()
                    .filter(entry -> type.equals(entry.getString("type")))
                    .count();
        }
    }
}
