package de.smartcity.consortium.letters;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.application.LetterManagement;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.model.Partner;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Letters among partners, through the schema. */
@TestConfiguration
class LetterSetup {

    /** There is no Keycloak here; the whole service is tested with one. */
    @Bean
    AccountNames names() {
        return actor -> "Name of " + actor.account().orElseThrow().value();
    }

    @Bean
    Written written(Asked asked) {
        return new Written(asked);
    }

    @Bean
    LetterSteps steps(LetterManagement management, Letters letters) {
        return new LetterSteps(management, letters);
    }

    /** Makes letters and answers them. */
    static final class Written {

        private static final String LETTER =
                "letter { id version state currentEdition { digest state } draft { number } } userErrors { rule path code currentVersion }";

        private final Asked asked;

        Written(Asked asked) {
            this.asked = asked;
        }

        /** A person of a partner, by whose name accounts differ. */
        static Actor person(Partner partner, String name, Role... roles) {
            return account(Actor.Kind.PERSON, partner, partner.status(), name, roles);
        }

        static Actor account(Actor.Kind kind, Partner partner, PartnerStatus status, String name, Role... roles) {
            var organisation = new Organisation(
                    Objects.requireNonNull(partner.organisation()),
                    partner.id(),
                    partner.alias(),
                    status,
                    Set.of(roles));
            return Actor.acting(
                    kind,
                    new AccountId(name + "-of-" + partner.alias().value()),
                    false,
                    organisation,
                    List.of(organisation));
        }

        /** Has two people sign for a partner that was just made. */
        Partner signingJointly(Partner partner) {
            Map<String, Object> payload = asked.data(
                    Callers.office(),
                    "mutation ($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }",
                    Map.of(
                            "input",
                            Map.of(
                                    "partnerId",
                                    Asked.globalId(partner),
                                    "expectedVersion",
                                    Objects.requireNonNull(partner.version()).intValue(),
                                    "signaturesRequired",
                                    2)),
                    "editPartner");
            if (!List.of().equals(payload.get("userErrors"))) {
                throw new AssertionError(payload);
            }
            return partner;
        }

        static Actor editor(Partner partner) {
            return person(partner, "editor", Role.EDITOR);
        }

        static Actor signatory(Partner partner) {
            return person(partner, "signatory", Role.SIGNATORY);
        }

        /** Drafts a letter of the first partner with the others as required parties. */
        String draft(Map<String, ? extends @Nullable Object> more, Partner initiator, Partner... others) {
            var input = new HashMap<String, @Nullable Object>();
            input.put("title", List.of(text("de", "Absichtserklärung"), text("en", "Letter of intent")));
            input.put("text", List.of(text("de", "Wir arbeiten zusammen."), text("en", "We cooperate.")));
            input.put("bindingLocale", "de");
            input.put(
                    "lapsesOn",
                    LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(30).toString());
            input.put(
                    "parties",
                    Arrays.stream(others)
                            .map(partner -> Map.of("partnerId", Asked.globalId(partner)))
                            .toList());
            input.putAll(more);
            return id(made(editor(initiator), "draftLetter", input));
        }

        String draft(Partner initiator, Partner... others) {
            return draft(Map.of(), initiator, others);
        }

        static Map<String, String> text(String locale, String text) {
            return Map.of("locale", locale, "text", text);
        }

        /** Offers the draft and returns the digest. */
        String offer(String letter, Partner initiator) {
            var version = version(letter, initiator);
            return digest(
                    made(signatory(initiator), "offerLetter", Map.of("letterId", letter, "expectedVersion", version)));
        }

        Object version(String letter, Partner initiator) {
            return Objects.requireNonNull(asked.<Object>data(
                    editor(initiator),
                    "query($id: ID!) { letter(id: $id) { version } }",
                    Map.of("id", letter),
                    "letter",
                    "version"));
        }

        Map<String, Object> sign(String letter, String digest, Actor actor) {
            return made(actor, "signLetter", signature(letter, digest));
        }

        static Map<String, Object> signature(String letter, String digest) {
            return Map.of(
                    "letterId", letter,
                    "digest", digest,
                    "locale", "de",
                    "function", "Managing director",
                    "mandate", "STATUTORY");
        }

        static Map<String, Object> lifting(String letter, String digest) {
            return Map.of(
                    "letterId", letter,
                    "digest", digest,
                    "function", "Mayor",
                    "decidedOn", "2026-01-01",
                    "reference", "1/26");
        }

        static Map<String, Object> notice(String letter, String digest) {
            return Map.of(
                    "letterId", letter, "digest", digest, "function", "Mayor", "reason", "Our plans have changed.");
        }

        /** A letter in force. */
        String inForce(Map<String, ?> more, Partner initiator, Partner... others) {
            var letter = draft(more, initiator, others);
            var digest = offer(letter, initiator);
            var all = new ArrayList<>(List.of(others));
            all.add(initiator);
            all.forEach(partner -> sign(letter, digest, signatory(partner)));
            return letter;
        }

        /** The payload of a change that succeeds. */
        Map<String, Object> made(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
            var payload = payload(actor, mutation, input);
            if (!(payload.get("userErrors") instanceof List<?> errors) || !errors.isEmpty()) {
                throw new AssertionError(mutation + ": " + payload);
            }
            return payload;
        }

        /** The payload of a change. */
        Map<String, Object> payload(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
            return Objects.requireNonNull(asked.data(actor, document(mutation), Map.of("input", input), mutation));
        }

        /** The whole answer to a change. */
        Map<String, Object> answer(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
            return asked.ask(actor, document(mutation), Map.of("input", input));
        }

        private static String document(String mutation) {
            var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
            return "mutation($input: " + type + "!) { " + mutation + "(input: $input) { " + LETTER + " } }";
        }

        /** The rules that a change was refused for. */
        List<String> rules(Actor actor, String mutation, Map<String, ? extends @Nullable Object> input) {
            return ((List<?>) Objects.requireNonNull(
                            payload(actor, mutation, input).get("userErrors")))
                    .stream().map(error -> (Map<?, ?>) error).map(Written::rule).toList();
        }

        private static String rule(Map<?, ?> error) {
            var path = (List<?>) Objects.requireNonNull(error.get("path"));
            return error.get("rule") + " " + path.stream().map(String::valueOf).collect(Collectors.joining("."));
        }

        /** What a change came to: made, the rule that refused it, or an error's code. */
        static String outcome(Map<String, Object> answer) {
            if (answer.containsKey("errors")) {
                return Asked.code(answer);
            }
            var payload = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(answer.get("data")))
                    .values()
                    .iterator()
                    .next();
            var refusals = (List<?>) Objects.requireNonNull(payload.get("userErrors"));
            return refusals.isEmpty() ? "made" : String.valueOf(((Map<?, ?>) refusals.getFirst()).get("rule"));
        }

        static String id(Map<String, Object> payload) {
            return String.valueOf(letter(payload).get("id"));
        }

        static String digest(Map<String, Object> payload) {
            return String.valueOf(
                    ((Map<?, ?>) Objects.requireNonNull(letter(payload).get("currentEdition"))).get("digest"));
        }

        static Map<?, ?> letter(Map<String, Object> payload) {
            return (Map<?, ?>) Objects.requireNonNull(payload.get("letter"));
        }

        static LetterId letterId(String globalId) {
            return new LetterId(GlobalId.parse(globalId, "LetterOfIntent"));
        }
    }
}
