package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceRows.ConceptRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Profiles through the schema, over a small vocabulary: NETWORKS with NETWORK_5G and FIBRE, LOGISTICS with PORTS and RAIL, DATA. */
@TestConfiguration
class CompetenceFixtures {

    /** @param given loads the areas first */
    @Bean
    Profiles profiles(VocabularyImport vocabulary, Given given, Asked asked) {
        vocabulary.load(new VocabularyRow(1, concepts()));
        return new Profiles(asked);
    }

    /** The first release. */
    static List<ConceptRow> concepts() {
        return List.of(
                concept("NETWORKS", null, "LIVING", "Networks", "Netze"),
                concept("NETWORK_5G", "NETWORKS", "LIVING", "5G networks", "5G-Netze"),
                concept("FIBRE", "NETWORKS", "LIVING", "Fibre", "Glasfaser"),
                concept("LOGISTICS", null, "MOBILITY", "Logistics", "Logistik"),
                concept("PORTS", "LOGISTICS", "MOBILITY", "Ports", "Häfen"),
                concept("RAIL", "LOGISTICS", "MOBILITY", "Rail freight", "Schienengüterverkehr"),
                concept("DATA", null, "EDUCATION", "Data", "Daten"));
    }

    static ConceptRow concept(String code, @Nullable String broader, String area, String en, String de) {
        return new ConceptRow(
                code,
                area,
                broader,
                1,
                null,
                null,
                Map.of("en", en, "de", de),
                Map.of("en", List.of(en + " and more")),
                null);
    }

    static ConceptRow deprecated(ConceptRow concept, int since, @Nullable String replacedBy) {
        return new ConceptRow(
                concept.code(),
                concept.area(),
                concept.broader(),
                concept.since(),
                since,
                replacedBy,
                concept.label(),
                concept.alternatives(),
                concept.mappings());
    }

    /** An entry as the schema takes it. */
    record Entry(Map<String, Object> input) {}

    /** Edits and publishes profiles as people of their partners do. */
    static final class Profiles {

        private static final String FIELDS = "{ profile { id version } userErrors { code rule path } }";

        private final Asked asked;

        Profiles(Asked asked) {
            this.asked = asked;
        }

        static Actor editor(Partner partner) {
            return Callers.of(partner, Role.EDITOR);
        }

        static Actor admin(Partner partner) {
            return Callers.of(partner, Role.PARTNER_ADMIN);
        }

        /** An entry without evidence, for the consortium. */
        static Entry entry(String competence, String level) {
            return entry(competence, level, "CONSORTIUM");
        }

        static Entry entry(String competence, String level, String visibility, Object... evidence) {
            return new Entry(Map.of(
                    "competence",
                    competence,
                    "claimedLevel",
                    level,
                    "visibility",
                    visibility,
                    "evidence",
                    List.of(evidence),
                    "description",
                    List.of(Map.of("locale", "en", "text", "What is done for " + competence))));
        }

        static Map<String, Object> publication(String date) {
            return Map.of("kind", "PUBLICATION", "doi", "10.1000/182", "date", date);
        }

        /** The version of the partner's profile, 0 if it has none. */
        int version(Partner partner) {
            var profile = asked.<@Nullable Map<String, Object>>data(
                    editor(partner),
                    "query ($id: ID!) { partner(id: $id) { competenceProfile { version } } }",
                    Map.of("id", Asked.globalId(partner)),
                    "partner",
                    "competenceProfile");
            return profile == null ? 0 : (int) Objects.requireNonNull(profile.get("version"));
        }

        /** Drafts a profile with these entries. */
        void draft(Partner partner, Entry... entries) {
            made(
                    editor(partner),
                    "editCompetenceProfile",
                    partner,
                    Map.of(
                            "entries",
                            List.of(entries).stream().map(Entry::input).toList()));
        }

        /** Publishes a profile with these entries. */
        void published(Partner partner, Entry... entries) {
            draft(partner, entries);
            publish(partner);
        }

        void publish(Partner partner) {
            made(admin(partner), "publishCompetenceProfile", partner, Map.of());
        }

        /** A change that is made. */
        void made(Actor actor, String verb, Partner partner, Map<String, ?> more) {
            assertThat(payload(answer(actor, verb, partner, more), verb))
                    .extracting("userErrors")
                    .isEqualTo(List.of());
        }

        /** The answer to a change of the profile as it is now. */
        Map<String, Object> answer(Actor actor, String verb, Partner partner, Map<String, ?> more) {
            var input = new HashMap<String, Object>(more);
            input.put("partnerId", Asked.globalId(partner));
            input.putIfAbsent("expectedVersion", version(partner));
            return asked.ask(actor, document(verb), Map.of("input", input));
        }

        static String document(String verb) {
            var type = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
            return "mutation ($input: " + type + "Input!) { " + verb + "(input: $input) " + FIELDS + " }";
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> payload(Map<String, Object> answer, String verb) {
            assertThat(answer).doesNotContainKey("errors");
            return (Map<String, Object>) Objects.requireNonNull(
                    ((Map<String, Object>) Objects.requireNonNull(answer.get("data"))).get(verb));
        }
    }
}
