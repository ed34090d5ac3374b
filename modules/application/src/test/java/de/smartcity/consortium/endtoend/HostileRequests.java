package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.graphql.GlobalId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that try to stop, fill or slow down the service, without a token. Most are known attacks on GraphQL services, of the kinds for which
 * graphql-cop looks and against which GraphQL Armor protects; the others were effective against earlier versions of this one.
 */
final class HostileRequests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPENAMES = "{ # }";

    private final List<HostileRequest> all = new ArrayList<>();

    /** What becomes of a request. */
    enum Outcome {
        /** Answered with a GraphQL error, without a Mongo command. */
        REFUSED,
        /** Refused by the web server, before it is known that GraphQL is wanted. */
        NO_REQUEST,
        /** Executed; its cost is bounded. */
        ACCEPTED
    }

    /** @param bytes the whole HTTP request */
    record HostileRequest(String name, Outcome outcome, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<HostileRequest> all() {
        var requests = new HostileRequests();
        requests.documents();
        requests.literals();
        requests.variables();
        requests.costs();
        requests.introspection();
        requests.changes();
        requests.bodies();
        requests.headers();
        return List.copyOf(requests.all);
    }

    private void documents() {
        for (var count : List.of(51, 1_000, 5_000)) {
            refused(count + " aliases", query("{ " + repeated(count, "a#: __typename") + " }"));
        }
        refused("one field 1,001 times", query("{ " + repeated(1_001, "__typename") + " }"));
        refused("one field 7,000 times", query("{ " + repeated(7_000, "a") + " }"));
        refused("1,001 different fields", query("{ " + repeated(1_001, "f#") + " }"));
        refused("fields that overlap", query("{ " + repeated(900, "viewer { kind }") + " }"));
        refused(
                "fields that overlap with other arguments",
                query("{ " + repeated(600, "partner(id: #) { id }") + " }"));
        for (var count : List.of(101, 3_000)) {
            refused(count + " unknown directives", query("{ __typename " + repeated(count, "@d#") + " }"));
        }
        refused("one directive many times", query("{ __typename " + repeated(1_000, "@include(if: true)") + " }"));
        refused("directives on fragments", query("{ " + repeated(300, "... @skip(if: false) { __typename }") + " }"));
        refused("101 fragments", query("{ __typename } " + repeated(101, "fragment F# on Query { __typename }")));
        refused("unused fragments", query("{ __typename } " + repeated(90, "fragment F# on Query { __typename }")));
        for (var count : List.of(60, 1_500)) {
            refused("a chain of " + count + " fragments", query("{ ...F0 } " + chain(count)));
            refused("an unused chain of " + count + " fragments", query("{ __typename } " + chain(count)));
        }
        refused("a fragment that spreads itself", query("{ ...F } fragment F on Query { ...F }"));
        refused("90 fragments in a circle", query("{ ...F0 } " + chain(89).replace("{ __typename }", "{ ...F0 }")));
        refused("fragments that double", query("{ ...F0 } " + doubling(20)));
        refused("fragments that double 90 times", query("{ ...F0 } " + doubling(90)));
        refused("fragments on unknown types", query("{ " + repeated(90, "... on T# { a }") + " }"));
        for (var end : List.of("...Unknown", "...F0", "__typename")) {
            for (var kind : List.of("Query", "Mutation")) {
                refused(
                        "fragments on " + kind + " that double up to " + end,
                        query((kind.equals("Query") ? "" : "mutation ") + "{ ...F0 } "
                                + each(45, n -> "fragment F%d on %s { ...F%d ...F%d }".formatted(n, kind, n + 1, n + 1))
                                + " fragment F45 on " + kind + " { " + end + " }"));
                refused(
                        "fragments on " + kind + " that all spread each other, and " + end,
                        query((kind.equals("Query") ? "" : "mutation ") + "{ ...F0 } "
                                + each(
                                        25,
                                        n -> "fragment F%d on %s { %s %s }"
                                                .formatted(n, kind, repeated(25, "...F#"), end))));
            }
        }
        refused(
                "one large fragment in 60 operations",
                query(repeated(60, "query Q# { ...F }") + " fragment F on Query { "
                        + repeated(45, "a#: viewer { kind }") + " }"));
        refused("an alias of 97,000 characters", query("{ " + "x".repeat(97_000) + ": __typename }"));
        refused(
                "one fragment twice",
                query("{ ...F } fragment F on Query { __typename } fragment F on Query { __typename }"));
        for (var depth : List.of(16, 500, 3_900)) {
            refused(depth + " nested fields", query("{ a ".repeat(depth) + " }".repeat(depth)));
        }
        refused(
                "nested partners",
                query("{ partners { nodes { activity { nodes { partner " + "{ activity { nodes { partner ".repeat(6)
                        + "{ id }" + " } } }".repeat(6) + " } } } } }"));
        for (var depth : List.of(51, 1_000)) {
            refused(
                    depth + " nested inline fragments",
                    query("{ " + "... { ".repeat(depth) + "a" + " }".repeat(depth) + " }"));
        }
        refused("braces that are not closed", query("{a".repeat(4_000)));
        refused("braces that are not opened", query("}".repeat(7_000)));
        refused("8,001 tokens", query(TYPENAMES.replace("#", "a ".repeat(8_001))));
        refused("white space", query(TYPENAMES.replace("#", "a" + " ".repeat(300_000))));
        refused("line breaks", query(TYPENAMES.replace("#", "a" + "\n".repeat(300_000))));
        refused("commas", query(TYPENAMES.replace("#", "a" + ",".repeat(300_000))));
        refused("a comment", query(TYPENAMES.replace("#", "a #" + "x".repeat(300_000) + "\n")));
        refused("many comments", query("{ a " + "#x\n".repeat(30_000) + " }"));
        refused("a name", query(TYPENAMES.replace("#", "x".repeat(90_000))));
        refused("control characters", query("{ a \u0000\u0001\u0002 }"));
        refused("half a surrogate pair", query("{ node(id: \"\\uD83D\") { id } }"));
        refused("only a byte order mark", query("\uFEFF"));
        refused("1,000 operations", query(repeated(1_000, "query Q# { __typename }")));
        refused("one operation twice", query("query Q { __typename } query Q { __typename }"));
        refused("several operations, none named", query("query A { __typename } query B { __typename }"));
        refused("a type definition", query("type A { a: String }"));
        refused("101 variables", query("query (" + repeated(101, "$v#: Int") + ") { __typename }"));
        refused("unused variables", query("query (" + repeated(100, "$v#: Int") + ") { __typename }"));
        refused("an empty document", query(""));
        refused("a subscription", query("subscription { __typename }"));
    }

    private void literals() {
        refused("nested lists", query(node("[".repeat(500) + "]".repeat(500))));
        refused("nested objects", query(node("{a:".repeat(500) + "1" + "}".repeat(500))));
        refused("a text of 90,000 characters", query(node("\"" + "x".repeat(90_000) + "\"")));
        refused("a text of 9,000 characters", query(node("\"" + "x".repeat(9_000) + "\"")));
        refused("a block text", query(node("\"\"\"" + "\n x".repeat(9_000) + "\"\"\"")));
        refused("escapes", query(node("\"" + "\\u0041".repeat(9_000) + "\"")));
        refused("an escape beyond all characters", query(node("\"\\u{80000000}\"")));
        refused("an escape without digits", query(node("\"\\u{}\"")));
        refused("a number of 90,000 digits", query("{ partners(first: " + "9".repeat(90_000) + ") { totalCount } }"));
        refused("a number of 99 digits", query("{ partners(first: " + "9".repeat(99) + ") { totalCount } }"));
        refused("a number with a large exponent", query("{ partners(first: 1e999999999) { totalCount } }"));
        refused(
                "a number with an endless exponent",
                query("{ partners(first: 1e" + "9".repeat(50) + ") { totalCount } }"));
        refused("a list of 5,000", query("{ nodes(ids: [" + "1 ".repeat(5_000) + "]) { id } }"));
        refused("a list of 101", query("{ nodes(ids: [" + "1 ".repeat(101) + "]) { id } }"));
        refused(
                "an object with 2,000 fields",
                query("{ partners(filter: {" + repeated(2_000, "f#: 1") + "}) { totalCount } }"));
        refused(
                "a field 500 times in an object",
                query("{ partners(filter: {" + repeated(500, "text: \"a\"") + "}) { totalCount } }"));
        refused("500 arguments", query("{ partners(" + repeated(500, "a#: 1") + ") { totalCount } }"));
        refused("combining marks", query("{ partners(filter: {text: \"" + marks(20_000) + "\"}) { totalCount } }"));
        refused(
                "a long enum value",
                query("{ partners(filter: {kinds: [" + "X".repeat(50_000) + "]}) { totalCount } }"));
        refused("quotes and braces in a text", query(node("{a: \"it's 'x' Value{ \" }")));
    }

    private void variables() {
        var text =
                "query ($v: String) { a: partners(filter: {text: $v}) { totalCount } b: partners(filter: {text: $v}) { totalCount } }";
        variable("320 KB of combining marks", text, marks(160_000));
        variable("200,000 letters", text, "x".repeat(200_000));
        variable("201 letters", text, "x".repeat(201));
        variable("ligatures that expand", text, "\uFDFA".repeat(60_000));
        variable("a list for a text", text, List.of("a"));
        variable("an object for a text", text, Map.of("a", "b"));
        variable("a number for a text", text, 5);
        var locale = "query ($v: [String!]) { partners { nodes { " + repeated(12, "a#: name(locale: $v)") + " } } }";
        variable("a locale of 200,000 hyphens", locale, List.of("-".repeat(200_000)));
        variable("a locale of 36 hyphens", locale, List.of("-".repeat(36)));
        variable("11 locales", locale, Collections.nCopies(11, "de"));
        variable("5,000 locales", locale, Collections.nCopies(5_000, "de"));
        variable("a locale within lists", locale, List.of(List.of(List.of("de"))));
        var ids = "query ($v: [ID!]!) { nodes(ids: $v) { id } }";
        variable("101 ids", ids, Collections.nCopies(101, "x"));
        variable("9,000 ids", ids, Collections.nCopies(9_000, "x"));
        variable("ids of 4 KB", ids, Collections.nCopies(100, "x".repeat(4_000)));
        variable("ids that are objects", ids, List.of(Map.of("a", 1)));
        var id = "query ($v: ID!) { node(id: $v) { id } }";
        variable("an id of 480 KB", id, "x".repeat(480_000));
        variable("an id of 301 characters", id, "x".repeat(301));
        variable("no id", id, null);
        var alias = "query ($v: String!) { partnerByAlias(alias: $v) { id } }";
        variable("an alias of 100 KB", alias, "a-".repeat(50_000));
        var cursor = "query ($v: String) { partners(after: $v) { nodes { id } } }";
        variable("a cursor of 100 KB", cursor, "A".repeat(100_000));
        variable("a cursor of 301 characters", cursor, "A".repeat(301));
        var page = "query ($v: Int) { partners(first: $v) { nodes { id } } }";
        for (var size : List.of(-1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE, 4_000_000_000L, 1.5, "5", true)) {
            variable("a page of " + size, page, size);
        }
        var filter = "query ($v: PartnerFilter) { partners(filter: $v) { totalCount } }";
        variable("a filter that is a text", filter, "x");
        variable("a filter with 9,000 fields", filter, fields(9_000));
        variable("a filter with a field of 190 letters", filter, Map.of("x".repeat(190), 1));
        variable("101 kinds", filter, Map.of("kinds", Collections.nCopies(101, "COMPANY")));
        variable("a kind of 100 KB", filter, Map.of("kinds", List.of("X".repeat(100_000))));
        variable("101 areas", filter, Map.of("areas", Collections.nCopies(101, "MOBILITY")));
        variable("an area of 100 KB", filter, Map.of("areas", List.of("X".repeat(100_000))));
        variable(
                "an identifier of 100 KB",
                filter,
                Map.of("identifier", Map.of("type", "ROR", "value", "0".repeat(100_000))));
        variable("a filter within lists", filter, List.of(List.of()));
        refused(
                "another variable of 200 KB",
                body(Map.of("query", node("\"x\""), "variables", Map.of("other", "x".repeat(200_000)))));
        refused(
                "an operation name of 200 KB",
                body(Map.of("query", "{ __typename }", "operationName", "x".repeat(200_000))));
        refused("variables that are a list", body(Map.of("query", "{ __typename }", "variables", List.of(1))));
        refused("a query that is an object", body(Map.of("query", Map.of("a", 1))));
    }

    private void costs() {
        refused(
                "100 partners with 100 events",
                query(
                        "{ partners(first: 100) { nodes { activity(first: 100) { nodes { id at account changed } } } } }"));
        refused(
                "translations under 40 aliases",
                body(Map.of(
                        "query",
                        "query ($v: [ID!]!) { nodes(ids: $v) { ... on Partner { "
                                + repeated(40, "a#: summaryTranslations { locale text }") + " } } }",
                        "variables",
                        Map.of("v", Collections.nCopies(100, "x")))));
        refused(
                "a page of a page below a page",
                query("{ partners(first: 100) { nodes { contacts { functionTranslations { text } } "
                        + "activity(first: 100) { nodes { partner { nameTranslations { text } } } } } } }"));
        refused(
                "100 ids by default",
                query("query ($v: [ID!]! = [\"" + new GlobalId("Partner", new UUID(0, 1)).text() + "\" "
                        + repeated(99, "\"#\"") + "]) { nodes(ids: $v) { ... on Partner { "
                        + repeated(48, "a#: nameTranslations { locale text }") + " } } }"));
        refused(
                "101 ids by default",
                query("query ($v: [ID!]! = [" + repeated(101, "\"#\"") + "]) { nodes(ids: $v) { id } }"));
        refused(
                "a search for 9,000 characters by default",
                query("query ($v: String = \"" + marks(1_900) + "x".repeat(7_000)
                        + "\") { partners(filter: {text: $v}) { totalCount } }"));
        refused(
                "a default of null where a value is needed",
                query(
                        "query ($v: OrderDirection = null) { partners(orderBy: {field: NAME, direction: $v}) { totalCount } }"));
        refused(
                "defaults that repeat the beginning of a message",
                query("query (" + repeated(9, "$v#: Int = \"" + "argument 'x' with value '".repeat(380) + "\"") + ") { "
                        + repeated(9, "a#: partners(first: $v#) { totalCount }") + " }"));
        refused("first and last", query("{ partners(first: 1, last: 1) { nodes { id } } }"));
        refused("a literal page of 101", query("{ partners(first: 101) { nodes { id } } }"));
        refused(
                "a page below of -1",
                query("{ partners(first: 1) { nodes { activity(last: -1) { nodes { id } } } } }"));
        accepted("50 totals of one list", query("{ " + repeated(50, "a#: partners { totalCount }") + " }"));
        accepted(
                "50 totals of different lists",
                query("{ " + repeated(50, "a#: partners(filter: {text: \"a#\"}) { totalCount }") + " }"));
        accepted("50 equal lists", query("{ " + repeated(50, "a#: partners(first: 100) { nodes { id name } }") + " }"));
        accepted(
                "50 lists of different pages",
                query("{ "
                        + repeated(50, "a#: partners(first: 1#) { nodes { id name } }")
                                .replaceAll("first: 1(\\d)\\d", "first: $1")
                        + " }"));
        accepted(
                "the most fields of 100 partners",
                query("{ partners(first: 100) { nodes { " + repeated(33, "a#: nameTranslations { locale text }")
                        + " } } }"));
        accepted(
                "one id 100 times",
                query("{ nodes(ids: [" + ("\"" + new GlobalId("Partner", new UUID(0, 1)).text() + "\" ").repeat(100)
                        + "]) { id } }"));
        accepted(
                "50 searches for 10 letters",
                query("{ "
                        + repeated(
                                        50,
                                        "a#: partners(filter: {text: \"a b c d e f g h i j #\"}, first: 1) { nodes { id } }")
                                .replace(" j ", " ")
                        + " }"));
        accepted(
                "expanding searches",
                query("{ partners(filter: {text: \"" + "\uFDFA".repeat(2) + "\"}) { nodes { id } } }"));
    }

    private void introspection() {
        accepted(
                "introspection",
                query(
                        "{ __schema { types { name fields { name args { name type { name kind ofType { name } } } } } } }"));
        refused("the schema under 10 aliases", query("{ " + repeated(10, "a#: __schema { types { name } }") + " }"));
        refused("a type under 49 aliases", query("{ " + repeated(49, "a#: __type(name: \"Query\") { name }") + " }"));
        refused(
                "types of fields of types",
                query("{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } }"));
        refused(
                "a type with a name of 9,000 letters",
                query("{ __type(name: \"" + "x".repeat(9_000) + "\") { name } }"));
    }

    private void changes() {
        var drop = "dropProspect(input: {partnerId: \"x\"}) { userErrors { rule } }";
        refused("11 changes", query("mutation { " + repeated(11, "a#: " + drop) + " }"));
        refused(
                "11 changes in fragments",
                query("mutation { ...A ...B } fragment A on Mutation { " + repeated(6, "a#: " + drop)
                        + " } fragment B on Mutation { " + repeated(5, "b#: " + drop) + " }"));
        refused(
                "a change with 101 languages",
                body(Map.of(
                        "query",
                        "mutation ($v: EditPartnerInput!) { editPartner(input: $v) { partner { id } } }",
                        "variables",
                        Map.of(
                                "v",
                                Map.of(
                                        "partnerId",
                                        "x",
                                        "expectedVersion",
                                        1,
                                        "name",
                                        Collections.nCopies(101, Map.of("locale", "de", "text", "x")))))));
        refused(
                "a change with a language of 54,000 subtags",
                body(Map.of(
                        "query",
                        "mutation ($v: EditPartnerInput!) { editPartner(input: $v) { partner { id } } }",
                        "variables",
                        Map.of(
                                "v",
                                Map.of(
                                        "partnerId",
                                        "x",
                                        "expectedVersion",
                                        1,
                                        "name",
                                        List.of(Map.of("locale", "de" + "-x".repeat(54_000), "text", "x")))))));
        refused(
                "a change with a text of 300 KB",
                body(Map.of(
                        "query",
                        "mutation ($v: EditPartnerInput!) { editPartner(input: $v) { partner { id } } }",
                        "variables",
                        Map.of(
                                "v",
                                Map.of(
                                        "partnerId",
                                        "x",
                                        "expectedVersion",
                                        1,
                                        "summary",
                                        List.of(Map.of("locale", "de", "text", marks(150_000))))))));
        refused(
                "a change with a date of 100 KB",
                body(Map.of(
                        "query",
                        "mutation ($v: EditPartnerInput!) { editPartner(input: $v) { partner { id } } }",
                        "variables",
                        Map.of(
                                "v",
                                Map.of("partnerId", "x", "expectedVersion", 1, "memberSince", "2".repeat(100_000))))));
        refused(
                "a change with an impossible page in its answer",
                query("mutation { editPartner(input: {partnerId: \"x\", expectedVersion: 1})"
                        + " { partner { activity(first: 1000) { nodes { id } } } } }"));
        refused("a change without a token", query("mutation { " + drop + " }"));
    }

    private void bodies() {
        refused("a body of 600 KB", "{\"query\":\"{ __typename }" + " ".repeat(600_000) + "\"}");
        for (var json : List.of(
                "null",
                "5",
                "\"text\"",
                "true",
                "[]",
                "{}",
                "",
                "{",
                "{\"query\"",
                "not json",
                "{\"query\":null}",
                "{\"query\":[]}")) {
            refused("the body " + json, json);
        }
        refused("a batch", "[" + String.join(",", Collections.nCopies(1_000, "{\"query\":\"{ __typename }\"}")) + "]");
        refused(
                "JSON lists within each other",
                "{\"query\":\"{ __typename }\",\"variables\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000)
                        + "}}");
        refused(
                "JSON objects within each other",
                "{\"query\":\"{ __typename }\",\"variables\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)
                        + "}");
        refused(
                "250,000 JSON numbers",
                "{\"query\":\"{ __typename }\",\"variables\":{\"a\":[" + "1,".repeat(240_000) + "1]}}");
        refused(
                "150,000 JSON objects",
                "{\"query\":\"{ __typename }\",\"variables\":{\"a\":[" + "{},".repeat(150_000) + "1]}}");
        refused("a JSON name of 400 KB", "{\"query\":\"{ __typename }\",\"" + "x".repeat(400_000) + "\":1}");
        refused(
                "a JSON number of 400,000 digits",
                "{\"query\":\"{ __typename }\",\"variables\":{\"a\":" + "9".repeat(400_000) + "}}");
    }

    private void headers() {
        var good = query("{ __typename }");
        var change = query("mutation { dropProspect(input: {partnerId: \"x\"}) { userErrors { rule } } }");
        for (var method : List.of("GET", "PUT", "PATCH", "DELETE", "PROPFIND")) {
            request(method, Outcome.REFUSED, method, "/graphql", Map.of("Content-Type", "application/json"), change);
        }
        for (var type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "*/*",
                "application/*",
                "application/json; charset=utf-16",
                "application/json; charset=nowhere",
                "nonsense",
                "application/" + "x".repeat(2_000))) {
            request(
                    "Content-Type " + start(type),
                    Outcome.REFUSED,
                    "POST",
                    "/graphql",
                    Map.of("Content-Type", type),
                    good);
        }
        for (var type : List.of("*/*", "*", "application/*")) {
            var headers = Map.of("Content-Type", type, "Accept", "text/event-stream");
            request(
                    "Content-Type " + type + " at a path that is not there",
                    Outcome.REFUSED,
                    "POST",
                    "/a",
                    headers,
                    good);
            request(
                    "Content-Type " + type + " of a body that is too large",
                    Outcome.REFUSED,
                    "POST",
                    "/graphql",
                    headers,
                    query("x".repeat(600_000)));
        }
        request(
                "Content-Encoding gzip",
                Outcome.REFUSED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                good);
        request("no Content-Type", Outcome.REFUSED, "POST", "/graphql", Map.of(), good);
        for (var type : List.of(
                "text/event-stream",
                "text/html",
                "image/*",
                "a/b,".repeat(50) + "application/json",
                "application/json;q=0",
                "nonsense",
                "text/" + "x".repeat(2_000))) {
            request(
                    "Accept " + start(type),
                    Outcome.REFUSED,
                    "POST",
                    "/graphql",
                    Map.of("Content-Type", "application/json", "Accept", type),
                    change);
        }
        request(
                "a path with an escape",
                Outcome.REFUSED,
                "POST",
                "/%67raphql",
                Map.of("Content-Type", "application/json", "Accept", "text/event-stream"),
                change);
        for (var path : List.of(
                "/",
                "/graphql/",
                "/graphql/x",
                "/graphiql",
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/error")) {
            request(
                    "the path " + path,
                    Outcome.REFUSED,
                    "POST",
                    path,
                    Map.of("Content-Type", "application/json"),
                    good);
        }
        for (var path : List.of(
                "/graphql/../actuator/env",
                "//graphql",
                "/graphql;a=b",
                "/graphql%2f",
                "/%67raphql%00",
                "/actuator/..;/graphql")) {
            request(
                    "the path " + path,
                    Outcome.NO_REQUEST,
                    "POST",
                    path,
                    Map.of("Content-Type", "application/json"),
                    good);
        }
        for (var token : List.of(
                "",
                "x",
                "a.b.c",
                "x".repeat(6_000),
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJub25lIn0.e30.AA",
                ". . .",
                "a.b.c.d.e",
                "e30.e30.AA",
                "bnVsbA.bnVsbA.AA",
                "W10.W10.AA",
                "\u00e4.b.c")) {
            request(
                    "the token " + start(token),
                    Outcome.REFUSED,
                    "POST",
                    "/graphql",
                    Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token),
                    good);
        }
        request(
                "Basic credentials",
                Outcome.REFUSED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "Authorization", "Basic eDp5"),
                good);
        request(
                "an idempotency key of 5 KB",
                Outcome.REFUSED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "Idempotency-Key", "x".repeat(5_000)),
                change);
        request(
                "an empty idempotency key",
                Outcome.REFUSED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "Idempotency-Key", ""),
                change);
        request(
                "a header of 20 KB",
                Outcome.NO_REQUEST,
                "POST",
                "/graphql",
                Map.of("X-Acting-Organisation", "x".repeat(20_000)),
                good);
        request(
                "5,000 headers",
                Outcome.NO_REQUEST,
                "POST",
                "/graphql",
                IntStream.range(0, 5_000).boxed().collect(Collectors.toMap(n -> "X-" + n, n -> "x")),
                good);
        request(
                "languages of 7 KB",
                Outcome.ACCEPTED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "Accept-Language", "de,".repeat(2_300)),
                query("{ partners { nodes { name } } }"));
        request(
                "an organisation of 7 KB",
                Outcome.ACCEPTED,
                "POST",
                "/graphql",
                Map.of("Content-Type", "application/json", "X-Acting-Organisation", "x".repeat(7_000)),
                query("{ viewer { kind } }"));
    }

    private void variable(String name, String document, @Nullable Object value) {
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("v", value);
        refused(name, body(Map.of("query", document, "variables", variables)));
    }

    private void refused(String name, String body) {
        request(name, Outcome.REFUSED, "POST", "/graphql", Map.of("Content-Type", "application/json"), body);
    }

    private void accepted(String name, String body) {
        request(name, Outcome.ACCEPTED, "POST", "/graphql", Map.of("Content-Type", "application/json"), body);
    }

    private void request(
            String name, Outcome outcome, String method, String path, Map<String, String> headers, String body) {
        all.add(new HostileRequest(name, outcome, RawHttp.request(method, path, headers, body)));
    }

    private static String query(String document) {
        return body(Map.of("query", document));
    }

    private static String body(Map<String, ?> request) {
        return JSON.writeValueAsString(new LinkedHashMap<>(request));
    }

    private static String node(String id) {
        return "{ node(id: " + id + ") { id } }";
    }

    private static String start(String text) {
        return text.substring(0, Math.min(30, text.length()));
    }

    private static String repeated(int times, String text) {
        return each(times, n -> text.replace("#", String.valueOf(n)));
    }

    private static String each(int times, Function<Integer, String> text) {
        return IntStream.range(0, times).boxed().map(text).collect(Collectors.joining(" "));
    }

    private static Map<String, Object> fields(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(n -> "f" + n, n -> (Object) n));
    }

    private static String marks(int pairs) {
        return "a" + "\u0315\u0316".repeat(pairs / 2);
    }

    private static String chain(int count) {
        return each(count, n -> "fragment F%d on Query { ...F%d }".formatted(n, n + 1)) + " fragment F" + count
                + " on Query { __typename }";
    }

    private static String doubling(int count) {
        return each(count, n -> "fragment F%d on Query { ...F%d ...F%d }".formatted(n, n + 1, n + 1)) + " fragment F"
                + count + " on Query { __typename }";
    }
}
