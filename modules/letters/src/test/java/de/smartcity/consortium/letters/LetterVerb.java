package de.smartcity.consortium.letters;

import de.smartcity.consortium.letters.model.LetterModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do with a letter.
 *
 * @param person by number
 * @param mark a text that no other verb has: the title, function, comment, reference or reason that it gives
 * @param digest the edition that it is about; empty where it is about none
 * @param version the version that it expects; of an offer and an edit
 * @param terms of a draft and an edit
 * @param annexes of an edit
 * @param document the PDF of an edit or a signature
 * @param powerOfAttorney of a signature
 */
public record LetterVerb(
        Kind kind,
        int person,
        String mark,
        String digest,
        int version,
        LetterModel.@Nullable Terms terms,
        List<String> annexes,
        @Nullable String document,
        @Nullable String powerOfAttorney) {

    /** The verbs, with the mutation that makes each and the event that it records. */
    public enum Kind {
        DRAFT("draftLetter", "LETTER_DRAFTED"),
        EDIT("editLetter", "LETTER_EDITED"),
        OFFER("offerLetter", "LETTER_OFFERED"),
        WITHDRAW("withdrawOffer", "LETTER_OFFER_WITHDRAWN"),
        AMEND("amendLetter", "LETTER_AMENDED"),
        SIGN("signLetter", "LETTER_SIGNED"),
        RESERVE("signLetter", "LETTER_SIGNED"),
        DECLINE("declineLetter", "LETTER_DECLINED"),
        LIFT("liftReservation", "LETTER_RESERVATION_LIFTED"),
        LEAVE("withdrawFromLetter", "LETTER_PARTY_LEAVING"),
        TERMINATE("terminateLetter", "LETTER_ENDING"),
        WITHDRAW_NOTICE("withdrawNotice", "LETTER_NOTICE_WITHDRAWN");

        private final String mutation;
        private final String event;

        Kind(String mutation, String event) {
            this.mutation = mutation;
            this.event = event;
        }

        public String mutation() {
            return mutation;
        }

        String event() {
            return event;
        }

        public boolean isSignature() {
            return this == SIGN || this == RESERVE;
        }

        boolean isNotice() {
            return this == LEAVE || this == TERMINATE || this == WITHDRAW_NOTICE;
        }
    }

    /** A party of letters. @param id its global id @param needed how many people sign for it */
    public record Party(String id, int needed) {}

    /** Somebody who acts for a party. @param partner by number @param account its id */
    public record Person(int partner, String account, boolean edits, boolean signs) {}

    LetterModel.Terms demandTerms() {
        return Objects.requireNonNull(terms);
    }

    LetterModel.Deed deed(int partner) {
        return new LetterModel.Deed(LetterModel.Deed.Kind.valueOf(kind.name()), partner, person);
    }

    /** With other files. */
    public LetterVerb attaching(List<String> otherAnnexes, @Nullable String otherDocument, @Nullable String proof) {
        return new LetterVerb(kind, person, mark, digest, version, terms, otherAnnexes, otherDocument, proof);
    }

    /** With other terms. */
    LetterVerb agreeing(LetterModel.Terms otherTerms) {
        return new LetterVerb(kind, person, mark, digest, version, otherTerms, annexes, document, powerOfAttorney);
    }

    /** The whole request as GraphQL. */
    public String request() {
        var mutation = kind.mutation();
        var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        return "mutation ($input: " + type + "!) { " + mutation
                + "(input: $input) { letter { id version editions { number digest state } } userErrors { code rule } } }";
    }

    /** Its input. @param letter the global id; of no use for a draft */
    public Map<String, @Nullable Object> input(String letter, List<Party> parties) {
        var input = new HashMap<String, @Nullable Object>();
        if (kind != Kind.DRAFT) {
            input.put("letterId", letter);
        }
        switch (kind) {
            case DRAFT, EDIT -> putTerms(input, parties);
            case OFFER -> input.put("expectedVersion", version);
            case AMEND -> {
                // Nothing but the letter.
            }
            case WITHDRAW, WITHDRAW_NOTICE -> input.put("digest", digest);
            case LEAVE, TERMINATE -> input.putAll(Map.of("digest", digest, "function", "Mayor", "reason", mark));
            case SIGN, RESERVE -> putSignature(input);
            case DECLINE -> input.putAll(Map.of("digest", digest, "comment", mark));
            case LIFT ->
                input.putAll(
                        Map.of("digest", digest, "function", "Mayor", "decidedOn", "2026-01-01", "reference", mark));
        }
        return input;
    }

    private void putTerms(Map<String, @Nullable Object> input, List<Party> parties) {
        var agreed = demandTerms();
        if (kind == Kind.EDIT) {
            input.put("expectedVersion", version);
        }
        input.put("title", List.of(Map.of("locale", "de", "text", mark)));
        input.put("text", List.of(Map.of("locale", "de", "text", "Text of " + mark)));
        input.put(
                "parties",
                agreed.parties().entrySet().stream()
                        .map(party -> Map.of(
                                "partnerId",
                                parties.get(party.getKey()).id(),
                                "requirement",
                                party.getValue().name()))
                        .toList());
        input.put("lapsesOn", agreed.lapses().toString());
        input.put("inForceOn", agreed.from() == null ? null : agreed.from().toString());
        input.put("endsOn", agreed.until() == null ? null : agreed.until().toString());
        input.put("noticeDays", agreed.notice());
        input.put("document", document);
        input.put("annexes", annexes);
    }

    private void putSignature(Map<String, @Nullable Object> input) {
        input.put("digest", digest);
        input.put("locale", "de");
        input.put("function", mark);
        input.put("method", document == null ? "IN_APP" : "QUALIFIED");
        input.put("mandate", powerOfAttorney == null ? "STATUTORY" : "POWER_OF_ATTORNEY");
        input.put("document", document);
        input.put("powerOfAttorney", powerOfAttorney);
        if (kind == Kind.RESERVE) {
            input.put("reservation", Map.of("body", mark, "expectedBy", "2099-12-31"));
        }
    }
}
