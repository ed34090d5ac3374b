package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ModuleTest
class ConcurrentEditorsTest {

    private static final String EDIT = """
            mutation ($id: ID!, $version: Int!, $text: String!) {
              editPartner(input: { partnerId: $id, expectedVersion: $version, summary: [{ locale: "en", text: $text }] }) {
                partner { version summary(locale: "en") } userErrors { code rule path currentVersion } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private Given given;

    @Test
    void oneOfTwoEditorsWithTheSameVersionGetsAConflictWithTheCurrentVersion() throws Exception {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var version = Objects.requireNonNull(partner.version());
        var answers = Asked.<Map<String, Object>>together(
                List.of(() -> edit(partner, version, "one"), () -> edit(partner, version, "two")));

        var now = given.now(partner.id());
        assertThat(now.version()).isEqualTo(version + 1);
        assertThat(answers.stream().map(answer -> answer.get("userErrors")))
                .containsExactlyInAnyOrder(
                        List.of(),
                        List.of(Map.of(
                                "code",
                                "CONFLICT",
                                "rule",
                                "version.stale",
                                "path",
                                List.of("input", "expectedVersion"),
                                "currentVersion",
                                version.intValue() + 1)));
        // The loser sees the current partner, with the winner's change.
        assertThat(answers.stream().map(answer -> answer.get("partner")).distinct())
                .singleElement()
                .isInstanceOfSatisfying(
                        Map.class, shown -> assertThat(shown.get("version")).isEqualTo(version.intValue() + 1));
    }

    @Test
    void fiftyEditorsWhoReadAgainAfterAConflictLoseNoUpdate() throws Exception {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var editors = IntStream.range(0, 50)
                .mapToObj(n -> (Callable<Map<String, Object>>) () -> append(partner, "<" + n + ">"))
                .toList();
        Asked.together(editors);

        var summary = Objects.requireNonNull(given.now(partner.id()).profile().summary())
                .in(List.of("en"), "en");
        IntStream.range(0, 50).forEach(n -> assertThat(summary).containsOnlyOnce("<" + n + ">"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(activity(partner).stream()
                                .filter("PARTNER_EDITED"::equals)
                                .count())
                        .isEqualTo(50));
    }

    @Test
    void changesThatOverwriteNothingNeedNoVersion() throws Exception {
        var partner = given.partner(PartnerStatus.ACTIVE);
        var admin = Callers.of(partner, Role.PARTNER_ADMIN);
        var add = """
                mutation ($id: ID!, $n: String!) { addPartnerContact(input: { partnerId: $id,
                  function: [{ locale: "en", text: $n }], email: "office@example.org" }) { userErrors { code rule } } }""";
        var answers = Asked.together(IntStream.range(0, 18)
                .mapToObj(n -> (Callable<Map<String, Object>>) () -> asked.data(
                        admin, add, Map.of("id", Asked.globalId(partner), "n", "Office " + n), "addPartnerContact"))
                .toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer).containsEntry("userErrors", List.of()));
        assertThat(given.now(partner.id()).contacts().stream()
                        .map(contact -> contact.function().in(List.of("en"), "en"))
                        .collect(Collectors.toSet()))
                .hasSize(20);
    }

    private Map<String, Object> append(Partner partner, String text) {
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var read = given.now(partner.id());
            var before = read.profile().summary() == null
                    ? ""
                    : read.profile().summary().in(List.of("en"), "en");
            var answer = edit(partner, Objects.requireNonNull(read.version()), before + text);
            if (List.of().equals(answer.get("userErrors"))) {
                return answer;
            }
        }
        throw new AssertionError("Never won");
    }

    private Map<String, Object> edit(Partner partner, long version, String text) {
        return asked.data(
                Callers.of(partner, Role.PARTNER_ADMIN),
                EDIT,
                Map.of("id", Asked.globalId(partner), "version", (int) version, "text", text),
                "editPartner");
    }

    private List<String> activity(Partner partner) {
        List<Map<String, String>> nodes = asked.data(
                Actor.system(),
                "query ($id: ID!) { partner(id: $id) { activity(first: 100) { nodes { type } } } }",
                Map.of("id", Asked.globalId(partner)),
                "partner",
                "activity",
                "nodes");
        return nodes.stream().map(node -> node.get("type")).toList();
    }
}
