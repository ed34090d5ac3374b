package de.smartcity.consortium.endtoend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GraphQL requests about competence profiles; ids are global ids. */
final class CompetenceRequests {

    private static final String ENTRIES =
            " entries { competence { code } claimedLevel evidencedLevel description visibility"
                    + " evidence { kind state issuer number validFrom validUntil file { id name url } doi url date } }"
                    + " availability { state until } contactFunction contactFunctionTranslations { text }";

    /** A fragment with all of a profile. */
    static final String EVERYTHING =
            " fragment everything on CompetenceProfile { id partner { id } publishedAt createdAt version"
                    + " updatedAt viewerCanEdit viewerCanPublish viewerCanDiscard hiddenFields" + ENTRIES
                    + " draft { editedAt" + ENTRIES
                    + " } activity(first: 5) { nodes { id type account changed } edges { cursor } pageInfo { hasNextPage } } }";

    private CompetenceRequests() {}

    static Request profileOf(String partner) {
        return Request.of(
                "query ($id: ID!) { partner(id: $id) { competenceProfile { ...everything } } }" + EVERYTHING,
                Map.of("id", partner));
    }

    /** A page of those who are competent. @param arguments more of them, in GraphQL; they may have the variable value */
    static Request competentPartners(String competence, String arguments, String value) {
        var field = "competentPartners(competence: $c" + arguments
                + ") { totalCount totalCountIsExact edges { cursor node { id } }"
                + " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        return arguments.contains("$value")
                ? Request.of(
                        "query ($c: String!, $value: String!) { " + field + " }",
                        Map.of("c", competence, "value", value))
                : Request.of("query ($c: String!) { " + field + " }", Map.of("c", competence));
    }

    /** Who covers a competence. @param exclude ids of partners */
    static Request coverage(String competence, List<String> exclude) {
        return Request.of(
                "query ($c: String!, $exclude: [ID!]) { coverage(needs: [{ competence: $c, level: KNOWS }], exclude: $exclude)"
                        + " { partners { partner { id } score missesMust availability { state } needs { covered best { kind score"
                        + " entry { claimedLevel evidencedLevel } } } } uncovered { level } teams { partners { id } } } }",
                Map.of("c", competence, "exclude", exclude));
    }

    /** An entry with a certificate, for which a file is given. */
    static Map<String, Object> entry(String competence, String visibility, List<String> files) {
        return Map.of(
                "competence",
                competence,
                "claimedLevel",
                "DELIVERS",
                "visibility",
                visibility,
                "description",
                List.of(Map.of("locale", "en", "text", "What is done for " + visibility)),
                "evidence",
                files.stream().map(CompetenceRequests::certificate).toList());
    }

    private static Map<String, Object> certificate(String file) {
        return Map.of("kind", "CERTIFICATE", "issuer", "An institute", "validFrom", "2026-01-01", "file", file);
    }

    /** A change of the profile of a partner. @param more than partner and version */
    static Request change(String mutation, String partner, int version, Map<String, ?> more) {
        var input = new HashMap<String, Object>(more);
        input.put("partnerId", partner);
        input.putIfAbsent("expectedVersion", version);
        return PartnerRequests.mutation(mutation, input);
    }
}
