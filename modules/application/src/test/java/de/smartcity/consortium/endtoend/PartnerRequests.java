package de.smartcity.consortium.endtoend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** GraphQL requests about partners; ids are global ids. */
final class PartnerRequests {

    static final String PARTNER = "query ($id: ID!) { partner(id: $id) { name } }";

    /** All of a partner but its activity. */
    static final String FIELDS = """
             id hiddenFields version updatedAt createdAt alias name nameTranslations { text } summary summaryTranslations { text } kind status
             statusReason areas { code } identifiers { value } website address { city } contacts { id email visibleToMembers } memberSince
             memberUntil viewerCanEdit viewerCanSuspend viewerCanReinstate viewerCanDrop""";

    /** A fragment with all of a partner. */
    static final String EVERYTHING = " fragment everything on Partner { " + FIELDS
            + " activity(first: 5) { nodes { id type reason changed details { field value } } edges { cursor } pageInfo { hasNextPage } } }";

    private PartnerRequests() {}

    static Request partner(String id) {
        return Request.of(PARTNER, Map.of("id", id));
    }

    static Request byAlias(String alias) {
        return Request.of("query ($alias: String!) { partnerByAlias(alias: $alias) { name } }", Map.of("alias", alias));
    }

    static Request node(String id) {
        return Request.of("query ($id: ID!) { node(id: $id) { __typename id } }", Map.of("id", id));
    }

    static Request nodes(List<String> ids) {
        return Request.of(
                "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Partner { name } } }",
                Map.of("ids", ids));
    }

    static Request partners(String arguments) {
        return partners(arguments, "");
    }

    /**
     * A page of partners.
     *
     * @param arguments in GraphQL; they may have the variable value
     */
    static Request partners(String arguments, String value) {
        return withValue(
                "partners(" + arguments + ") { totalCount totalCountIsExact edges { cursor node { id } }"
                        + " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }",
                value);
    }

    static Request activity(String id, String arguments) {
        return activity(id, arguments, "");
    }

    /** A page of a partner's activity, with arguments like those of {@link #partners}. */
    static Request activity(String id, String arguments, String value) {
        return withValue(
                "partner(id: \"" + id + "\") { activity(" + arguments + ") { nodes { id } edges { cursor } } }", value);
    }

    private static Request withValue(String field, String value) {
        return field.contains("$value")
                ? Request.of("query ($value: String!) { " + field + " }", Map.of("value", value))
                : Request.of("{ " + field + " }", Map.of());
    }

    /** An edit of the website and what else is given. */
    static Request edit(Target target, Map<String, ?> more) {
        var input = new HashMap<String, Object>();
        input.put("partnerId", target.partner());
        input.put("expectedVersion", target.version());
        input.put("website", "https://www.example.org/" + UUID.randomUUID());
        input.putAll(more);
        return mutation("editPartner", input);
    }

    static Request addContact(String partner, String email) {
        return mutation(
                "addPartnerContact",
                Map.of(
                        "partnerId",
                        partner,
                        "function",
                        List.of(Map.of("locale", "en", "text", "Press office")),
                        "email",
                        email));
    }

    static Request editContact(String partner, String contact, int version) {
        return mutation(
                "editPartnerContact",
                Map.of(
                        "partnerId",
                        partner,
                        "contactId",
                        contact,
                        "expectedVersion",
                        version,
                        "email",
                        "press-" + UUID.randomUUID() + "@example.org"));
    }

    static Request removeContact(String partner, String contact) {
        return mutation("removePartnerContact", Map.of("partnerId", partner, "contactId", contact));
    }

    static Request withReason(String mutation, Target target, String reason) {
        return mutation(mutation, Map.of("partnerId", target.partner(), "reason", reason));
    }

    static Request record(String alias) {
        return mutation(
                "recordProspect",
                Map.of("alias", alias, "name", List.of(Map.of("locale", "en", "text", "Zz another")), "kind", "OTHER"));
    }

    static Request mutation(String field, Map<String, ?> input) {
        var type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
        return Request.of(
                "mutation ($input: " + type + "!) { " + field
                        + "(input: $input) { userErrors { code rule message path currentVersion } } }",
                Map.of("input", input));
    }
}
