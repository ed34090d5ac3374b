package de.smartcity.consortium.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** 200 partners, every other one a member, with contacts and activity: the same in each run, loaded from files and through the API. */
final class SampleConsortium {

    /** The calling member. */
    static final String MEMBER = alias(0);

    private static final int PARTNERS = 200;
    private static final int CONTACTS = 2;
    private static final int PARTNER_BATCH_SIZE = 50;
    private static final Duration PUBLISH_TIMEOUT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new JsonMapper();
    private static final List<String> KINDS = List.of(
            "MUNICIPALITY",
            "PUBLIC_COMPANY",
            "COMPANY",
            "UNIVERSITY",
            "RESEARCH_INSTITUTE",
            "CHAMBER",
            "ASSOCIATION",
            "PUBLIC_AGENCY",
            "OTHER");
    private static final List<String> AREAS =
            List.of("E_GOVERNMENT", "BROADBAND_5G", "ECONOMY", "INFRASTRUCTURE", "EDUCATION", "MOBILITY", "LIVING");
    private static final List<String> PLACES =
            List.of("Duisburg", "Köln", "Gelsenkirchen", "Mülheim an der Ruhr", "Moers", "Düsseldorf", "Krefeld");
    private static final List<String> TRADES = List.of(
            "Verkehrsgesellschaft",
            "Wirtschaftsförderung",
            "Hafen & Logistik",
            "Entsorgung/Recycling",
            "Hochschule \"Niederrhein\"",
            "Wohnungsbau",
            "Stadtwerke",
            "Straßenbau",
            "Breitbandnetz",
            "Gründerzentrum",
            "Fördergesellschaft");

    private SampleConsortium() {}

    /**
     * Writes the files that the service loads at start-up.
     *
     * @param duisburg a folder with the files that describe the consortium and its areas
     * @param folder for the files, {@code organisations.properties} among them
     */
    static void write(Path duisburg, Path folder) {
        try {
            Files.createDirectories(folder);
            for (var file : List.of("consortium.yaml", "areas.yaml")) {
                Files.copy(duisburg.resolve(file), folder.resolve(file));
            }
            var partners = IntStream.range(0, PARTNERS)
                    .mapToObj(SampleConsortium::partner)
                    .toList();
            // JSON is valid YAML.
            Files.write(folder.resolve("partners.yaml"), JSON.writeValueAsBytes(partners));
            Files.writeString(
                    folder.resolve("organisations.properties"),
                    IntStream.range(0, PARTNERS)
                            .filter(SampleConsortium::isMember)
                            .mapToObj(number -> alias(number) + "=" + organisation(alias(number)) + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The Keycloak organisation of the member of this alias. */
    static String organisation(String alias) {
        return UUID.nameUUIDFromBytes(alias.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String alias(int number) {
        return "partner-%03d".formatted(number);
    }

    private static boolean isMember(int number) {
        return number % 2 == 0;
    }

    private static Map<String, Object> partner(int number) {
        // The steps are coprime, so that all combinations occur, in no particular order.
        var name = TRADES.get(number * 7 % TRADES.size()) + " " + PLACES.get(number % PLACES.size());
        var partner = new LinkedHashMap<String, Object>();
        partner.put("alias", alias(number));
        partner.put("kind", KINDS.get(number % KINDS.size()));
        partner.put(
                "name",
                Map.of("de", name + " " + (number + 1), "en", "Partner " + (number + 1) + " of the consortium"));
        partner.put("summary", Map.of("de", "Was " + name + " beiträgt", "en", "What it brings to the consortium"));
        partner.put(
                "areas",
                IntStream.range(0, 1 + number % 3)
                        .mapToObj(next -> AREAS.get((number + next * 2) % AREAS.size()))
                        .toList());
        if (isMember(number)) {
            partner.put("memberSince", LocalDate.of(2018, 7, 9).plusDays(number).toString());
        }
        return partner;
    }

    /** Adds contacts to each partner, and waits until all events are published. */
    static void addContacts(GraphQl service, String office) throws InterruptedException {
        for (var partner : partners(service, office, "id")) {
            for (var contact = 0; contact < CONTACTS; contact++) {
                addContact(service, office, partner.path("id").asString(), contact);
            }
        }
        var until = System.nanoTime() + PUBLISH_TIMEOUT.toNanos();
        var before = -1;
        for (var events = activityCount(service, office); events != before; events = activityCount(service, office)) {
            if (System.nanoTime() > until) {
                throw new BenchmarkFailure("The service still publishes events after a minute");
            }
            before = events;
            Thread.sleep(3_000);
        }
    }

    private static void addContact(GraphQl service, String office, String partner, int number)
            throws InterruptedException {
        var input = Map.of(
                "partnerId",
                partner,
                "function",
                List.of(
                        Map.of("locale", "de", "text", "Pressestelle " + number),
                        Map.of("locale", "en", "text", "Press office " + number)),
                "email",
                "press" + number + "@partner.example",
                "visibleToMembers",
                number == 0);
        var errors = service.data(
                        office,
                        "mutation ($input: AddPartnerContactInput!)"
                                + " { addPartnerContact(input: $input) { userErrors { message } } }",
                        Map.of("input", input))
                .path("addPartnerContact")
                .path("userErrors");
        if (!errors.isEmpty()) {
            throw new BenchmarkFailure("A contact was refused: " + errors);
        }
    }

    private static int activityCount(GraphQl service, String office) throws InterruptedException {
        return partners(service, office, "activity(first: 10) { nodes { id } }").stream()
                .mapToInt(partner -> partner.path("activity").path("nodes").size())
                .sum();
    }

    private static List<JsonNode> partners(GraphQl service, String office, String selected)
            throws InterruptedException {
        var partners = new ArrayList<JsonNode>();
        var variables = new LinkedHashMap<String, Object>();
        variables.put("first", PARTNER_BATCH_SIZE);
        var hasNextPage = true;
        while (hasNextPage) {
            var page = service.data(
                            office,
                            "query ($first: Int, $after: String) { partners(first: $first, after: $after)"
                                    + " { nodes { " + selected + " } pageInfo { hasNextPage endCursor } } }",
                            variables)
                    .path("partners");
            page.path("nodes").forEach(partners::add);
            hasNextPage = page.path("pageInfo").path("hasNextPage").asBoolean();
            if (hasNextPage) {
                variables.put("after", page.path("pageInfo").path("endCursor").asString());
            }
        }
        if (partners.size() != PARTNERS) {
            throw new BenchmarkFailure("The service has " + partners.size() + " partners instead of " + PARTNERS);
        }
        return partners;
    }
}
