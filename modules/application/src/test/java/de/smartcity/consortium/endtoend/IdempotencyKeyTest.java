package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Api.Answer;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The header Idempotency-Key. */
@EndToEnd
class IdempotencyKeyTest {

    private static final String PARTNER = "housing";
    private static final String ADMIN = "admin@housing.sandbox";
    private static final String CONTACT =
            "(input: { partnerId: $id, function: [{ locale: \"en\", text: \"Office\" }], email: \"office@example.org\" })"
                    + " { contact { id email } userErrors { rule } }";
    private static final String ADD = "mutation ($id: ID!) { addPartnerContact" + CONTACT + " }";

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @AfterEach
    void removeContacts() {
        world.partner(PARTNER)
                .contacts()
                .forEach(contact -> world.management()
                        .removeContact(
                                world.id(PARTNER),
                                violations -> contact.id(),
                                Change.by(Actor.system(), Instant.now())));
    }

    private Answer ask(String username, Map<String, String> headers, String document) {
        var id = new GlobalId("Partner", world.id(PARTNER).value()).text();
        return api.ask(Api.token(username), headers, document, Map.of("id", id));
    }

    private static Map<String, String> key(String key) {
        return Map.of("Idempotency-Key", key);
    }

    private int contacts() {
        return world.partner(PARTNER).contacts().size();
    }

    @Test
    void aRepeatedMutationHasOneEffectAndTheSameAnswer() {
        var key = key(UUID.randomUUID().toString());
        var first = ask(ADMIN, key, ADD);
        assertThat(first.failed()).as(first.body().toString()).isFalse();
        assertThat(first.data("/addPartnerContact/contact/email").asString()).isEqualTo("office@example.org");
        assertThat(ask(ADMIN, key, ADD).body()).isEqualTo(first.body());
        assertThat(contacts()).isEqualTo(1);

        var another = ask(ADMIN, key, ADD.replace("office@", "press@"));
        assertThat(another.code()).isEqualTo("BAD_REQUEST");
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void withoutTheHeaderEachMutationHasItsEffect() {
        assertThat(ask(ADMIN, Map.of(), ADD).body())
                .isNotEqualTo(ask(ADMIN, Map.of(), ADD).body());
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void theSameKeyOfAnotherAccountHasItsOwnEffect() {
        var key = key(UUID.randomUUID().toString());
        assertThat(ask(ADMIN, key, ADD).failed()).isFalse();
        assertThat(ask("office@consortium.sandbox", key, ADD).failed()).isFalse();
        assertThat(contacts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a key", "one, two"})
    void aMalformedKeyIsABadRequest(String key) {
        assertRefused(ask(ADMIN, key(key), ADD));
    }

    @Test
    void aKeyThatIsTooLongIsABadRequest() {
        assertRefused(ask(ADMIN, key("x".repeat(129)), ADD));
        assertThat(ask(ADMIN, key("x".repeat(128)), ADD).failed()).isFalse();
    }

    @Test
    void severalMutationFieldsWithAKeyAreABadRequest() {
        var both = "mutation ($id: ID!) { one: addPartnerContact%1$s two: addPartnerContact%1$s }".formatted(CONTACT);
        assertRefused(ask(ADMIN, key("key"), both));
        assertThat(ask(ADMIN, Map.of(), both).failed()).isFalse();
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void severalKeysAreABadRequest() throws IOException, InterruptedException {
        var body = "{\"query\":\"mutation { suspendPartner(input: { partnerId: \\\"%s\\\", reason: \\\"A reason\\\" })"
                        .formatted(new GlobalId("Partner", world.id(PARTNER).value()).text())
                + " { userErrors { rule } } }\"}";
        var request = HttpRequest.newBuilder(api.graphQl())
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Api.token("office@consortium.sandbox"))
                .header("Idempotency-Key", "one")
                .header("Idempotency-Key", "two")
                .POST(BodyPublishers.ofString(body))
                .build();
        var version = world.partner(PARTNER).version();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).body())
                    .contains("BAD_REQUEST", "Idempotency-Key")
                    .doesNotContain("\"data\"");
        }
        assertThat(world.partner(PARTNER).version()).isEqualTo(version);
    }

    @Test
    void aQueryIgnoresTheHeader() {
        for (var key : List.of("key", "", "a key")) {
            var answer = ask(
                    ADMIN, key(key), "query ($id: ID!) { partner(id: $id) { name } again: partner(id: $id) { name } }");
            assertThat(answer.failed()).isFalse();
        }
    }

    private void assertRefused(Answer answer) {
        assertThat(answer.code()).as(answer.body().toString()).isEqualTo("BAD_REQUEST");
        assertThat(answer.body().at("/errors/0/message").asString()).contains("Idempotency-Key");
        assertThat(answer.body().has("data")).isFalse();
        assertThat(contacts()).isZero();
    }
}
