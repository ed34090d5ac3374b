package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.endtoend.Api.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests about letters of the university and the Fraunhofer institute, as their people. */
final class LetterRequests {

    private static final String UNIVERSITY = "ude";
    private static final String INSTITUTE = "ims";

    /** All of an edition. */
    private static final String EDITION = """
             number state title titleTranslations { text } text { content } document { id sha256 url } annexes { id name } bindingLocale
             parties { partner { id } requirement legalEntity { name } signaturesRequired hiddenFields answer { state signatures { by { account
             name function } digest method mandate powerOfAttorney { id } document { id } reservation { body } } liftings { reference }
             declined { account comment } } since notice { by { account name function } reason on } until } termination { by { account name
             function } reason on } visibility publishText minimumMethod noticeDays accessionObjectionDays lapsesOn inForceOn endsOn
             inForceSince closedSince offeredAt digest canonicalForm hiddenFields""";

    /** A fragment with all of a letter; of its earlier editions what differs from the first and from the second one. */
    static final String EVERYTHING =
            " fragment everything on LetterOfIntent { id title titleTranslations { text } state initiator { id }"
                    + " parties { id } awaitingMyAnswer createdAt updatedAt version viewerCanEdit viewerCanOffer viewerCanWithdraw viewerCanAmend"
                    + " viewerCanSign viewerCanDecline viewerCanLiftReservation viewerCanLeave viewerCanTerminate"
                    + " viewerCanWithdrawNotice hiddenFields currentEdition {" + EDITION
                    + " } draft {" + EDITION
                    + " } editions { number title digest changesSince(edition: 1) { changes { field before after } }"
                    + " later: changesSince(edition: 2) { changes { field before after } } }"
                    + " activity(first: 5) { nodes { id type account } edges { cursor } pageInfo { hasNextPage } } }";

    private final Api api;

    LetterRequests(Api api) {
        this.api = api;
    }

    /** A letter and what is needed to answer it. */
    record Written(String id, int version, String digest) {}

    /**
     * A letter of the university and the institute in one of these states: draft, offered, reserved, withdrawn, inForce, ending; or joined, in force
     * and of the institute and the university.
     */
    Written written(String state) {
        return switch (state) {
            case "draft" -> drafted(UNIVERSITY, INSTITUTE);
            case "joined" -> inForce(INSTITUTE, UNIVERSITY);
            case "inForce" -> inForce(UNIVERSITY, INSTITUTE);
            case "ending" -> {
                var letter = inForce(UNIVERSITY, INSTITUTE);
                made(signatory(UNIVERSITY), "terminateLetter", input("terminateLetter", letter));
                yield letter;
            }
            case "reserved" -> {
                var offered = offered(UNIVERSITY, INSTITUTE);
                var input = new HashMap<>(input("signLetter", offered));
                input.put("reservation", Map.of("body", "The senate", "expectedBy", "2099-01-01"));
                made(signatory(UNIVERSITY), "signLetter", input);
                yield offered;
            }
            case "withdrawn" -> {
                var offered = offered(UNIVERSITY, INSTITUTE);
                made(signatory(UNIVERSITY), "withdrawOffer", input("withdrawOffer", offered));
                yield offered;
            }
            default -> offered(UNIVERSITY, INSTITUTE);
        };
    }

    private Written inForce(String initiator, String party) {
        var offered = offered(initiator, party);
        for (var partner : List.of(initiator, party)) {
            made(signatory(partner), "signLetter", input("signLetter", offered));
        }
        return offered;
    }

    private Written offered(String initiator, String party) {
        var drafted = drafted(initiator, party);
        return made(
                signatory(initiator),
                "offerLetter",
                Map.of("letterId", drafted.id(), "expectedVersion", drafted.version()));
    }

    private static String signatory(String alias) {
        return "signatory@" + alias + ".sandbox";
    }

    private Written drafted(String initiator, String party) {
        var parties = List.of(Map.of("partnerId", partner(party)));
        return made(
                "editor@" + initiator + ".sandbox",
                "draftLetter",
                Map.of(
                        "title",
                        List.of(Map.of("locale", "en", "text", "A letter for a test")),
                        "text",
                        List.of(Map.of("locale", "en", "text", "Nothing is agreed.")),
                        "parties",
                        parties,
                        "lapsesOn",
                        "2099-12-31"));
    }

    static Request letter(String id) {
        return Request.of("query ($id: ID!) { letter(id: $id) { title state } }", Map.of("id", id));
    }

    static Request everythingOf(String id) {
        return Request.of("query ($id: ID!) { letter(id: $id) { ...everything } }" + EVERYTHING, Map.of("id", id));
    }

    static Request verify(String id) {
        return Request.of(
                "query ($id: ID!) { verifyLetter(letterId: $id) { verified editions { number digest } } }",
                Map.of("id", id));
    }

    /**
     * A page of letters.
     *
     * @param arguments in GraphQL; they may have the variable value
     */
    static Request letters(String arguments, String value) {
        var field = "letters(" + arguments + ") { totalCount totalCountIsExact edges { cursor node { id } }"
                + " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        var type = arguments.contains("party: $value") ? "ID!" : "String!";
        return arguments.contains("$value")
                ? Request.of("query ($value: " + type + ") { " + field + " }", Map.of("value", value))
                : Request.of("{ " + field + " }", Map.of());
    }

    /** A change with the least input and more. */
    static Request change(String mutation, Written letter, Map<String, ?> more) {
        var input = new HashMap<>(input(mutation, letter));
        input.putAll(more);
        return PartnerRequests.mutation(mutation, input);
    }

    private String partner(String alias) {
        return api.ask("viewer@ude.sandbox", "{ partnerByAlias(alias: \"" + alias + "\") { id } }")
                .data("/partnerByAlias/id")
                .asString();
    }

    private Written made(String account, String mutation, Map<String, ?> input) {
        var answer = api.ask(Api.token(account), Map.of(), document(mutation), Map.of("input", input));
        var letter = answer.data("/" + mutation + "/letter");
        if (answer.failed() || !answer.data("/" + mutation + "/userErrors").isEmpty()) {
            throw new AssertionError(mutation + ": " + answer.body());
        }
        return new Written(
                letter.path("id").asString(),
                letter.path("version").asInt(0),
                letter.at("/currentEdition/digest").asString(""));
    }

    Answer change(Caller caller, String mutation, Written letter) {
        return api.ask(caller, document(mutation), Map.of("input", input(mutation, letter)));
    }

    static String document(String mutation) {
        return "mutation ($input: " + Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input!) { "
                + mutation
                + "(input: $input) { letter { id version currentEdition { digest } } userErrors { rule } } }";
    }

    /** The least input with which a change of a letter is accepted in its state. */
    static Map<String, Object> input(String mutation, Written letter) {
        if (mutation.equals("draftLetter")) {
            return Map.of("title", List.of(Map.of("locale", "en", "text", "A letter for a test")));
        }
        var input = new HashMap<String, Object>(Map.of("letterId", letter.id()));
        if (Set.of("editLetter", "deleteLetterDraft", "offerLetter").contains(mutation)) {
            input.put("expectedVersion", letter.version());
        }
        if (Set.of(
                        "withdrawOffer",
                        "signLetter",
                        "declineLetter",
                        "liftReservation",
                        "withdrawFromLetter",
                        "terminateLetter",
                        "withdrawNotice")
                .contains(mutation)) {
            input.put("digest", letter.digest());
        }
        switch (mutation) {
            case "editLetter" -> input.put("noticeDays", 7);
            case "signLetter" -> input.putAll(Map.of("locale", "en", "function", "Rector", "mandate", "STATUTORY"));
            case "declineLetter" -> input.put("comment", "For a test");
            case "liftReservation" ->
                input.putAll(Map.of("function", "Rector", "decidedOn", "2026-01-01", "reference", "1/26"));
            case "withdrawFromLetter", "terminateLetter" ->
                input.putAll(Map.of("function", "Rector", "reason", "For a test"));
            default -> {}
        }
        return input;
    }
}
