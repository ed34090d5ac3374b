package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Adds and removes a contact of one partner in turn. */
final class ContactClient implements RepeatingClient {

    private static final String ADD = """
            mutation ($id: ID!, $text: String!) { addPartnerContact(input: { partnerId: $id, email: "office@example.org",
              function: [{ locale: "en", text: $text }] }) { contact { id } userErrors { code rule } } }""";
    private static final String REMOVE = """
            mutation ($id: ID!, $contact: ID!) { removePartnerContact(input: { partnerId: $id, contactId: $contact }) {
              userErrors { code rule } } }""";

    /** @param contact the contact that it removes; null if it adds one */
    private record Pending(String key, @Nullable String contact) {}

    private final String alias;
    private final Predicate<Api.Answer> repeats;
    private final Consumer<Api.Answer> answered;
    private final List<String> unexpected = new CopyOnWriteArrayList<>();
    private volatile @Nullable Pending pending;
    private @Nullable String id;
    private @Nullable String contact;
    private int added;
    private int removed;

    /** Repeats nothing that was answered. */
    ContactClient(String alias) {
        this(alias, answer -> false, answer -> {});
    }

    /**
     * @param repeats whether it repeats a change that was answered so
     * @param answered called with each answer to a change
     */
    ContactClient(String alias, Predicate<Api.Answer> repeats, Consumer<Api.Answer> answered) {
        this.alias = alias;
        this.repeats = repeats;
        this.answered = answered;
    }

    @Override
    public void change(Api api, BooleanSupplier goOn) {
        var account = "admin@" + alias + ".sandbox";
        while (id == null) {
            var answer = api.ask(account, "{ partnerByAlias(alias: \"" + alias + "\") { id } }");
            if (!repeats.test(answer)) {
                id = answer.data("/partnerByAlias/id").asString();
            }
        }
        while (goOn.getAsBoolean()) {
            var request = pending == null ? new Pending(UUID.randomUUID().toString(), contact) : pending;
            pending = request;
            var token = Api.token(account);
            var headers = Map.of("Idempotency-Key", request.key());
            var answer = request.contact() == null
                    ? api.ask(token, headers, ADD, Map.of("id", id, "text", request.key()))
                    : api.ask(token, headers, REMOVE, Map.of("id", id, "contact", request.contact()));
            answered.accept(answer);
            if (repeats.test(answer)) {
                continue;
            }
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
