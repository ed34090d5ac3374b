package de.smartcity.consortium.endtoend;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Data as the service stored it before migrations existed: the Duisburg data after a few changes. One partner has every field and contacts,
 * one is suspended, one prospect was dropped.
 */
final class DataBeforeMigrations {

    /** The id of the event that waits in a partner's outbox. */
    static final UUID WAITING = UUID.fromString("019ab000-0000-7000-8000-000000000001");

    private DataBeforeMigrations() {}

    /** The alias of the partner whose summary has more search prefixes than are stored now. */
    static final String LONG_SUMMARY = "huawei";

    /**
     * Stores the data, and copies of its partners with their events under other ids and aliases.
     *
     * @return the partners as they were stored, by id
     */
    static Map<UUID, Document> store(MongoDatabase database, int copies) throws IOException {
        database.getCollection("consortium").insertMany(read("consortium"));
        database.getCollection("areas").insertMany(read("areas"));
        var partners = read("partners");
        var events = read("activity");
        var number = (long) events.size();
        for (var copy = 1; copy <= copies; copy++) {
            var ids = new HashMap<UUID, UUID>();
            for (var original : read("partners")) {
                var id = UUID.randomUUID();
                var originalId = original.get("_id", UUID.class);
                ids.put(originalId, id);
                // Audience and sort keys contain the id as text.
                var partner = Document.parse(original.toJson().replace(originalId.toString(), id.toString()));
                partner.put("_id", id);
                partner.put("alias", partner.getString("alias") + "-" + copy);
                partner.remove("organisation");
                partners.add(partner);
            }
            for (var event : read("activity")) {
                number++;
                events.add(event.append("_id", number)
                        .append("event", UUID.randomUUID())
                        .append("subject", ids.get(event.get("subject", UUID.class))));
            }
        }
        database.getCollection("activity").insertMany(events);
        // An event that was not published yet.
        partners.getFirst()
                .put(
                        "outbox",
                        new Document(
                                "events",
                                List.of(new Document("_id", WAITING)
                                        .append("type", "PartnerContactAdded")
                                        .append("at", Date.from(Instant.parse("2026-12-31T00:00:00Z")))
                                        .append("account", "office")
                                        .append("changed", List.of("contacts")))));
        partners.stream()
                .filter(partner -> partner.getString("alias").equals(LONG_SUMMARY))
                .forEach(DataBeforeMigrations::addLongSummary);
        database.getCollection("partners").insertMany(partners);
        var stored = new HashMap<UUID, Document>();
        partners.forEach(partner -> stored.put(partner.get("_id", UUID.class), partner));
        return stored;
    }

    private static void addLongSummary(Document partner) {
        var words = IntStream.range(0, 700).mapToObj(n -> "w" + n).toList();
        partner.put("summary", new Document("texts", new Document("en", String.join(" ", words))));
        var search = new ArrayList<>(partner.getList("search", String.class));
        search.add("w");
        search.addAll(words);
        partner.put("search", search);
    }

    static List<Document> read(String collection) throws IOException {
        var resource = "/data-before-migrations/" + collection + ".jsonl";
        try (var stream = Objects.requireNonNull(DataBeforeMigrations.class.getResourceAsStream(resource))) {
            return new ArrayList<>(new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Document::parse)
                    .toList());
        }
    }
}
