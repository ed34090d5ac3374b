package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.projects.model.OwnReference;
import de.smartcity.consortium.projects.model.OwnReferencesId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/** What tests of own references do and compare; to be imported. */
final class OwnReferencesSteps {

    private static final String SET = """
            mutation ($input: SetOwnReferencesInput!) { setOwnReferences(input: $input) {
              ownReferences { id version project { id } references { system key } } userErrors { code rule path currentVersion } } }""";

    private final Asked asked;
    private final MongoOperations mongo;

    OwnReferencesSteps(Asked asked, MongoOperations mongo) {
        this.asked = asked;
        this.mongo = mongo;
    }

    static Actor editor(Partner partner) {
        return Callers.of(partner, Role.EDITOR);
    }

    /** Another account of the partner. */
    static Actor account(Actor.Kind kind, boolean office, Partner partner, Role... roles) {
        return account(kind, office, partner, partner.status(), roles);
    }

    /** An account of the partner as if it were in this status. */
    static Actor account(Actor.Kind kind, boolean office, Partner partner, PartnerStatus status, Role... roles) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()), partner.id(), partner.alias(), status, Set.of(roles));
        return Actor.acting(
                kind,
                new AccountId(kind + "-of-" + partner.alias().value()),
                office,
                organisation,
                List.of(organisation));
    }

    static String globalId(Partner partner, ProjectId project) {
        return new GlobalId(
                        "OwnReferences",
                        OwnReferencesId.of(partner.id(), project).value())
                .text();
    }

    static OwnReference reference(String system, String key) {
        return new OwnReference(system, key);
    }

    static Map<String, Object> input(ProjectId project, long version, OwnReference... references) {
        return Map.of(
                "projectId",
                GivenProjects.globalId(project),
                "expectedVersion",
                version,
                "references",
                Arrays.stream(references)
                        .map(each -> Map.of("system", each.system(), "key", each.key()))
                        .toList());
    }

    Map<String, Object> answer(Actor actor, Map<String, Object> input) {
        return answer(actor, new IdempotencyKey(List.of()), input);
    }

    Map<String, Object> answer(Actor actor, IdempotencyKey key, Map<String, Object> input) {
        return asked.ask(actor, key, SET, Map.of("input", input));
    }

    /** Replaces what the partner notes, whatever that is now. */
    Map<String, Object> set(Partner partner, ProjectId project, OwnReference... references) {
        var answer = answer(editor(partner), input(project, version(partner, project), references));
        assertThat(payload(answer)).containsEntry("userErrors", List.of());
        return answer;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> payload(Map<String, Object> answer) {
        assertThat(answer).doesNotContainKey("errors");
        return (Map<String, Object>) Objects.requireNonNull(
                ((Map<String, Object>) Objects.requireNonNull(answer.get("data"))).get("setOwnReferences"));
    }

    /** The rules that were broken, each with its path in the input. */
    @SuppressWarnings("unchecked")
    static List<String> rules(Map<String, Object> answer) {
        var errors = (List<Map<String, Object>>)
                Objects.requireNonNull(payload(answer).get("userErrors"));
        return errors.stream()
                .map(error -> error.get("rule") + " "
                        + ((List<?>) Objects.requireNonNull(error.get("path")))
                                .stream().skip(1).map(String::valueOf).collect(Collectors.joining("/")))
                .toList();
    }

    /** The stored version, 0 if nothing is stored. */
    int version(Partner partner, ProjectId project) {
        var stored = stored(partner, project);
        return stored == null ? 0 : Math.toIntExact(Objects.requireNonNull(stored.getLong("version")));
    }

    /** What is stored but for the outbox, which the relay empties; null if nothing is. */
    @Nullable
    Document stored(Partner partner, ProjectId project) {
        var stored = mongo.getCollection("ownReferences")
                .find(Filters.eq(
                        "_id", OwnReferencesId.of(partner.id(), project).value()))
                .limit(1)
                .first();
        if (stored != null) {
            stored.remove("outbox");
        }
        return stored;
    }

    /** What an actor sees at the project that its organisation notes. */
    @Nullable
    Map<String, Object> shown(Actor actor, ProjectId project, String selection) {
        return asked.<@Nullable Map<String, Object>>data(
                actor,
                "query ($id: ID!) { node(id: $id) { ... on JointProject { ownReferences { " + selection + " } } } }",
                Map.of("id", GivenProjects.globalId(project)),
                "node",
                "ownReferences");
    }

    /** What came of a change: made, the code of the error with its reason, or the payload. */
    static String outcome(Map<String, Object> answer) {
        if (answer.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
            var extensions = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) errors.getFirst()).get("extensions"));
            return extensions.get("reason") instanceof Map<?, ?> why
                    ? String.valueOf(why.get("code"))
                    : String.valueOf(extensions.get("code"));
        }
        var payload = payload(answer);
        return List.of().equals(payload.get("userErrors")) ? "made" : payload.toString();
    }
}
