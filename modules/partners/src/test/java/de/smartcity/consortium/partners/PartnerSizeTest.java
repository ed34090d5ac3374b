package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** However much is put into a partner, the office can still change its status, and what is too much can be removed. */
@ModuleTest
class PartnerSizeTest {

    private static final int BUDGET = 256 * 1024;
    private static final List<String> LANGUAGES = List.of("ar", "de", "en", "ja", "ko");

    /** Texts that are large as they are stored, or of which many large search prefixes are derived. */
    enum Hostile {
        /** Of four bytes each. */
        FOUR_BYTES(0x10400, 40),
        /** With compatibility forms of up to six characters, each of three bytes. */
        SQUARES(0x3300, 80),
        /** Which become three letters each. */
        SYLLABLES(0xAC01, 1_000),
        /** Which become four words each. */
        LIGATURES(0xFDFA, 1),
        LETTERS('a', 26);

        private final int first;
        private final int count;

        Hostile(int first, int count) {
            this.first = first;
            this.count = count;
        }

        /** So many characters, different for each seed. */
        String text(int length, int seed) {
            return IntStream.range(0, length)
                    .mapToObj(at -> Character.toString(character(at, seed)))
                    .collect(Collectors.joining());
        }

        /** Each word is derived twice if it has an umlaut. */
        private int character(int at, int seed) {
            return switch (at % 14) {
                case 0 -> 'ü';
                case 1 -> first + Math.floorMod(seed * 31 + at / 14, count);
                case 13 -> ' ';
                default -> first + Math.floorMod(seed + at, count);
            };
        }
    }

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private MongoOperations mongo;

    @ParameterizedTest
    @EnumSource
    void aPartnerWithAllThatItMayHaveKeepsToTheBudget(Hostile texts) {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        for (var n = partner.contacts().size(); n < 20; n++) {
            assertThat(mutate(admin, "addPartnerContact", contact(partner, texts, n)))
                    .isEmpty();
        }
        for (var contact : given.now(partner.id()).contacts()) {
            var input = contact(partner, texts, 20);
            input.put("contactId", globalId(contact.id().value()));
            input.put("expectedVersion", version(partner));
            assertThat(mutate(admin, "editPartnerContact", input)).isEmpty();
        }
        assertThat(edit(admin, partner, everything(texts))).isEmpty();
        assertThat(edit(Callers.office(), partner, Map.of("memberUntil", "2099-12-31")))
                .isEmpty();
        management.suspend(partner.id(), "🏙".repeat(500), now());
        management.reinstate(partner.id(), "🏙".repeat(500), now());

        assertThat(size(partner)).isBetween(50_000, BUDGET);
        assertThat(given.now(partner.id()).contacts()).hasSize(20);
    }

    private static Map<String, Object> contact(Partner partner, Hostile texts, int seed) {
        var input = new HashMap<String, Object>();
        input.put("partnerId", Asked.globalId(partner));
        input.put("function", inAllLanguages(texts, 100, seed));
        input.put("email", "市".repeat(64) + ("@" + ("市".repeat(62) + ".").repeat(2) + "市".repeat(63)));
        input.put("phone", "+4" + "()3".repeat(14));
        input.put("visibleToMembers", true);
        return input;
    }

    private static Map<String, Object> everything(Hostile texts) {
        return Map.of(
                "name",
                inAllLanguages(texts, 200, 1),
                "summary",
                inAllLanguages(texts, 2_000, 7),
                "areas",
                List.of("EDUCATION", "LIVING", "MOBILITY"),
                "identifiers",
                IntStream.range(0, 20)
                        .mapToObj(
                                n -> Map.of("type", "WIKIDATA", "value", "Q1234567890" + (10 + n), "preferred", n == 0))
                        .toList(),
                "website",
                "https://example.org/" + "市".repeat(1_980),
                "address",
                Map.of(
                        "lines",
                        IntStream.range(0, 4).mapToObj(n -> "🏙".repeat(200)).toList(),
                        "postalCode",
                        "🏙".repeat(20),
                        "city",
                        "🏙".repeat(100),
                        "country",
                        "DE",
                        "point",
                        Map.of("longitude", 6.7612345, "latitude", 51.4312345)));
    }

    private static List<Map<String, String>> inAllLanguages(Hostile texts, int length, int seed) {
        return LANGUAGES.stream()
                .map(tag -> Map.of("locale", tag, "text", texts.text(length - 1, seed + 1_000 * tag.hashCode()) + "."))
                .toList();
    }

    @Test
    void aPartnerOfAnEarlierVersionThatIsTooLargeIsSuspendedAndReinstatedAndBecomesSmaller() {
        var partner = oversized(PartnerStatus.ACTIVE);
        assertThat(size(partner)).isGreaterThan(1_000_000);
        management.suspend(partner.id(), "A reason", now());
        assertThat(given.now(partner.id()).status()).isEqualTo(PartnerStatus.SUSPENDED);
        management.reinstate(partner.id(), "Another reason", now());
        assertThat(given.now(partner.id()).status()).isEqualTo(PartnerStatus.ACTIVE);

        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        var before = given.now(partner.id());
        assertThat(edit(admin, partner, Map.of("website", "https://www.example.org/")))
                .containsExactly(Map.of("code", "INVALID", "rule", "document.large", "path", List.of("input")));
        assertThat(mutate(admin, "addPartnerContact", contact(partner, Hostile.LETTERS, 1)))
                .extracting(error -> error.get("rule"))
                .containsExactly("document.large");
        var after = given.now(partner.id());
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.profile()).isEqualTo(before.profile());
        assertThat(after.contacts()).isEqualTo(before.contacts());
        assertThat(after.outbox().events().stream().map(event -> event.type())).doesNotContain("PARTNER_EDITED");

        assertThat(edit(admin, partner, Map.of("summary", List.of(Map.of("locale", "de", "text", "Kurz")))))
                .isEmpty();
        assertThat(size(partner)).as("smaller, but still too large").isGreaterThan(BUDGET);
        for (var contact : after.contacts().subList(1, 19)) {
            var input = Map.of(
                    "partnerId",
                    Asked.globalId(partner),
                    "contactId",
                    globalId(contact.id().value()));
            assertThat(mutate(admin, "removePartnerContact", input)).isEmpty();
        }
        assertThat(size(partner)).isLessThan(BUDGET);
        assertThat(edit(admin, partner, Map.of("website", "https://www.example.org/")))
                .isEmpty();
    }

    @Test
    void aProspectOfAnEarlierVersionThatIsTooLargeIsAdmittedOrDropped() {
        var admitted = oversized(PartnerStatus.PROSPECT);
        management.beginOnboarding(admitted.id(), new OrganisationId("organisation"), now());
        management.admit(admitted.id(), LocalDate.of(2018, 7, 9), now());
        assertThat(given.now(admitted.id()).status()).isEqualTo(PartnerStatus.ACTIVE);
        assertThat(size(admitted)).isGreaterThan(BUDGET);

        var dropped = oversized(PartnerStatus.PROSPECT);
        management.dropProspect(dropped.id(), "A reason", now());
        assertThat(given.now(dropped.id()).droppedAt()).isNotNull();
    }

    /** With texts in fifty languages and all of their search prefixes, as versions before the budget stored it. */
    private Partner oversized(PartnerStatus status) {
        var partner = given.partner(status);
        var contacts = IntStream.range(0, 19)
                .mapToObj(n -> new Document("_id", UUID.randomUUID())
                        .append("function", inFiftyLanguages(100))
                        .append("email", "office@example.org")
                        .append("visibleToMembers", true))
                .toList();
        var search = IntStream.range(0, 20_000).mapToObj(n -> "prefix" + n).toList();
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", partner.id().value()),
                        Updates.combine(
                                Updates.set("profile.summary", inFiftyLanguages(2_000)),
                                Updates.set("contacts", contacts),
                                Updates.set("derived.search", search)));
        return given.now(partner.id());
    }

    private static Document inFiftyLanguages(int length) {
        var texts = new Document();
        IntStream.range(0, 50).forEach(n -> texts.put("de-x-" + n, "🏙".repeat(length)));
        return new Document("texts", texts);
    }

    private int size(Partner partner) {
        return Objects.requireNonNull(mongo.getCollection("partners")
                        .withDocumentClass(RawBsonDocument.class)
                        .find(Filters.eq("_id", partner.id().value()))
                        .projection(Projections.exclude("outbox", "keyedChanges"))
                        .first())
                .getByteBuffer()
                .remaining();
    }

    private List<Map<String, Object>> edit(
            Actor actor, Partner partner, Map<String, ? extends @Nullable Object> fields) {
        var input = new HashMap<String, @Nullable Object>(fields);
        input.put("partnerId", Asked.globalId(partner));
        input.put("expectedVersion", version(partner));
        return mutate(actor, "editPartner", input);
    }

    /** The user errors. */
    private List<Map<String, Object>> mutate(
            Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
        var type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1) + "Input";
        List<Map<String, Object>> errors = asked.data(
                actor,
                "mutation ($input: %s!) { %s(input: $input) { userErrors { code rule path } } }"
                        .formatted(type, mutation),
                Map.of("input", input),
                mutation,
                "userErrors");
        return new ArrayList<>(errors);
    }

    private int version(Partner partner) {
        return Objects.requireNonNull(given.now(partner.id()).version()).intValue();
    }

    private static String globalId(UUID contact) {
        return new GlobalId("Contact", contact).text();
    }

    private static Change now() {
        return Change.by(Actor.system(), Instant.now());
    }
}
