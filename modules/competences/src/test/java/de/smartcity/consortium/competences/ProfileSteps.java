package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.competences.CompetenceFixtures.Entry;
import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.model.Partner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/** What tests of profiles do and compare, for partners in any status; to be imported. */
final class ProfileSteps {

    static final String PROFILES = "competenceProfiles";

    private final Asked asked;
    private final MongoOperations mongo;
    private final FileUploads uploads;

    ProfileSteps(Asked asked, MongoOperations mongo, FileUploads uploads) {
        this.asked = asked;
        this.mongo = mongo;
        this.uploads = uploads;
    }

    /** An account of this partner as if the partner were in this status. */
    static Actor account(Actor.Kind kind, Partner partner, PartnerStatus status, Role... roles) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()), partner.id(), partner.alias(), status, Set.of(roles));
        return Actor.acting(
                kind,
                new AccountId(kind + "-of-" + partner.alias().value()),
                false,
                organisation,
                List.of(organisation));
    }

    /** The profile's global id. */
    static String globalId(Partner partner) {
        return new GlobalId("CompetenceProfile", partner.id().value()).text();
    }

    /** A text as the schema takes it. */
    static List<Map<String, String>> text(String text) {
        return List.of(Map.of("locale", "en", "text", text));
    }

    /** An entry with a description of its own. */
    static Entry described(String competence, String level, String visibility, String description) {
        return with(Profiles.entry(competence, level, visibility), "description", text(description));
    }

    static Entry with(Entry entry, String field, Object value) {
        var input = new HashMap<>(entry.input());
        input.put(field, value);
        return new Entry(Map.copyOf(input));
    }

    static Map<String, Object> certificate(String from, String until) {
        return Map.of("kind", "CERTIFICATE", "issuer", "TÜV", "number", "1/26", "validFrom", from, "validUntil", until);
    }

    static Map<String, Object> certificate(String from, String until, FileView file) {
        var certificate = new HashMap<>(certificate(from, until));
        certificate.put("file", file.globalId());
        return certificate;
    }

    static Map<String, Object> entries(Entry... entries) {
        return Map.of("entries", List.of(entries).stream().map(Entry::input).toList());
    }

    /** The stored version, 0 if there is no profile; also for a partner whose people do not see it. */
    int version(Partner partner) {
        var stored = stored(partner);
        return stored == null ? 0 : Math.toIntExact(Objects.requireNonNull(stored.getLong("version")));
    }

    /** The stored profile but for its outbox, which the relay empties; null if there is none. */
    @Nullable
    Document stored(Partner partner) {
        var stored = mongo.getCollection(PROFILES)
                .find(Filters.eq("_id", partner.id().value()))
                .limit(1)
                .first();
        if (stored != null) {
            stored.remove("outbox");
        }
        return stored;
    }

    /** A change of the profile as it is stored now, unless a version is given. */
    Map<String, Object> answer(Actor actor, String verb, Partner partner, Map<String, ?> more) {
        var input = new HashMap<String, Object>(more);
        input.put("partnerId", Asked.globalId(partner));
        input.putIfAbsent("expectedVersion", version(partner));
        return asked.ask(actor, Profiles.document(verb), Map.of("input", input));
    }

    /** The rules that an edit by an editor breaks, each with its path in the input, sorted. */
    List<String> rules(Partner partner, Map<String, ?> edit) {
        return rules(Profiles.editor(partner), "editCompetenceProfile", partner, edit);
    }

    @SuppressWarnings("unchecked")
    List<String> rules(Actor actor, String verb, Partner partner, Map<String, ?> more) {
        var errors = (List<Map<String, Object>>) Objects.requireNonNull(
                Profiles.payload(answer(actor, verb, partner, more), verb).get("userErrors"));
        return errors.stream()
                .map(error -> error.get("rule") + " "
                        + ((List<?>) Objects.requireNonNull(error.get("path")))
                                .stream().skip(1).map(String::valueOf).collect(Collectors.joining("/")))
                .sorted()
                .toList();
    }

    /** What an actor sees of the partner's profile. */
    @Nullable
    Map<String, Object> shown(Actor actor, Partner partner, String selection) {
        return asked.<@Nullable Map<String, Object>>data(
                actor,
                "query ($id: ID!) { partner(id: $id) { competenceProfile { " + selection + " } } }",
                Map.of("id", Asked.globalId(partner)),
                "partner",
                "competenceProfile");
    }

    /** The codes of the published entries that an actor sees; null if it sees no profile. */
    @Nullable
    List<String> codes(Actor actor, Partner partner) {
        var shown = shown(actor, partner, "entries { competence { code } }");
        return shown == null
                ? null
                : ((List<?>) Objects.requireNonNull(shown.get("entries")))
                        .stream()
                                .map(entry -> String.valueOf(
                                        ((Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) entry).get("competence")))
                                                .get("code")))
                                .toList();
    }

    /** The names of the partners that an actor finds by a competence. */
    List<String> competent(Actor actor, String competence, String level) {
        List<Map<String, Map<String, String>>> nodes = asked.data(
                actor,
                "query ($code: String!, $level: CompetenceLevel!) { competentPartners(first: 100, competence: $code, minLevel: $level) { nodes { partner { name } } } }",
                Map.of("code", competence, "level", level),
                "competentPartners",
                "nodes");
        return nodes.stream()
                .map(node -> Objects.requireNonNull(
                        Objects.requireNonNull(node.get("partner")).get("name")))
                .toList();
    }

    FileView upload(Actor actor) {
        var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(
                new Upload("certificate.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), actor);
    }

    /** What came of a change, in a word: made, none for NOT_FOUND, or the refusal. */
    static String outcome(Map<String, Object> answer, String verb) {
        if (answer.get("errors") instanceof List<?> errors && !errors.isEmpty()) {
            var extensions = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) errors.getFirst()).get("extensions"));
            if (Objects.equals(extensions.get("code"), "NOT_FOUND")) {
                return "none";
            }
            var reason = String.valueOf(
                    extensions.get("reason") instanceof Map<?, ?> why ? why.get("code") : extensions.get("reason"));
            return switch (reason) {
                case "ROLE_MISSING" -> "ROLE";
                case "OTHER_ORGANISATION" -> "OTHER";
                case "PARTNER_STATUS" -> "STATUS";
                case "NOT_SIGNED_IN" -> "NOBODY";
                case "NO_ACTING_ORGANISATION" -> "NO_ORG";
                default -> extensions.toString();
            };
        }
        assertThat(answer.get("data")).isInstanceOf(Map.class);
        var payload = ((Map<?, ?>) Objects.requireNonNull(answer.get("data"))).get(verb);
        return payload instanceof Map<?, ?> made && List.of().equals(made.get("userErrors"))
                ? "made"
                : String.valueOf(payload);
    }
}
