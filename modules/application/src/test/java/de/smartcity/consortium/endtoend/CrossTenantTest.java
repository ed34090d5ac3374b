package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.PartnerRequests.EVERYTHING;
import static de.smartcity.consortium.endtoend.PartnerRequests.FIELDS;
import static de.smartcity.consortium.endtoend.PartnerRequests.PARTNER;
import static de.smartcity.consortium.endtoend.PartnerRequests.activity;
import static de.smartcity.consortium.endtoend.PartnerRequests.addContact;
import static de.smartcity.consortium.endtoend.PartnerRequests.byAlias;
import static de.smartcity.consortium.endtoend.PartnerRequests.edit;
import static de.smartcity.consortium.endtoend.PartnerRequests.editContact;
import static de.smartcity.consortium.endtoend.PartnerRequests.mutation;
import static de.smartcity.consortium.endtoend.PartnerRequests.node;
import static de.smartcity.consortium.endtoend.PartnerRequests.nodes;
import static de.smartcity.consortium.endtoend.PartnerRequests.partner;
import static de.smartcity.consortium.endtoend.PartnerRequests.partners;
import static de.smartcity.consortium.endtoend.PartnerRequests.record;
import static de.smartcity.consortium.endtoend.PartnerRequests.removeContact;
import static de.smartcity.consortium.endtoend.PartnerRequests.withReason;
import static de.smartcity.consortium.endtoend.Party.LIAISON;
import static de.smartcity.consortium.endtoend.Party.MEMBER;
import static de.smartcity.consortium.endtoend.Party.NOBODY;
import static de.smartcity.consortium.endtoend.Party.OFFICE;
import static de.smartcity.consortium.endtoend.Party.ONBOARDING;
import static de.smartcity.consortium.endtoend.Party.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.Request.Reply;
import de.smartcity.consortium.endtoend.Tenants.Tenant;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.sandbox.RealmAdmin;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attempts of one organisation to read, count, time or change what is another's partner, as {@link Secrecy} tries them. Those on letters and files
 * are in {@link CrossTenantLettersTest}.
 *
 * <p>Expired tokens are in {@code KeycloakActorsTest}, since the deployment's clock is the real one. An account that has been removed from
 * its organisation acts until its token expires, after at most 300 seconds: decision 0011.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantTest {

    private static final String KEY = "Idempotency-Key";
    /** Those with different views of partners. */
    private static final List<Party> OBSERVERS = List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, LIAISON);

    private Tenants tenants;
    private Secrecy secrecy;
    private Tenant prospect;
    private Tenant onboarding;
    private Tenant active;
    private Tenant suspended;
    private Party agent;
    private List<Party> others;
    private ForgedTokens forged;
    private Function<String, String> issued;
    private Function<String, String> issuedForAnotherService;

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Autowired
    private MongoCommands commands;

    private static Party admin(Tenant tenant) {
        return Party.of("an admin of " + tenant.alias(), tenant.admin());
    }

    /** An attempt of all kinds of others, with the same request as control. */
    private Attempt<Target> attempt(String what, Tenant on, Function<Target, Request> request, Party control) {
        return attempt(what, on, others, request, control);
    }

    private static Attempt<Target> attempt(
            String what, Tenant on, List<Party> by, Function<Target, Request> request, Party control) {
        return Attempt.of(what, on::target, hidden -> Target.absent(), by, request, control);
    }

    @BeforeAll
    void makeTenants(@Autowired Environment environment) {
        var realm = RealmAdmin.ofSharedRealm();
        tenants = new Tenants(world, realm, environment.getRequiredProperty("spring.mongodb.uri"));
        secrecy = new Secrecy(api, commands, tenants);
        prospect = tenants.tenant(PartnerStatus.PROSPECT);
        onboarding = tenants.tenant(PartnerStatus.ONBOARDING);
        active = tenants.tenant(PartnerStatus.ACTIVE);
        suspended = tenants.tenant(PartnerStatus.SUSPENDED);

        var username = RealmAdmin.unique("agent") + "@test.sandbox";
        var account = realm.createAccount(username);
        onboarding.addAdmin(account);
        active.addAdmin(account);
        agent = Party.of("a member of both", username);
        for (var owner : List.of(admin(onboarding), agent.actingFor(onboarding.alias()))) {
            var target = onboarding.target();
            send(owner.sends(addContact(target.partner(), "press@example.org").with(KEY, target.key())));
        }
        var target = active.target();
        send(admin(active)
                .sends(addContact(target.partner(), "press@example.org").with(KEY, target.key())));

        others = tenants.outsiders(onboarding);
        forged = new ForgedTokens(
                Api.token("admin@huawei.sandbox"), TestKeycloak.shared().adminToken(), realm.keys());
        issued = issuedTo(realm, List.of("basic", "roles", "office", "consortium-api"));
        issuedForAnotherService = issuedTo(realm, List.of("basic", "roles", "office"));
    }

    /** Issues tokens of the kind of that name for an admin, by a client with these scopes. */
    private Function<String, String> issuedTo(RealmAdmin realm, List<String> scopes) {
        var client = RealmAdmin.unique("client");
        realm.createClient(client, scopes, List.of("organization"));
        return kind -> realm.issue(client, onboarding.admin(), "openid organization:*")
                .get(kind)
                .asString();
    }

    @AfterEach
    void removeFurtherPartners() {
        tenants.removeAllBut(Stream.of(prospect, onboarding, active, suspended)
                .map(Tenant::id)
                .toList());
    }

    @AfterAll
    void removeTenants() {
        tenants.close();
    }

    Stream<Attempt<Target>> attempts() {
        return Stream.of(
                        reading(),
                        changing(),
                        changingWithInvalidInput(),
                        partsOfVisiblePartners(),
                        otherSpellings(),
                        headers(),
                        tokens(),
                        keys(),
                        contactsOfOthers(),
                        cursors(),
                        unusualRequests())
                .flatMap(List::stream);
    }

    private List<Attempt<Target>> reading() {
        return List.of(
                attempt("partner", prospect, target -> partner(target.partner()), OFFICE),
                attempt("partnerByAlias", suspended, target -> byAlias(target.alias()), admin(suspended)),
                attempt("node", onboarding, target -> node(target.partner()), admin(onboarding)),
                attempt(
                        "nodes, beside one that the caller sees",
                        suspended,
                        target -> nodes(List.of(globalId("ude"), target.partner(), globalId("huawei"))),
                        admin(suspended)),
                attempt("node of a contact", prospect, target -> node(target.contact()), OFFICE),
                attempt("node of an event", onboarding, target -> node(target.event()), admin(onboarding)),
                attempt("node of its first event", suspended, target -> node(target.earliestEvent()), OFFICE),
                attempt(
                        "all fields of a partner",
                        onboarding,
                        target -> Request.of(
                                "query ($id: ID!) { partner(id: $id) { ...everything } }" + EVERYTHING,
                                Map.of("id", target.partner())),
                        admin(onboarding)),
                attempt(
                        "a partner's activity",
                        suspended,
                        target -> Request.of(
                                "query ($id: ID!) { partner(id: $id) { activity(last: 100) { nodes { id type account } } } }",
                                Map.of("id", target.partner())),
                        admin(suspended)),
                attempt(
                        "partners by a word",
                        suspended,
                        target -> partners("filter: { text: $value }", target.word()),
                        OFFICE),
                attempt(
                        "partners by an identifier",
                        prospect,
                        target -> partners(
                                "filter: { identifier: { type: WIKIDATA, value: $value } }", target.identifier()),
                        OFFICE),
                attempt(
                        "aliases in one request",
                        onboarding,
                        target -> Request.of(
                                "query ($own: ID!, $id: ID!) { own: partner(id: $own) { name } hidden: partner(id: $id) { name }"
                                        + " again: partner(id: $id) { ...everything } node(id: $id) { id } }"
                                        + EVERYTHING,
                                Map.of("own", globalId("huawei"), "id", target.partner())),
                        admin(onboarding)),
                attempt(
                        "a hundred ids guessed from a time",
                        suspended,
                        List.of(MEMBER, NOBODY, SUSPENDED),
                        target -> nodes(guesses(Target.uuid(target.partner()))),
                        OFFICE));
    }

    private List<Attempt<Target>> changing() {
        return List.of(
                attempt("editPartner", onboarding, target -> edit(target, Map.of()), admin(onboarding))
                        .changing(),
                attempt("editPartner of a suspended member", suspended, target -> edit(target, Map.of()), OFFICE)
                        .changing(),
                attempt(
                                "addPartnerContact",
                                onboarding,
                                target -> addContact(target.partner(), "press@example.org"),
                                admin(onboarding))
                        .changing(),
                attempt(
                                "editPartnerContact",
                                onboarding,
                                target -> editContact(target.partner(), target.contact(), target.version()),
                                admin(onboarding))
                        .changing(),
                attempt(
                                "removePartnerContact",
                                onboarding,
                                target -> removeContact(target.partner(), target.contact()),
                                admin(onboarding))
                        .changing(),
                attempt("dropProspect", prospect, target -> withReason("dropProspect", target, "A reason"), OFFICE)
                        .changing(),
                // The office learns that only a member can be suspended.
                attempt(
                        "suspendPartner",
                        onboarding,
                        target -> withReason("suspendPartner", target, "A reason"),
                        OFFICE),
                attempt(
                                "reinstatePartner",
                                suspended,
                                target -> withReason("reinstatePartner", target, "A reason"),
                                OFFICE)
                        .changing(),
                // The office learns that the alias is taken.
                attempt("recordProspect", suspended, target -> record(target.alias()), OFFICE));
    }

    private List<Attempt<Target>> changingWithInvalidInput() {
        return List.of(
                attempt(
                        "editPartner of an old version",
                        onboarding,
                        target -> edit(target, Map.of("expectedVersion", 0)),
                        admin(onboarding)),
                attempt(
                        "editPartner with an invalid website",
                        onboarding,
                        target -> edit(target, Map.of("website", "javascript:alert(1)")),
                        admin(onboarding)),
                attempt(
                        "editPartner of what only the office edits",
                        onboarding,
                        target -> edit(target, Map.of("memberSince", "2018-07-09")),
                        admin(onboarding)),
                attempt(
                        "addPartnerContact with an invalid address",
                        onboarding,
                        target -> addContact(target.partner(), "no address"),
                        admin(onboarding)),
                attempt(
                        "editPartnerContact with a malformed id",
                        onboarding,
                        target -> editContact(target.partner(), "nonsense", 0),
                        admin(onboarding)),
                attempt(
                        "removePartnerContact of a contact that does not exist",
                        onboarding,
                        target ->
                                removeContact(target.partner(), Target.absent().contact()),
                        admin(onboarding)),
                attempt(
                        "dropProspect of what is none",
                        suspended,
                        target -> withReason("dropProspect", target, "A reason"),
                        OFFICE),
                attempt(
                        "reinstatePartner without a reason",
                        suspended,
                        target -> withReason("reinstatePartner", target, " "),
                        OFFICE));
    }

    /** They see the partner, but not whether it has a contact, an event, a version or a key of a change. */
    private List<Attempt<Target>> partsOfVisiblePartners() {
        var id = idOf(active);
        return List.of(
                attempt("node of a member's contact", active, target -> node(target.contact()), admin(active)),
                attempt("node of a member's event", active, target -> node(target.event()), admin(active)),
                attempt(
                        "node of an event before it was a member",
                        active,
                        target -> node(target.earliestEvent()),
                        OFFICE),
                attempt(
                        "nodes of both, beside the member",
                        active,
                        target -> nodes(List.of(id, target.contact(), target.event(), target.earliestEvent())),
                        admin(active)),
                attempt(
                                "editPartner of a member",
                                active,
                                target -> mutation(
                                        "editPartner",
                                        Map.of(
                                                "partnerId",
                                                id,
                                                "expectedVersion",
                                                target.version(),
                                                "website",
                                                "https://www.example.org/" + target.version())),
                                admin(active))
                        .changing(),
                attempt(
                                "editPartnerContact of a member",
                                active,
                                target -> editContact(id, target.contact(), target.version()),
                                admin(active))
                        .changing(),
                attempt(
                                "removePartnerContact of a member",
                                active,
                                target -> removeContact(id, target.contact()),
                                admin(active))
                        .changing(),
                // Its own people learn that the key was used.
                attempt(
                        "addPartnerContact with a key of the member's people",
                        active,
                        target -> addContact(id, "other@example.org").with(KEY, target.key()),
                        admin(active)));
    }

    /** None of them is an id, so the controls use the canonical ones. */
    private List<Attempt<Target>> otherSpellings() {
        var spellings = new LinkedHashMap<String, Function<Target, String>>();
        spellings.put("in lower case", target -> target.partner().toLowerCase(Locale.ROOT));
        spellings.put("in upper case", target -> target.partner().toUpperCase(Locale.ROOT));
        spellings.put("with padding", target -> target.partner() + "=");
        spellings.put("between spaces", target -> " " + target.partner() + " ");
        spellings.put("with a line break", target -> target.partner() + "\n");
        spellings.put("with other unused bits", target -> withOtherUnusedBits(target.earliestEvent()));
        spellings.put("encoded twice", target -> encoded(target.partner()));
        spellings.put("as a UUID", target -> Target.uuid(target.partner()).toString());
        spellings.put("as an alias", Target::alias);
        spellings.put(
                "with a text for the UUID",
                target -> new GlobalId("Partner", Target.uuid(target.partner()).toString()).text());
        spellings.put("of the type in lower case", target -> Target.as("partner", target.partner()));
        spellings.put("of the type Query", target -> Target.as("Query", target.partner()));
        spellings.put("of the partner as a contact", target -> Target.as("Contact", target.partner()));
        spellings.put("of the partner as an event", target -> Target.as("Activity", target.partner()));
        spellings.put("of the contact as a partner", target -> Target.as("Partner", target.contact()));
        spellings.put("of the contact as an event", target -> Target.as("Activity", target.contact()));
        spellings.put("of the event as a partner", target -> Target.as("Partner", target.event()));
        var attempts = new ArrayList<Attempt<Target>>();
        spellings.forEach((how, spelling) -> attempts.add(attempt(
                        "the id " + how,
                        prospect,
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> Request.of(
                                "query ($id: ID!) { node(id: $id) { id } partner(id: $id) { name } nodes(ids: [$id]) { id } }",
                                Map.of("id", spelling.apply(target))),
                        OFFICE)
                .unlike(target -> OFFICE.sends(node(target.partner())))));
        for (var spelling : List.<UnaryOperator<String>>of(
                alias -> alias.toUpperCase(Locale.ROOT),
                alias -> " " + alias,
                alias -> alias + "%",
                alias -> "dropped-" + alias)) {
            attempts.add(attempt(
                            "the alias as " + spelling.apply("alias"),
                            suspended,
                            List.of(MEMBER, NOBODY, ONBOARDING),
                            target -> byAlias(spelling.apply(target.alias())),
                            OFFICE)
                    .unlike(target -> OFFICE.sends(byAlias(target.alias()))));
        }
        attempts.add(attempt(
                        "a change of a contact's id as a partner's",
                        onboarding,
                        target -> addContact(Target.as("Partner", target.contact()), "press@example.org"),
                        OFFICE)
                .unlike(target -> admin(onboarding).sends(addContact(target.partner(), "press@example.org")))
                .changing());
        return attempts;
    }

    private List<Attempt<Target>> headers() {
        var wellFormed = new LinkedHashMap<String, UnaryOperator<String>>();
        wellFormed.put("another's alias", alias -> alias);
        wellFormed.put("another's alias in upper case", alias -> alias.toUpperCase(Locale.ROOT));
        wellFormed.put("another's alias between spaces", alias -> "  " + alias + " ");
        var malformed = new LinkedHashMap<String, UnaryOperator<String>>();
        malformed.put("two aliases", alias -> "huawei," + alias);
        malformed.put("two aliases, another's first", alias -> alias + ", huawei");
        malformed.put("two aliases without a comma", alias -> "huawei " + alias);
        malformed.put("an encoded alias", CrossTenantTest::percentEncoded);
        malformed.put("a quoted alias", alias -> "\"" + alias + "\"");
        malformed.put("an alias with a path", alias -> "huawei/../" + alias);

        var attempts = new ArrayList<Attempt<Target>>();
        wellFormed.forEach((what, value) -> attempts.add(attempt(
                Party.ACTING + " with " + what,
                onboarding,
                List.of(MEMBER, NOBODY, LIAISON, OFFICE),
                target -> partner(target.partner()).with(Party.ACTING, value.apply(target.alias())),
                admin(onboarding))));
        malformed.forEach((what, value) -> attempts.add(onlyPlainly(
                Party.ACTING + " with " + what,
                List.of(MEMBER, NOBODY, LIAISON),
                target -> partner(target.partner()).with(Party.ACTING, value.apply(target.alias())))));
        attempts.add(onlyPlainly(
                Party.ACTING + " with an organisation's id",
                List.of(MEMBER, LIAISON),
                target -> partner(target.partner()).with(Party.ACTING, target.organisation())));
        attempts.add(onlyPlainly(
                Party.ACTING + " with a partner's id",
                List.of(MEMBER, LIAISON),
                target -> partner(target.partner()).with(Party.ACTING, target.partner())));
        attempts.add(onlyPlainly(
                Party.ACTING + " twice",
                List.of(MEMBER, LIAISON),
                target -> partner(target.partner()).with(Party.ACTING, "huawei").with(Party.ACTING, target.alias())));
        attempts.add(onlyPlainly(
                Party.ACTING + " twice, another's first",
                List.of(MEMBER, LIAISON),
                target -> partner(target.partner())
                        .with(Party.ACTING, target.alias())
                        .with(Party.ACTING, "huawei")));
        attempts.add(onlyPlainly(
                Party.ACTING + " twice, once empty",
                List.of(MEMBER, LIAISON),
                target -> partner(target.partner()).with(Party.ACTING, "").with(Party.ACTING, target.alias())));
        attempts.add(onlyPlainly(
                Party.ACTING + " beside another's in a change",
                List.of(MEMBER, LIAISON),
                target -> edit(target, Map.of()).with(Party.ACTING, "huawei").with(Party.ACTING, target.alias())));
        attempts.add(attempt(
                "a member of both acting for the other organisation",
                onboarding,
                List.of(agent.actingFor(active.alias()), agent),
                target -> partner(target.partner()),
                agent.actingFor(onboarding.alias())));
        attempts.add(attempt(
                        "a change of a member of both acting for the other organisation",
                        onboarding,
                        List.of(agent.actingFor(active.alias()), agent),
                        target -> edit(target, Map.of()),
                        agent.actingFor(onboarding.alias()))
                .changing());

        var forwarding = new LinkedHashMap<String, UnaryOperator<String>>();
        forwarding.put("X-Forwarded-Host", alias -> alias + ".test");
        forwarding.put("X-Forwarded-For", alias -> "127.0.0.1, " + alias);
        forwarding.put("X-Forwarded-User", alias -> "admin@" + alias + ".test");
        forwarding.put("X-Forwarded-Prefix", alias -> "/" + alias);
        forwarding.put("Forwarded", alias -> "host=" + alias + ".test;for=127.0.0.1");
        forwarding.put("X-Original-URL", alias -> "/graphql?organisation=" + alias);
        forwarding.put("X-Rewrite-URL", alias -> "/" + alias + "/graphql");
        forwarding.put("X-HTTP-Method-Override", alias -> "PUT");
        forwarding.put("X-Organisation", alias -> alias);
        forwarding.put("X_Acting_Organisation", alias -> alias);
        forwarding.put("Accept-Language", alias -> alias + ", en;q=0.1");
        forwarding.put("Cookie", alias -> Party.ACTING + "=" + alias + "; organization=" + alias);
        forwarding.put("Host", alias -> alias + ".test");
        forwarding.forEach((name, value) -> attempts.add(attempt(
                "the header " + name,
                onboarding,
                List.of(MEMBER, NOBODY),
                target -> partner(target.partner()).with(name, value.apply(target.alias())),
                admin(onboarding))));
        return attempts;
    }

    /** Nobody may send that, so the control is the query without it. */
    private Attempt<Target> onlyPlainly(String what, List<Party> by, Function<Target, Request> request) {
        return attempt(what, onboarding, by, request, OFFICE)
                .unlike(target -> admin(onboarding).sends(partner(target.partner())));
    }

    private List<Attempt<Target>> tokens() {
        var attempts = new ArrayList<Attempt<Target>>();
        var kinds = new LinkedHashMap<String, Function<Target, String>>();
        kinds.put("changed claims and the old signature", forged::withTheOldSignature);
        kinds.put("changed claims and another realm's signature", forged::withTheSignatureOfAnotherRealm);
        kinds.put("changed claims and no signature", forged::unsigned);
        kinds.put("changed claims, signed with the public key", forged::signedWithThePublishedKey);
        kinds.put("changed claims, signed with an own key", forged::signedWithAnOwnKeyOfTheSameName);
        kinds.put("changed claims, signed with the key that it brings", forged::signedWithAnEmbeddedKey);
        kinds.put("an organisation with attributes and groups like those of another", active::tokenNaming);
        kinds.put("another realm", target -> TestKeycloak.shared().adminToken());
        kinds.put("a client that is not for the service", target -> issuedForAnotherService.apply("access_token"));
        kinds.put("the type id", target -> issued.apply("id_token"));
        kinds.put("the type refresh", target -> issued.apply("refresh_token"));
        kinds.put("a word", Target::word);
        kinds.forEach((what, token) -> {
            attempts.add(onlyPlainly(
                    "a token of " + what,
                    List.of(NOBODY),
                    target -> partner(target.partner()).withToken(token.apply(target))));
            attempts.add(onlyPlainly(
                    "a change with a token of " + what,
                    List.of(NOBODY),
                    target -> edit(target, Map.of()).withToken(token.apply(target))));
        });
        attempts.add(attempt(
                "an access token of a client for the service",
                onboarding,
                List.of(MEMBER),
                target -> partner(target.partner()),
                new Party("its admin", () -> issued.apply("access_token"), List.of())));
        attempts.add(onlyPlainly(
                "two tokens",
                List.of(MEMBER),
                target -> partner(target.partner()).withToken(forged.withTheOldSignature(target))));
        attempts.add(onlyPlainly(
                "a token in the URL",
                List.of(MEMBER, NOBODY),
                target -> new Request(
                        "POST",
                        "access_token=" + forged.withTheOldSignature(target),
                        List.of("Content-Type", "application/json"),
                        partner(target.partner()).body())));
        return attempts;
    }

    private List<Attempt<Target>> keys() {
        return List.of(
                attempt(
                        "a key of its own people, for the same contact",
                        onboarding,
                        target -> addContact(target.partner(), "press@example.org")
                                .with(KEY, target.key()),
                        admin(onboarding)),
                attempt(
                        "a key of its own people, for another contact",
                        onboarding,
                        target -> addContact(target.partner(), "other@example.org")
                                .with(KEY, target.key()),
                        admin(onboarding)),
                attempt(
                        "the own key for another organisation, for the same contact",
                        onboarding,
                        List.of(agent.actingFor(active.alias()), agent),
                        target -> addContact(target.partner(), "press@example.org")
                                .with(KEY, target.key()),
                        agent.actingFor(onboarding.alias())),
                onlyPlainly(
                        "a malformed key",
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> addContact(target.partner(), "press@example.org")
                                .with(KEY, "a key, " + target.key())));
    }

    /** Nobody may combine them, so the controls change the contact as its own people. */
    private List<Attempt<Target>> contactsOfOthers() {
        return List.of(
                attempt(
                                "removePartnerContact of a contact of another as one's own",
                                onboarding,
                                List.of(admin(active)),
                                target -> removeContact(idOf(active), target.contact()),
                                OFFICE)
                        .unlike(target -> admin(onboarding).sends(removeContact(target.partner(), target.contact())))
                        .changing(),
                attempt(
                                "editPartnerContact of a contact of another as one's own",
                                onboarding,
                                List.of(admin(active)),
                                target -> editContact(idOf(active), target.contact(), active.version()),
                                OFFICE)
                        .unlike(target -> admin(onboarding)
                                .sends(editContact(target.partner(), target.contact(), target.version())))
                        .changing(),
                attempt(
                                "removePartnerContact of an event as a contact",
                                onboarding,
                                List.of(admin(active)),
                                target -> removeContact(idOf(active), Target.as("Contact", target.event())),
                                OFFICE)
                        .unlike(target -> admin(onboarding).sends(removeContact(target.partner(), target.contact())))
                        .changing(),
                attempt(
                                "removePartnerContact of the own contact as another's",
                                active,
                                List.of(admin(active)),
                                target -> removeContact(idOf(onboarding), target.contact()),
                                OFFICE)
                        .unlike(target -> admin(active).sends(removeContact(idOf(active), target.contact())))
                        .changing());
    }

    /** A cursor of others is like one that nobody made. */
    private List<Attempt<Target>> cursors() {
        var id = idOf(active);
        var activity = cursor(admin(active), activity(id, "first: 1"), "/data/partner/activity/edges/0/cursor");
        var byMembership = cursor(
                OFFICE,
                Request.of("{ partners(last: 1, orderBy: { field: MEMBER_SINCE }) { edges { cursor } } }", Map.of()),
                "/data/partners/edges/0/cursor");
        var word = prospect.target().word();
        var ofWord = cursor(OFFICE, partners("filter: { text: $value }", word), "/data/partners/edges/0/cursor");
        return List.of(
                attempt(
                        "a cursor of a member's activity, there",
                        active,
                        target -> activity(id, "after: $value", real(activity, active, target)),
                        admin(active)),
                attempt(
                                "a cursor of a member's activity, in the own activity",
                                active,
                                List.of(admin(onboarding)),
                                target -> activity(idOf(onboarding), "after: $value", real(activity, active, target)),
                                admin(active))
                        .unlike(target ->
                                admin(active).sends(activity(id, "after: $value", real(activity, active, target)))),
                attempt(
                                "a cursor of a member's activity, in the list of partners",
                                active,
                                target -> partners("after: $value", real(activity, active, target)),
                                OFFICE)
                        .unlike(target ->
                                admin(active).sends(activity(id, "after: $value", real(activity, active, target)))),
                attempt(
                                "a cursor of the office's list in another order",
                                active,
                                target -> partners("after: $value", real(byMembership, active, target)),
                                OFFICE)
                        .unlike(target -> OFFICE.sends(partners(
                                "orderBy: { field: MEMBER_SINCE }, after: $value",
                                real(byMembership, active, target)))),
                attempt(
                                "a cursor of the office's search, in the list of partners",
                                prospect,
                                target -> partners("before: $value", real(ofWord, prospect, target)),
                                OFFICE)
                        .unlike(target -> OFFICE.sends(Request.of(
                                "query ($text: String, $value: String) { partners(filter: { text: $text }, before: $value)"
                                        + " { nodes { id } } }",
                                Map.of("text", word, "value", real(ofWord, prospect, target))))));
    }

    private String cursor(Party by, Request question, String pointer) {
        return secrecy.value(by, question, pointer).asString();
    }

    /** The cursor for a target of the tenant; with other bytes for one that is absent. */
    private static String real(String cursor, Tenant tenant, Target target) {
        return target.alias().equals(tenant.alias()) ? cursor : cursor.substring(0, 40) + "abcd" + cursor.substring(44);
    }

    private List<Attempt<Target>> unusualRequests() {
        return List.of(
                onlyPlainly(
                        "a query by GET",
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> new Request(
                                "GET",
                                "query=" + encodedForUrl(PARTNER) + "&variables="
                                        + encodedForUrl("{\"id\":\"" + target.partner() + "\"}"),
                                List.of(),
                                "")),
                onlyPlainly(
                        "a change by GET",
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> new Request(
                                "GET",
                                "query="
                                        + encodedForUrl(
                                                "mutation ($id: ID!) { removePartnerContact(input: { partnerId: $id,"
                                                        + " contactId: $id }) { userErrors { rule } } }")
                                        + "&variables=" + encodedForUrl("{\"id\":\"" + target.partner() + "\"}"),
                                List.of(),
                                "")),
                onlyPlainly(
                        "a query for a stream of events",
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> partner(target.partner()).with("Accept", "text/event-stream")),
                attempt(
                                "a change for the other media type",
                                onboarding,
                                target -> edit(target, Map.of()).with("Accept", "application/graphql-response+json"),
                                admin(onboarding))
                        .changing(),
                onlyPlainly(
                        "a batch of queries",
                        List.of(MEMBER, NOBODY),
                        target -> Request.ofBody("[" + partner(target.partner()).body() + "]")),
                onlyPlainly(
                        "variables given twice",
                        List.of(MEMBER, NOBODY),
                        target -> Request.ofBody("{\"query\":\"" + PARTNER + "\",\"variables\":{\"id\":\""
                                + globalId("huawei") + "\"},\"variables\":{\"id\":\"" + target.partner() + "\"}}")),
                attempt(
                        "one of two operations",
                        onboarding,
                        target -> Request.ofBody(
                                "{\"query\":\"query a { viewer { kind } } " + PARTNER.replace("query", "query b")
                                        + "\",\"operationName\":\"b\",\"variables\":{\"id\":\"" + target.partner()
                                        + "\"}}"),
                        admin(onboarding)),
                attempt(
                        "fragments and directives",
                        onboarding,
                        target -> Request.of(
                                "query ($id: ID!, $yes: Boolean = true) { node(id: $id) { ... on Partner @include(if: $yes) { alias"
                                        + " hiddenFields } ... on Contact @skip(if: $yes) { email } __typename } }",
                                Map.of("id", target.partner())),
                        admin(onboarding)),
                attempt(
                                "several changes in one request",
                                onboarding,
                                target -> Request.of(
                                        "mutation ($p: ID!, $c: ID!) { a: removePartnerContact(input: { partnerId: $p, contactId: $c })"
                                                + " { userErrors { rule } } b: removePartnerContact(input: { partnerId: $p, contactId: $c })"
                                                + " { partner { name } } }",
                                        Map.of("p", target.partner(), "c", target.contact())),
                                admin(onboarding))
                        .changing());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void whatIsHiddenIsAsIfItDidNotExist(Attempt<Target> attempt) {
        secrecy.check(attempt);
    }

    /** Nobody sees it any more, but the office may repeat what it did with its key. */
    @Test
    void aDroppedProspectIsAsIfItDidNotExist() {
        var plan = Target.absent();
        var dropped = plan.of(tenants.create(plan, PartnerStatus.PROSPECT));
        Function<Target, Request> drop = target -> withReason("dropProspect", target, "A reason");
        Function<Target, Request> withKey = target -> drop.apply(target).with(KEY, target.key());
        send(OFFICE.sends(withKey.apply(dropped)));
        tenants.awaitPublication();

        secrecy.assertAsIfItDidNotExist(dropped, Target.absent(), others, withKey);
        var all = new ArrayList<>(others);
        all.add(OFFICE);
        secrecy.assertAsIfItDidNotExist(dropped, Target.absent(), all, drop);
        secrecy.assertAsIfItDidNotExist(dropped, Target.absent(), all, target -> partner(target.partner()));
        secrecy.assertAsIfItDidNotExist(dropped, Target.absent(), all, target -> node(target.contact()));
        assertThat(send(OFFICE.sends(withKey.apply(dropped))).body()).contains("\"userErrors\":[]");
    }

    @Test
    void everyoneIsWhoTheyAreSaidToBe() {
        assertThat(others.stream()
                        .map(by -> by.name().replaceFirst(onboarding.alias(), "a tenant") + ": " + viewer(by)))
                .containsExactly(
                        "nobody: NOT_SIGNED_IN",
                        "a member's admin: huawei ACTIVE [PARTNER_ADMIN]",
                        "a member's editor: huawei ACTIVE [EDITOR]",
                        "a member's viewer: huawei ACTIVE [VIEWER]",
                        "a member's signatory: huawei ACTIVE [SIGNATORY]",
                        "a member's app: huawei ACTIVE [EDITOR]",
                        "an admin of an onboarding partner: harbour ONBOARDING [PARTNER_ADMIN]",
                        "an admin of a suspended member: tourism SUSPENDED [PARTNER_ADMIN]",
                        "a member of two organisations: SEVERAL_ORGANISATIONS",
                        "a member of two organisations acting for ims: ims ACTIVE [VIEWER]",
                        "a member's admin acting for ude: NOT_A_MEMBER",
                        "the office acting for a tenant: SCOPE_MISSING",
                        "an account of the office without the role: SCOPE_MISSING",
                        "an account of an organisation that is no partner: UNKNOWN_ORGANISATION",
                        "an account that was removed from a tenant: SCOPE_MISSING");
    }

    private String viewer(Party by) {
        var body = send(by.sends(Request.of(
                        "{ viewer { organisation { alias status roles } noOrganisation { reason } } }", Map.of())))
                .body();
        var viewer = JsonMapper.shared().readTree(body).at("/data/viewer");
        var organisation = viewer.at("/organisation");
        return organisation.isNull()
                ? viewer.at("/noOrganisation/reason").asString()
                : organisation.at("/alias").asString() + " "
                        + organisation.at("/status").asString() + " "
                        + organisation
                                .at("/roles")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList();
    }

    Stream<HiddenChange> hiddenChanges() {
        return Stream.of(newPartners(), changesOfAMember(), changesOfReferences(), changesBehindCursors())
                .flatMap(List::stream);
    }

    private List<HiddenChange> newPartners() {
        var questions = new LinkedHashMap<String, Function<Target, Request>>();
        questions.put("totals", plan -> Request.of("{ partners { totalCount totalCountIsExact } }", Map.of()));
        questions.put("the last page by name", plan -> partners("last: 3"));
        questions.put(
                "the first page by membership",
                plan -> partners("first: 100, orderBy: { field: MEMBER_SINCE, direction: DESC }"));
        questions.put("the last page by membership", plan -> partners("last: 3, orderBy: { field: MEMBER_SINCE }"));
        questions.put("a kind", plan -> partners("filter: { kinds: [OTHER] }"));
        questions.put(
                "the statuses of non-members",
                plan -> partners("filter: { statuses: [PROSPECT, ONBOARDING, SUSPENDED, DEPARTED] }"));
        questions.put("an area", plan -> partners("filter: { areas: [\"MOBILITY\"] }"));
        questions.put(
                "an identifier",
                plan -> partners("filter: { identifier: { type: WIKIDATA, value: $value } }", plan.identifier()));
        questions.put("a word of the name", plan -> partners("filter: { text: $value }", plan.word()));
        questions.put(
                "the beginning of a word",
                plan -> partners("filter: { text: $value }", plan.word().substring(0, 6)));
        questions.put("a word of the summary", plan -> partners("filter: { text: $value }", plan.word() + "summary"));
        questions.put(
                "all filters",
                plan -> partners(
                        "filter: { text: $value, kinds: [OTHER], areas: [\"MOBILITY\"] }, orderBy: { field: MEMBER_SINCE }",
                        plan.word()));
        questions.put("the existence of a page", plan -> partners("filter: { text: $value }, first: 0", plan.word()));
        questions.put("an alias", plan -> byAlias(plan.alias()));
        questions.put("a contact", plan -> node(plan.contact()));
        questions.put(
                "many lists at once",
                plan -> Request.of(
                        "query ($t: String, $a: String!) { all: partners { totalCount } some: partners(filter: { text: $t }) { totalCount }"
                                + " last: partners(last: 1) { nodes { id } pageInfo { hasPreviousPage endCursor } }"
                                + " partnerByAlias(alias: $a) { id } areasOfActivity { code } }",
                        Map.of("t", plan.word(), "a", plan.alias())));
        var changes = new ArrayList<HiddenChange>();
        questions.forEach((what, question) -> {
            for (var status : List.of(PartnerStatus.PROSPECT, PartnerStatus.ONBOARDING, PartnerStatus.SUSPENDED)) {
                var plan = Target.absent();
                changes.add(new HiddenChange(
                        "a new partner that is " + status + ", asking for " + what,
                        () -> question.apply(plan),
                        () -> tenants.create(plan, status),
                        OBSERVERS,
                        OFFICE));
            }
        });
        return changes;
    }

    private List<HiddenChange> changesOfAMember() {
        var withoutMembers = List.of(NOBODY, ONBOARDING, SUSPENDED);
        return List.of(
                ofMember("another contact for its own people", () -> active.addContact(false), OBSERVERS),
                ofMember("the removal of such a contact", active::removeContacts, OBSERVERS),
                ofMember(
                        "a change of such a contact",
                        () -> asked(
                                admin(active),
                                active,
                                target -> editContact(target.partner(), target.contact(), target.version())),
                        OBSERVERS),
                ofMember(
                        "a reason for its status",
                        () -> {
                            world.management().suspend(active.id(), "A reason", Tenants.change());
                            world.management().reinstate(active.id(), "Another reason", Tenants.change());
                        },
                        OBSERVERS),
                ofMember(
                        "its identifiers, address and membership",
                        () -> asked(
                                OFFICE,
                                active,
                                target -> mutation(
                                        "editPartner",
                                        Map.of(
                                                "partnerId",
                                                target.partner(),
                                                "expectedVersion",
                                                target.version(),
                                                "identifiers",
                                                List.of(Map.of("type", "WIKIDATA", "value", "Q1")),
                                                "address",
                                                Map.of("city", "Kamp-Lintfort", "country", "DE"),
                                                "memberUntil",
                                                "2030-12-31"))),
                        withoutMembers),
                ofMember("a contact for members", () -> active.addContact(true), withoutMembers));
    }

    private HiddenChange ofMember(String what, Runnable made, List<Party> by) {
        return new HiddenChange(
                "of a member " + what,
                () -> {
                    var target = active.target();
                    return Request.of(
                            "query ($id: ID!, $contact: ID!, $word: String) { partner(id: $id) { ...everything } node(id: $contact) { id }"
                                    + " partners(filter: { text: $word }) { totalCount edges { cursor node { ...everything } } }"
                                    + " viewer { taskCount tasks { nodes { kind since subject { id } } } } }"
                                    + EVERYTHING,
                            Map.of("id", target.partner(), "contact", target.contact(), "word", target.word()));
                },
                made,
                by,
                admin(active));
    }

    private void asked(Party by, Tenant on, Function<Target, Request> request) {
        var reply = send(by.sends(request.apply(on.target())));
        assertThat(reply.body()).contains("\"userErrors\":[]");
    }

    /** The activity of a member shows who did it, also a partner that is hidden otherwise. */
    private List<HiddenChange> changesOfReferences() {
        return List.of(new HiddenChange(
                "of a hidden partner that did something to a member",
                () -> {
                    var official = Change.by(suspended.official(), Instant.now());
                    world.management().suspend(active.id(), "By another partner", official);
                    world.management().reinstate(active.id(), "By another partner", official);
                    tenants.awaitPublication();
                    return Request.of(
                            "query ($id: ID!) { partner(id: $id) { activity(first: 2) { nodes { partner { " + FIELDS
                                    + " } } } } }",
                            Map.of("id", idOf(active)));
                },
                () -> asked(OFFICE, suspended, target -> edit(target, Map.of())),
                List.of(admin(active)),
                OFFICE));
    }

    /** A cursor of the office's list or of another's tasks tells nothing about what it is of. */
    private List<HiddenChange> changesBehindCursors() {
        var plan = Target.absent();
        return List.of(
                new HiddenChange(
                        "of a prospect that is dropped, asking with its cursor",
                        () -> {
                            tenants.create(plan, PartnerStatus.PROSPECT);
                            var cursor = cursor(OFFICE, partners("last: 1"), "/data/partners/edges/0/cursor");
                            return Request.of(
                                    "query ($c: String) { after: partners(after: $c) { nodes { id } totalCount }"
                                            + " before: partners(last: 2, before: $c) { nodes { id } pageInfo { hasNextPage } } }",
                                    Map.of("c", cursor));
                        },
                        () -> world.management().dropProspect(world.id(plan.alias()), null, Tenants.change()),
                        OBSERVERS,
                        OFFICE),
                new HiddenChange(
                        "of a task that is done, asking with its cursor",
                        () -> {
                            active.removeContacts();
                            var cursor = cursor(
                                    admin(active),
                                    Request.of("{ viewer { tasks { edges { cursor } } } }", Map.of()),
                                    "/data/viewer/tasks/edges/0/cursor");
                            return Request.of(
                                    "query ($c: String) { viewer { taskCount tasks(after: $c) { nodes { subject { id } } } } }",
                                    Map.of("c", cursor));
                        },
                        () -> active.addContact(false),
                        OBSERVERS,
                        admin(active)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hiddenChanges")
    void whatIsHiddenChangesNoAnswer(HiddenChange change) {
        secrecy.check(change);
    }

    private Reply send(Request request) {
        return secrecy.send(request);
    }

    private static String idOf(Tenant tenant) {
        return new GlobalId("Partner", tenant.id().value()).text();
    }

    private String globalId(String alias) {
        return new GlobalId("Partner", world.id(alias).value()).text();
    }

    /** Ids of the same millisecond, with the right one among them. */
    private static List<String> guesses(UUID right) {
        return IntStream.range(0, 100)
                .mapToObj(n -> n == 50
                        ? right
                        : new UUID(right.getMostSignificantBits(), right.getLeastSignificantBits() + n - 50))
                .map(uuid -> new GlobalId("Partner", uuid).text())
                .toList();
    }

    /** The last character of an event's id has four bits that mean nothing. */
    private static String withOtherUnusedBits(String id) {
        var last = id.length() - 1;
        return id.substring(0, last) + (char) (id.charAt(last) + 1);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encodedForUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String percentEncoded(String alias) {
        return alias.chars().mapToObj("%%%02X"::formatted).collect(Collectors.joining());
    }
}
