package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.LetterRequests.change;
import static de.smartcity.consortium.endtoend.LetterRequests.everythingOf;
import static de.smartcity.consortium.endtoend.LetterRequests.letter;
import static de.smartcity.consortium.endtoend.LetterRequests.letters;
import static de.smartcity.consortium.endtoend.LetterRequests.verify;
import static de.smartcity.consortium.endtoend.PartnerRequests.node;
import static de.smartcity.consortium.endtoend.PartnerRequests.nodes;
import static de.smartcity.consortium.endtoend.PartnerRequests.partner;
import static de.smartcity.consortium.endtoend.Party.LIAISON;
import static de.smartcity.consortium.endtoend.Party.MEMBER;
import static de.smartcity.consortium.endtoend.Party.NOBODY;
import static de.smartcity.consortium.endtoend.Party.OFFICE;
import static de.smartcity.consortium.endtoend.Party.ONBOARDING;
import static de.smartcity.consortium.endtoend.Party.SUSPENDED;
import static de.smartcity.consortium.endtoend.Request.download;
import static de.smartcity.consortium.endtoend.TenantLetters.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.LetterTarget.Attached;
import de.smartcity.consortium.endtoend.Tenants.Tenant;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

/** Attempts to read, count or change letters of intent, editions and files that are hidden, as {@link Secrecy} tries them. */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossTenantLettersTest {

    private static final String KEY = "Idempotency-Key";
    /** Those with different views of letters to which they are no parties. */
    private static final List<Party> OBSERVERS = List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, LIAISON);

    private Tenants tenants;
    private Secrecy secrecy;
    private TenantLetters letters;
    private Tenant prospect;
    private Tenant onboarding;
    private Party agent;
    private LetterTarget ownDraft;
    /** Who is no party of any letter here. */
    private List<Party> others;
    /** Who sees no offer: they, and a party that has been suspended since. */
    private List<Party> outside;
    /** Who sees no draft: they, the parties that it names, and the office. */
    private List<Party> notInitiator;

    @BeforeAll
    void makeTenants(
            @Autowired Environment environment,
            @Autowired Api api,
            @Autowired World world,
            @Autowired MongoCommands commands) {
        var realm = RealmAdmin.ofSharedRealm();
        tenants = new Tenants(world, realm, environment.getRequiredProperty("spring.mongodb.uri"));
        secrecy = new Secrecy(api, commands, tenants);
        letters = new TenantLetters(
                tenants, world, secrecy, new FileClient(api.graphQl().toString()));
        prospect = tenants.tenant(PartnerStatus.PROSPECT);
        onboarding = tenants.tenant(PartnerStatus.ONBOARDING);

        var username = RealmAdmin.unique("agent") + "@test.sandbox";
        var account = realm.createAccount(username);
        letters.owner.addAdmin(account);
        letters.former.addAdmin(account);
        agent = Party.of("a member of both", username);
        ownDraft = letters.draftOf(letters.partyEditor);

        others = tenants.outsiders(letters.owner);
        outside = with(others, letters.suspendedSignatory);
        notInitiator = with(outside, letters.partyEditor, letters.partySignatory, letters.formerSignatory, OFFICE);
    }

    private static List<Party> with(List<Party> parties, Party... more) {
        return Stream.concat(parties.stream(), Stream.of(more)).toList();
    }

    @AfterEach
    void removeLetters() {
        letters.removeAll();
    }

    @AfterAll
    void removeTenants() {
        tenants.removeLetters(letters.party);
        tenants.close();
    }

    /** An attempt on a letter, of which nothing exists for the comparison. */
    private static Attempt<LetterTarget> attempt(
            String what,
            Supplier<LetterTarget> hidden,
            List<Party> by,
            Function<LetterTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, target -> LetterTarget.absent(), by, request, control);
    }

    /** An attempt on what is hidden of a letter that is seen, so that the letter exists for the comparison, too. */
    private static Attempt<LetterTarget> attemptWithin(
            String what,
            Supplier<LetterTarget> hidden,
            List<Party> by,
            Function<LetterTarget, Request> request,
            Party control) {
        return Attempt.of(what, hidden, LetterTarget::withNothingElse, by, request, control);
    }

    Stream<Attempt<?>> attempts() {
        return Stream.of(
                        reading(),
                        files(),
                        lists(),
                        published(),
                        noLongerPublished(),
                        editionsOfOthers(),
                        otherSpellings(),
                        organisations(),
                        changing(),
                        changingWithKeys(),
                        attaching(),
                        naming(),
                        cursors())
                .flatMap(List::stream);
    }

    private List<Attempt<?>> reading() {
        Supplier<LetterTarget> amongParties = () -> letters.inForce("PARTIES", true);
        Supplier<LetterTarget> draft = () -> letters.withEvents(letters.draft());
        Supplier<LetterTarget> offer = () -> letters.withEvents(letters.offered());
        Supplier<LetterTarget> reserved = () -> letters.withEvents(letters.reserved());
        Function<LetterTarget, Request> byId = target -> letter(target.letter());
        return List.of(
                attempt("letter, a draft", letters::draft, notInitiator, byId, letters.editor),
                attempt("letter, an offer", letters::offered, outside, byId, letters.formerSignatory),
                attempt("letter, a withdrawn offer", letters::withdrawn, outside, byId, OFFICE),
                attempt("letter, in force among its parties", amongParties, outside, byId, letters.partySignatory),
                attempt(
                        "all fields of a draft",
                        letters::draft,
                        notInitiator,
                        target -> everythingOf(target.letter()),
                        letters.editor),
                attempt(
                        "all fields of a letter that was signed with a reservation",
                        letters::reserved,
                        outside,
                        target -> everythingOf(target.letter()),
                        letters.formerSignatory),
                attempt(
                        "node of a draft",
                        letters::draft,
                        notInitiator,
                        target -> node(target.letter()),
                        letters.editor),
                attempt("node of an offer", letters::offered, outside, target -> node(target.letter()), OFFICE),
                attempt(
                        "nodes, beside one that the caller sees",
                        offer,
                        outside,
                        target -> nodes(List.of(
                                idOf(letters.owner),
                                target.letter(),
                                target.event(),
                                target.files().document())),
                        letters.partySignatory),
                attempt(
                        "node of the event that a letter was drafted",
                        draft,
                        notInitiator,
                        target -> node(target.event()),
                        letters.editor),
                attempt(
                        "node of the event that an offered letter was drafted",
                        offer,
                        notInitiator,
                        target -> node(target.earliestEvent()),
                        letters.signatory),
                attempt(
                        "node of the event of an offer",
                        offer,
                        outside,
                        target -> node(target.event()),
                        letters.partySignatory),
                attempt(
                        "node of the event of a signature",
                        reserved,
                        outside,
                        target -> node(target.event()),
                        letters.formerSignatory),
                attempt(
                        "a letter's activity",
                        letters::offered,
                        outside,
                        target -> Request.of(
                                "query ($id: ID!) { letter(id: $id) { activity(last: 100) { nodes { id type account } } } }",
                                Map.of("id", target.letter())),
                        OFFICE),
                attempt(
                                "verifyLetter, a draft",
                                letters::draft,
                                notInitiator,
                                target -> verify(target.letter()),
                                OFFICE)
                        // Even its initiator cannot verify it.
                        .unlike(target -> letters.editor.sends(letter(target.letter()))),
                attempt(
                        "verifyLetter, an offer",
                        letters::offered,
                        outside,
                        target -> verify(target.letter()),
                        letters.partySignatory),
                attempt(
                        "aliases in one request",
                        letters::offered,
                        outside,
                        target -> Request.of(
                                "query ($id: ID!) { a: letter(id: $id) { title } b: letter(id: $id) { version draft { number } }"
                                        + " node(id: $id) { id } verifyLetter(letterId: $id) { verified } }",
                                Map.of("id", target.letter())),
                        letters.partySignatory),
                attempt(
                        "a hundred ids guessed from a time",
                        letters::offered,
                        List.of(MEMBER, NOBODY, SUSPENDED),
                        target -> nodes(guesses(target.letter())),
                        OFFICE));
    }

    /** Ids of the same millisecond, with the right one among them. */
    private static List<String> guesses(String id) {
        var right = Target.uuid(id);
        return IntStream.range(0, 100)
                .mapToObj(n -> n == 50
                        ? right
                        : new UUID(right.getMostSignificantBits(), right.getLeastSignificantBits() + n - 50))
                .map(uuid -> new GlobalId("LetterOfIntent", uuid).text())
                .toList();
    }

    private List<Attempt<?>> files() {
        var attempts = new ArrayList<Attempt<?>>();
        var ofDraft = new LinkedHashMap<String, Function<Attached, String>>();
        ofDraft.put("the PDF", Attached::document);
        ofDraft.put("an annex", Attached::annex);
        ofDraft.forEach((what, file) -> {
            attempts.add(attempt(
                    "a download of " + what + " of a draft",
                    letters::draft,
                    notInitiator,
                    target -> download(file.apply(target.files())),
                    letters.editor));
            attempts.add(attempt(
                    "node of " + what + " of a draft",
                    letters::draft,
                    notInitiator,
                    target -> node(file.apply(target.files())),
                    letters.editor));
        });
        var ofOffer = new LinkedHashMap<>(ofDraft);
        ofOffer.put("a power of attorney", Attached::power);
        ofOffer.forEach((what, file) -> {
            attempts.add(attempt(
                    "a download of " + what + " of an offer",
                    letters::reserved,
                    outside,
                    target -> download(file.apply(target.files())),
                    letters.formerSignatory));
            attempts.add(attempt(
                    "node of " + what + " of an offer",
                    letters::reserved,
                    outside,
                    target -> node(file.apply(target.files())),
                    OFFICE));
        });
        attempts.add(attempt(
                "a download of an upload that no letter has",
                letters::draft,
                notInitiator,
                target -> download(target.files().upload()),
                letters.editor));
        attempts.add(attempt(
                "node of an upload that no letter has",
                letters::draft,
                notInitiator,
                target -> node(target.files().upload()),
                letters.editor));
        attempts.add(attempt(
                "a part of a file",
                letters::offered,
                outside,
                target -> download(target.files().document()).with("Range", "bytes=0-3"),
                letters.partySignatory));
        attempts.add(attempt(
                "a part that no file has",
                letters::offered,
                outside,
                target -> download(target.files().document()).with("Range", "bytes=99999-"),
                letters.partySignatory));
        attempts.add(attempt(
                "a file whose digest is known",
                letters::offered,
                outside,
                target -> download(target.files().document()).with("If-None-Match", "*"),
                letters.partySignatory));
        attempts.add(attempt(
                "a download for its initiator's organisation",
                letters::draft,
                List.of(MEMBER, LIAISON, NOBODY, OFFICE, letters.partySignatory),
                target -> download(target.files().document()).with(Party.ACTING, letters.owner.alias()),
                letters.editor));
        return attempts;
    }

    private List<Attempt<?>> lists() {
        var attempts = new ArrayList<Attempt<?>>();
        var filters = new LinkedHashMap<String, Function<LetterTarget, Request>>();
        filters.put("a word of the title", target -> letters("filter: { text: $value }", target.word()));
        filters.put("a word of the text", target -> letters("filter: { text: $value }", target.textWord()));
        filters.put(
                "the beginning of a word",
                target -> letters("filter: { text: $value }", target.word().substring(0, 8)));
        filters.put("the existence of a page", target -> letters("filter: { text: $value }, first: 0", target.word()));
        filters.put(
                "the last of a word, in order",
                target -> letters(
                        "filter: { text: $value }, last: 1, orderBy: { field: CREATED_AT, direction: ASC }",
                        target.word()));
        filters.forEach((what, request) -> {
            attempts.add(attempt(
                    "letters by " + what + " of a draft", letters::draft, notInitiator, request, letters.editor));
            attempts.add(attempt(
                    "letters by " + what + " of an offer", letters::offered, outside, request, letters.partySignatory));
        });
        attempts.add(attempt(
                "letters by state and a word of a draft",
                letters::draft,
                notInitiator,
                target -> letters("filter: { text: $value, states: [DRAFT] }", target.word()),
                letters.editor));
        attempts.add(attempt(
                "letters by state and a word of an offer",
                letters::offered,
                outside,
                target -> letters("filter: { text: $value, states: [OFFERED] }", target.word()),
                OFFICE));
        attempts.add(attempt(
                "letters by an awaited answer and a word",
                letters::offered,
                outside,
                target -> letters("filter: { text: $value, awaitingMyAnswer: true }", target.word()),
                letters.partySignatory));
        attempts.add(attempt(
                "letters by end and a word",
                () -> letters.inForce("PARTIES", true),
                outside,
                target -> letters("filter: { text: $value, endsBefore: \"2101-01-01\" }", target.word()),
                letters.partySignatory));
        attempts.add(attempt(
                "letters by a party of a draft",
                () -> letters.draft().withPartner(idOf(letters.suspended)),
                notInitiator,
                target -> letters("filter: { party: $value }", target.partner()),
                letters.editor));
        attempts.add(attempt(
                "letters by a party of an offer",
                () -> letters.offered().withPartner(idOf(letters.suspended)),
                outside,
                target -> letters("filter: { party: $value }", target.partner()),
                letters.formerSignatory));
        return attempts;
    }

    /** Everybody sees the letter, and nobody else its text, its other terms and what was answered. */
    private List<Attempt<?>> published() {
        var attempts = new ArrayList<Attempt<?>>();
        for (var visibility : List.of("CONSORTIUM", "PUBLIC")) {
            Supplier<LetterTarget> withoutText =
                    () -> letters.inForce(visibility, false).withPartner(idOf(letters.suspended));
            Supplier<LetterTarget> withText =
                    () -> letters.inForce(visibility, true).withPartner(idOf(letters.suspended));
            var of = " of a letter for " + visibility;
            attempts.add(attemptWithin(
                    "letters by a word of the text" + of,
                    withoutText,
                    outside,
                    target -> letters("filter: { text: $value }", target.textWord()),
                    letters.partySignatory));
            attempts.add(attemptWithin(
                    "letters by a party that has not signed" + of,
                    withText,
                    outside,
                    target -> letters("filter: { party: $value }", target.partner()),
                    letters.partySignatory));
            attempts.add(attemptWithin(
                    "a download of the PDF" + of,
                    withoutText,
                    outside,
                    target -> download(target.files().document()),
                    letters.formerSignatory));
            attempts.add(attemptWithin(
                    "node of the PDF" + of,
                    withoutText,
                    outside,
                    target -> node(target.files().document()),
                    OFFICE));
            attempts.add(attemptWithin(
                    "a download of an annex" + of,
                    withText,
                    outside,
                    target -> download(target.files().annex()),
                    letters.formerSignatory));
            attempts.add(attemptWithin(
                    "a download of a power of attorney" + of,
                    withText,
                    outside,
                    target -> download(target.files().power()),
                    letters.formerSignatory));
            attempts.add(attemptWithin(
                    "node of its events" + of,
                    () -> letters.withEvents(withText.get()),
                    outside,
                    target -> nodes(List.of(target.event(), target.earliestEvent())),
                    letters.signatory));
            attempts.add(attemptWithin(
                            "signLetter with the digest" + of,
                            withText,
                            outside,
                            target -> change("signLetter", target.written(), Map.of()),
                            letters.formerSignatory)
                    .changing());
            attempts.add(attemptWithin(
                            "declineLetter with the digest" + of,
                            withText,
                            outside,
                            target -> change("declineLetter", target.written(), Map.of()),
                            letters.formerSignatory)
                    .changing());
            attempts.add(attemptWithin(
                            "withdrawFromLetter with the digest" + of,
                            withText,
                            outside,
                            target -> change("withdrawFromLetter", target.written(), Map.of()),
                            letters.partySignatory)
                    .changing());
            attempts.add(attemptWithin(
                            "terminateLetter with the digest" + of,
                            withText,
                            outside,
                            target -> change("terminateLetter", target.written(), Map.of()),
                            letters.signatory)
                    .changing());
            attempts.add(attemptWithin(
                            "withdrawNotice with the digest" + of,
                            () -> leaving(visibility),
                            outside,
                            target -> change("withdrawNotice", target.written(), Map.of()),
                            letters.partySignatory)
                    .changing());
            attempts.add(attemptWithin(
                    "letters by a party that has left" + of,
                    () -> letters.left(visibility).withPartner(idOf(letters.former)),
                    outside,
                    target -> letters("filter: { party: $value }", target.partner()),
                    letters.partySignatory));
            attempts.add(attemptWithin(
                            "editLetter with the version of the draft" + of,
                            () -> letters.amended(letters.inForce(visibility, true), LetterTarget.absent()),
                            with(outside, letters.partyEditor),
                            target -> change("editLetter", target.written(), Map.of("noticeDays", 30)),
                            letters.editor)
                    .changing());
            attempts.add(attemptWithin(
                    "letters by a word of the draft" + of,
                    () -> letters.amended(letters.inForce(visibility, true), LetterTarget.absent()),
                    notInitiator,
                    target -> letters("filter: { text: $value }", target.word()),
                    letters.editor));
        }
        return attempts;
    }

    /** A later edition in force governs what is published of the one before. */
    private List<Attempt<?>> noLongerPublished() {
        Supplier<LetterTarget> narrowed = () -> superseded("PUBLIC", "PARTIES", true);
        Supplier<LetterTarget> withoutText = () -> superseded("PUBLIC", "PUBLIC", false);
        return List.of(
                attempt("letter, no longer published", narrowed, outside, target -> letter(target.letter()), OFFICE),
                attempt(
                        "letters by a word of what is no longer published",
                        narrowed,
                        outside,
                        target -> letters("filter: { text: $value }", target.word()),
                        letters.formerSignatory),
                attempt(
                        "a download of a PDF that is no longer published",
                        narrowed,
                        outside,
                        target -> download(target.files().document()),
                        letters.formerSignatory),
                attemptWithin(
                        "a download of a PDF whose letter is published without it now",
                        withoutText,
                        outside,
                        target -> download(target.files().document()),
                        letters.formerSignatory),
                attemptWithin(
                                "letters by a word of a text that is no longer published",
                                withoutText,
                                outside,
                                target -> letters("filter: { text: $value }", target.textWord()),
                                letters.formerSignatory)
                        // Nobody finds a letter by the text of an edition that is over.
                        .unlike(target -> letters.formerSignatory.sends(
                                download(target.files().document()))));
    }

    /** The first edition of a letter after the second one has come into force. */
    private LetterTarget superseded(String visibility, String laterVisibility, boolean laterText) {
        var first = letters.inForce(visibility, true);
        letters.inForce(letters.offer(letters.amended(
                first, LetterTarget.absent(), Map.of("visibility", laterVisibility, "publishText", laterText))));
        return first;
    }

    /** They see the letter, but not the edition. */
    private List<Attempt<?>> editionsOfOthers() {
        var attempts = new ArrayList<Attempt<?>>();
        var former = List.of(letters.formerSignatory);
        var editions = new LinkedHashMap<String, Supplier<LetterTarget>>();
        Supplier<LetterTarget> draft = () -> letters.amended(letters.inForce("PARTIES", true), LetterTarget.absent());
        Supplier<LetterTarget> offer = () -> letters.offer(draft.get());
        editions.put("a later draft", () -> letters.withEvents(draft.get()));
        editions.put("a later offer", () -> letters.withEvents(offer.get()));
        editions.put("a later edition in force", () -> letters.withEvents(letters.inForce(offer.get())));
        editions.put("an edition before it was a party", this::beforeTheNewcomer);
        editions.forEach((which, edition) -> {
            attempts.add(attemptWithin(
                    "letters by a word of the title of " + which,
                    edition,
                    former,
                    target -> letters("filter: { text: $value }", target.word()),
                    letters.editor));
            attempts.add(attemptWithin(
                    "letters by a word of the text of " + which,
                    edition,
                    former,
                    target -> letters("filter: { text: $value }", target.textWord()),
                    letters.editor));
            attempts.add(attemptWithin(
                    "a download of the PDF of " + which,
                    edition,
                    former,
                    target -> download(target.files().document()),
                    letters.editor));
            attempts.add(attemptWithin(
                    "nodes of the files and the event of " + which,
                    edition,
                    former,
                    target -> nodes(List.of(
                            target.files().document(),
                            target.files().annex(),
                            target.files().power(),
                            target.event())),
                    letters.editor));
        });
        attempts.add(attemptWithin(
                        "signLetter with the digest of a later offer",
                        offer,
                        former,
                        target -> change("signLetter", target.written(), Map.of()),
                        letters.partySignatory)
                .changing());
        attempts.add(attemptWithin(
                        "declineLetter with the digest of a later offer",
                        offer,
                        former,
                        target -> change("declineLetter", target.written(), Map.of()),
                        letters.partySignatory)
                .changing());
        return attempts;
    }

    /** The first edition, of which the later former party is none, when the second one has been offered to it. */
    private LetterTarget beforeTheNewcomer() {
        var first = letters.withEvents(letters.inForce(letters.offered(
                LetterTarget.absent(), Map.of("parties", List.of(Map.of("partnerId", idOf(letters.party)))))));
        letters.offer(letters.amended(first, LetterTarget.absent(), Map.of()));
        return first;
    }

    /** None of them is the id of a letter, so the controls use the right ones. */
    private List<Attempt<?>> otherSpellings() {
        var spellings = new LinkedHashMap<String, Function<LetterTarget, String>>();
        spellings.put("in lower case", target -> target.letter().toLowerCase(Locale.ROOT));
        spellings.put("with padding", target -> target.letter() + "=");
        spellings.put("between spaces", target -> " " + target.letter() + " ");
        spellings.put("as a UUID", target -> Target.uuid(target.letter()).toString());
        spellings.put("of the letter as a partner", target -> Target.as("Partner", target.letter()));
        spellings.put("of the letter as a file", target -> Target.as("File", target.letter()));
        spellings.put("of the letter as an event", target -> Target.as("Activity", target.letter()));
        spellings.put("of the event as a letter", target -> Target.as("LetterOfIntent", target.event()));
        spellings.put(
                "of the file as a letter",
                target -> Target.as("LetterOfIntent", target.files().document()));
        spellings.put("of the type Edition", target -> Target.as("Edition", target.letter()));
        var attempts = new ArrayList<Attempt<?>>();
        spellings.forEach((how, spelling) -> attempts.add(attempt(
                        "the id " + how,
                        () -> letters.withEvents(letters.offered()),
                        List.of(MEMBER, NOBODY, ONBOARDING),
                        target -> Request.of(
                                "query ($id: ID!) { letter(id: $id) { title } node(id: $id) { id } verifyLetter(letterId: $id) { verified } }",
                                Map.of("id", spelling.apply(target))),
                        OFFICE)
                .unlike(target -> OFFICE.sends(letter(target.letter())))));
        return attempts;
    }

    private List<Attempt<?>> organisations() {
        Function<LetterTarget, Request> named =
                target -> letter(target.letter()).with(Party.ACTING, letters.owner.alias());
        return List.of(
                attempt(
                        Party.ACTING + " with the initiator's alias",
                        letters::draft,
                        List.of(MEMBER, NOBODY, LIAISON, OFFICE, letters.partySignatory),
                        named,
                        letters.editor),
                attempt(
                                "a change with the initiator's alias",
                                letters::draft,
                                List.of(MEMBER, NOBODY, LIAISON, OFFICE, letters.partyEditor),
                                target -> change("editLetter", target.written(), Map.of())
                                        .with(Party.ACTING, letters.owner.alias()),
                                letters.editor)
                        .changing(),
                attempt(
                        "a member of both acting for the other organisation",
                        letters::draft,
                        List.of(agent.actingFor(letters.former.alias()), agent),
                        target -> everythingOf(target.letter()),
                        agent.actingFor(letters.owner.alias())),
                attempt(
                                "a change of a member of both acting for the other organisation",
                                letters::draft,
                                List.of(agent.actingFor(letters.former.alias()), agent),
                                target -> change("editLetter", target.written(), Map.of()),
                                agent.actingFor(letters.owner.alias()))
                        .changing(),
                attempt(
                        "a download of a member of both acting for the other organisation",
                        letters::draft,
                        List.of(agent.actingFor(letters.former.alias()), agent),
                        target -> download(target.files().upload()),
                        agent.actingFor(letters.owner.alias())));
    }

    /** Each change of a letter, in a state in which it may be made. */
    private record Verb(String mutation, Supplier<LetterTarget> state, List<Party> by, Party control) {

        Request of(LetterTarget target) {
            return change(mutation, target.written(), Map.of());
        }
    }

    private List<Verb> verbs() {
        return List.of(
                new Verb("editLetter", letters::draft, notInitiator, letters.editor),
                new Verb("deleteLetterDraft", letters::draftWithoutFiles, notInitiator, letters.editor),
                new Verb("offerLetter", letters::draftToOffer, notInitiator, letters.signatory),
                new Verb("withdrawOffer", letters::offered, outside, letters.signatory),
                new Verb("signLetter", letters::offered, outside, letters.partySignatory),
                new Verb("declineLetter", letters::offered, outside, letters.formerSignatory),
                new Verb("liftReservation", letters::reserved, outside, letters.partySignatory),
                new Verb(
                        "withdrawFromLetter", () -> letters.inForce("PARTIES", false), outside, letters.partySignatory),
                new Verb("terminateLetter", () -> letters.inForce("PARTIES", false), outside, letters.signatory),
                new Verb("withdrawNotice", () -> leaving("PARTIES"), outside, letters.partySignatory),
                new Verb("amendLetter", letters::withdrawn, outside, letters.signatory));
    }

    /** A letter in force that its party has announced to leave. */
    private LetterTarget leaving(String visibility) {
        return letters.change(
                letters.inForce(visibility, false), letters.partySignatory, "withdrawFromLetter", Map.of());
    }

    private List<Attempt<?>> changing() {
        var attempts = new ArrayList<Attempt<?>>();
        for (var verb : verbs()) {
            attempts.add(attempt(verb.mutation(), verb.state(), verb.by(), verb::of, verb.control())
                    .changing());
        }
        attempts.add(attempt(
                "editLetter of another version",
                letters::draft,
                notInitiator,
                target -> change("editLetter", target.written(), Map.of("expectedVersion", 17)),
                letters.editor));
        attempts.add(attempt(
                "editLetter with invalid days",
                letters::draft,
                notInitiator,
                target -> change("editLetter", target.written(), Map.of("noticeDays", -1)),
                letters.editor));
        attempts.add(attempt(
                "signLetter of another edition",
                letters::offered,
                outside,
                target -> change(
                        "signLetter",
                        target.written(),
                        Map.of("digest", LetterTarget.absent().written().digest())),
                letters.partySignatory));
        attempts.add(attempt(
                "declineLetter without a comment",
                letters::offered,
                outside,
                target -> change("declineLetter", target.written(), Map.of("comment", " ")),
                letters.partySignatory));
        attempts.add(attempt(
                        "several changes in one request",
                        letters::offered,
                        outside,
                        target -> Request.of(
                                "mutation ($id: ID!, $digest: String!) { a: declineLetter(input: { letterId: $id, digest: $digest, comment: \"No\" })"
                                        + " { userErrors { rule } } b: amendLetter(input: { letterId: $id }) { letter { title } } }",
                                Map.of(
                                        "id",
                                        target.letter(),
                                        "digest",
                                        target.written().digest())),
                        letters.formerSignatory)
                .changing());
        return attempts;
    }

    /** The controls are answered as the first time: they made the change with this key. */
    private List<Attempt<?>> changingWithKeys() {
        var attempts = new ArrayList<Attempt<?>>();
        for (var verb : verbs()) {
            Function<LetterTarget, Request> withKey = target -> verb.of(target).with(KEY, target.key());
            attempts.add(attempt(
                    verb.mutation() + " with a key with which it was made",
                    () -> {
                        var target = verb.state().get();
                        assertDone(secrecy.send(verb.control().sends(withKey.apply(target)))
                                .body());
                        tenants.awaitPublication();
                        return target;
                    },
                    // The parties see what was offered.
                    verb.mutation().equals("offerLetter") ? outside : verb.by(),
                    withKey,
                    verb.control()));
        }
        // Its own people learn that the key was used.
        attempts.add(attempt(
                "draftLetter with a key with which a letter was drafted",
                letters::draft,
                others,
                target -> change(
                                "draftLetter",
                                target.written(),
                                Map.of("title", List.of(Map.of("locale", "en", "text", " "))))
                        .with(KEY, target.key()),
                letters.editor));
        return attempts;
    }

    private static void assertDone(String answer) {
        assertThat(answer).contains("\"userErrors\":[]");
    }

    /** Files that the caller may not attach, although some may download them. */
    private List<Attempt<?>> attaching() {
        Function<LetterTarget, Request> plainly =
                target -> letters.editor.sends(download(target.files().document()));
        Function<LetterTarget, Request> upload = target -> change(
                "draftLetter",
                target.written(),
                Map.of("annexes", List.of(target.files().upload())));
        var signatures = new LinkedHashMap<String, Function<LetterTarget, Map<String, ?>>>();
        signatures.put(
                "another's upload as power of attorney",
                target -> Map.of(
                        "mandate",
                        "POWER_OF_ATTORNEY",
                        "powerOfAttorney",
                        target.files().upload()));
        signatures.put(
                "another's upload as signed document",
                target ->
                        Map.of("method", "QUALIFIED", "document", target.files().upload()));
        var attempts = new ArrayList<Attempt<?>>(List.of(
                attempt(
                                "draftLetter with another's upload as an annex",
                                letters::draft,
                                notInitiator,
                                upload,
                                letters.editor)
                        .changing(),
                attempt(
                                "draftLetter with another's upload as its PDF",
                                letters::draft,
                                notInitiator,
                                target -> change(
                                        "draftLetter",
                                        target.written(),
                                        Map.of("document", target.files().upload())),
                                letters.editor)
                        .changing(),
                attempt(
                                "draftLetter with the PDF of another letter",
                                letters::offered,
                                with(notInitiator, letters.editor, letters.signatory),
                                target -> change(
                                        "draftLetter",
                                        target.written(),
                                        Map.of("document", target.files().document())),
                                letters.editor)
                        .unlike(plainly),
                attempt(
                                "editLetter of the own draft with another's upload",
                                letters::draft,
                                List.of(letters.partyEditor),
                                target -> change(
                                        "editLetter",
                                        ownDraft.written(),
                                        Map.of("annexes", List.of(target.files().upload()))),
                                letters.editor)
                        .unlike(target -> letters.editor.sends(upload.apply(target)))
                        .changing(),
                attempt(
                                "editLetter of the own draft with an annex of another letter",
                                letters::offered,
                                List.of(letters.partyEditor),
                                target -> change(
                                        "editLetter",
                                        ownDraft.written(),
                                        Map.of("annexes", List.of(target.files().annex()))),
                                letters.editor)
                        .unlike(plainly)));
        signatures.forEach((what, signature) -> attempts.add(attemptOnFiles(
                        "signLetter with " + what,
                        target -> change("signLetter", target.written(), signature.apply(target)),
                        letters.signatory)
                .changing()));
        attempts.add(attemptOnFiles(
                        "signLetter with the PDF of the letter as power of attorney",
                        target -> change(
                                "signLetter",
                                target.written(),
                                Map.of(
                                        "mandate",
                                        "POWER_OF_ATTORNEY",
                                        "powerOfAttorney",
                                        target.files().document())),
                        letters.editor)
                .unlike(plainly));
        return attempts;
    }

    /** An attempt of other parties on files of an offer, so that the offer exists for the comparison, too. */
    private Attempt<LetterTarget> attemptOnFiles(String what, Function<LetterTarget, Request> request, Party control) {
        return Attempt.of(
                what,
                letters::offered,
                target -> target.with(LetterTarget.absent().files()),
                List.of(letters.partySignatory, letters.formerSignatory),
                request,
                control);
    }

    /** Partners that members do not see cannot be named as parties; the office sees them, and drafts nothing. */
    private List<Attempt<?>> naming() {
        var attempts = new ArrayList<Attempt<?>>();
        for (var hidden : List.of(prospect, onboarding, letters.suspended)) {
            Supplier<LetterTarget> named = () -> LetterTarget.absent().withPartner(idOf(hidden));
            var status = hidden.status();
            Function<LetterTarget, Map<String, ?>> parties =
                    target -> Map.of("parties", List.of(Map.of("partnerId", target.partner())));
            attempts.add(attempt(
                            "draftLetter with a partner that is " + status,
                            named,
                            with(others, letters.editor),
                            target -> change("draftLetter", target.written(), parties.apply(target)),
                            OFFICE)
                    .unlike(target -> OFFICE.sends(partner(target.partner()))));
            attempts.add(attempt(
                            "editLetter of the own draft with a partner that is " + status,
                            named,
                            List.of(letters.partyEditor),
                            target -> change("editLetter", ownDraft.written(), parties.apply(target)),
                            OFFICE)
                    .unlike(target -> OFFICE.sends(partner(target.partner()))));
            attempts.add(attempt(
                            "the letters of a partner that is " + status,
                            named,
                            others,
                            target -> lettersOf(target.partner()),
                            OFFICE)
                    .unlike(target -> OFFICE.sends(partner(target.partner()))));
        }
        return attempts;
    }

    private static Request lettersOf(String partner) {
        return Request.of(
                "query ($id: ID!) { partner(id: $id) { letters(first: 100) { edges { cursor node { id title } }"
                        + " pageInfo { hasNextPage hasPreviousPage } } } }",
                Map.of("id", partner));
    }

    /** A cursor of others is like one that nobody made. */
    private List<Attempt<?>> cursors() {
        UnaryOperator<String> other = cursor -> cursor.substring(0, 40) + "abcd" + cursor.substring(44);
        var own = ownDraft.letter();
        var hidden = new AtomicReference<LetterTarget>();
        Supplier<String> ofSearch = () -> {
            hidden.set(letters.draft());
            return secrecy.value(
                            letters.editor,
                            letters("filter: { text: $value }", hidden.get().word()),
                            "/data/letters/edges/0/cursor")
                    .asString();
        };
        Supplier<String> ofPartner = () -> {
            hidden.set(letters.draft());
            return secrecy.value(letters.editor, lettersOf(idOf(letters.owner)), "/data/partner/letters/edges/0/cursor")
                    .asString();
        };
        Supplier<String> ofActivity = () -> {
            hidden.set(letters.withEvents(letters.draft()));
            return secrecy.value(
                            letters.editor,
                            activity(hidden.get().letter(), "first: 1", ""),
                            "/data/letter/activity/edges/0/cursor")
                    .asString();
        };
        return List.of(
                Attempt.of(
                                "a cursor of the initiator's search, in the list of letters",
                                ofSearch,
                                other,
                                notInitiator,
                                cursor -> letters("after: $value", cursor),
                                letters.editor)
                        .unlike(cursor -> letters.editor.sends(Request.of(
                                "query ($text: String, $value: String) { letters(filter: { text: $text }, after: $value) { nodes { id } } }",
                                Map.of("text", hidden.get().word(), "value", cursor)))),
                Attempt.of(
                                "a cursor of the letters of a partner, in the list of letters",
                                ofPartner,
                                other,
                                notInitiator,
                                cursor -> letters("before: $value", cursor),
                                letters.editor)
                        .unlike(cursor -> letters.editor.sends(Request.of(
                                "query ($id: ID!, $value: String) { partner(id: $id) { letters(after: $value) { nodes { id } } } }",
                                Map.of("id", idOf(letters.owner), "value", cursor)))),
                Attempt.of(
                                "a cursor of a letter's activity, in the activity of the own one",
                                ofActivity,
                                other,
                                List.of(letters.partyEditor),
                                cursor -> activity(own, "after: $value", cursor),
                                letters.editor)
                        .unlike(cursor ->
                                letters.editor.sends(activity(hidden.get().letter(), "after: $value", cursor))),
                Attempt.of(
                        "a cursor of a letter's activity, there",
                        ofActivity,
                        other,
                        notInitiator,
                        cursor -> activity(hidden.get().letter(), "after: $value", cursor),
                        letters.editor));
    }

    private static Request activity(String letter, String arguments, String value) {
        var field = "letter(id: \"" + letter + "\") { activity(" + arguments + ") { nodes { id } edges { cursor } } }";
        return arguments.contains("$value")
                ? Request.of("query ($value: String!) { " + field + " }", Map.of("value", value))
                : Request.of("{ " + field + " }", Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void whatIsHiddenIsAsIfItDidNotExist(Attempt<?> attempt) {
        secrecy.check(attempt);
    }

    Stream<HiddenChange> hiddenChanges() {
        return Stream.of(newLetters(), changesOfAPublishedLetter(), changesOfALaterEdition(), changesBehindCursors())
                .flatMap(List::stream);
    }

    private List<HiddenChange> newLetters() {
        var questions = new LinkedHashMap<String, Function<LetterTarget, Request>>();
        questions.put("totals", plan -> Request.of("{ letters { totalCount totalCountIsExact } }", Map.of()));
        questions.put("the first page", plan -> letters("first: 100", ""));
        questions.put("the last page", plan -> letters("last: 3", ""));
        questions.put("states", plan -> letters("filter: { states: [DRAFT, OFFERED, IN_FORCE] }", ""));
        questions.put("a word of the title", plan -> letters("filter: { text: $value }", plan.word()));
        questions.put("a word of the text", plan -> letters("filter: { text: $value }", plan.textWord()));
        questions.put("its initiator", plan -> letters("filter: { party: $value }", idOf(letters.owner)));
        questions.put("a party", plan -> letters("filter: { party: $value }", idOf(letters.party)));
        questions.put("the letters of its initiator", plan -> lettersOf(idOf(letters.owner)));
        questions.put("the letters of a party", plan -> lettersOf(idOf(letters.party)));
        questions.put(
                "many lists at once",
                plan -> Request.of(
                        "query ($t: String, $p: ID!) { all: letters { totalCount } some: letters(filter: { text: $t }) { totalCount }"
                                + " last: letters(last: 1, filter: { party: $p }) { nodes { id } pageInfo { hasPreviousPage endCursor } }"
                                + " partner(id: $p) { letters { nodes { id } } } viewer { taskCount tasks { nodes { kind subject { id } } } } }",
                        Map.of("t", plan.word(), "p", idOf(letters.party))));
        var insiders =
                with(OBSERVERS, letters.partySignatory, letters.formerSignatory, letters.suspendedSignatory, OFFICE);
        var noParties = with(OBSERVERS, letters.suspendedSignatory);
        var changes = new ArrayList<HiddenChange>();
        questions.forEach((what, question) -> {
            changes.add(newLetter(
                    "a new draft, asking for " + what, question, insiders, plan -> letters.draft(plan, Map.of())));
            changes.add(newLetter(
                    "a new offer, asking for " + what, question, noParties, plan -> letters.offered(plan, Map.of())));
            changes.add(newLetter(
                    "a new letter in force among its parties, asking for " + what,
                    question,
                    noParties,
                    plan -> letters.inForce(plan, "PARTIES", true)));
        });
        changes.add(newLetter(
                "a new published letter, asking for those of a party that has not signed",
                plan -> letters("filter: { party: $value }", idOf(letters.former)),
                noParties,
                plan -> letters.inForce(plan, "PUBLIC", true)));
        changes.add(newLetter(
                "a new published letter, asking for the letters of a party that has not signed",
                plan -> lettersOf(idOf(letters.former)),
                noParties,
                plan -> letters.inForce(plan, "PUBLIC", true)));
        changes.add(newLetter(
                "a new offer, asking for awaited answers",
                plan -> letters("filter: { awaitingMyAnswer: true }", ""),
                noParties,
                plan -> letters.offered(plan, Map.of())));
        changes.add(newLetter(
                "a new letter in force among its parties, asking for those that end",
                plan -> letters("filter: { endsBefore: \"2101-01-01\" }", ""),
                noParties,
                plan -> letters.inForce(plan, "PARTIES", true)));
        return changes;
    }

    private HiddenChange newLetter(
            String what,
            Function<LetterTarget, Request> question,
            List<Party> by,
            Function<LetterTarget, LetterTarget> made) {
        var plan = LetterTarget.absent();
        return new HiddenChange(what, () -> question.apply(plan), () -> made.apply(plan), by, letters.signatory);
    }

    /** What happens to a letter in force that those who see it do not see, each from a state of it. */
    private Map<String, List<UnaryOperator<LetterTarget>>> steps() {
        UnaryOperator<LetterTarget> nothing = letter -> letter;
        UnaryOperator<LetterTarget> amend = letter -> letters.amended(letter, LetterTarget.absent());
        UnaryOperator<LetterTarget> offer = letter -> letters.offer(amend.apply(letter));
        var steps = new LinkedHashMap<String, List<UnaryOperator<LetterTarget>>>();
        steps.put("a later draft", List.of(nothing, amend));
        steps.put(
                "a change of a later draft",
                List.of(
                        amend,
                        letter -> letters.change(letter, letters.editor, "editLetter", Map.of("noticeDays", 30))));
        steps.put(
                "the end of a later draft",
                List.of(amend, letter -> letters.change(letter, letters.editor, "deleteLetterDraft", Map.of())));
        steps.put("a later offer", List.of(nothing, offer));
        steps.put(
                "a signature of a later offer",
                List.of(offer, letter -> letters.change(letter, letters.partySignatory, "signLetter", Map.of())));
        steps.put(
                "a no to a later offer",
                List.of(offer, letter -> letters.change(letter, letters.partySignatory, "declineLetter", Map.of())));
        steps.put(
                "a withdrawal of a later offer",
                List.of(offer, letter -> letters.change(letter, letters.signatory, "withdrawOffer", Map.of())));
        return steps;
    }

    private List<HiddenChange> changesOfAPublishedLetter() {
        var steps = steps();
        steps.put(
                "a no of an optional party",
                List.of(
                        letter -> letter,
                        letter -> letters.change(letter, letters.formerSignatory, "declineLetter", Map.of())));
        steps.put(
                "a reservation of an optional party",
                List.of(
                        letter -> letter,
                        letter -> letters.change(
                                letter,
                                letters.formerSignatory,
                                "signLetter",
                                Map.of("reservation", Map.of("body", "The senate", "expectedBy", "2099-01-01")))));
        steps.put(
                "a party's notice",
                List.of(
                        letter -> letter,
                        letter -> letters.change(letter, letters.partySignatory, "withdrawFromLetter", Map.of())));
        steps.put(
                "the end of a party's notice",
                List.of(
                        letter -> letters.change(letter, letters.partySignatory, "withdrawFromLetter", Map.of()),
                        letter -> letters.change(letter, letters.partySignatory, "withdrawNotice", Map.of())));
        steps.put(
                "the initiator's notice",
                List.of(
                        letter -> letter,
                        letter -> letters.change(letter, letters.signatory, "terminateLetter", Map.of())));
        return changesOf("of a published letter, ", steps, "PUBLIC", with(OBSERVERS, letters.suspendedSignatory));
    }

    private List<HiddenChange> changesOfALaterEdition() {
        return changesOf("of a letter of which it is a party, ", steps(), "PARTIES", List.of(letters.formerSignatory));
    }

    private List<HiddenChange> changesOf(
            String which, Map<String, List<UnaryOperator<LetterTarget>>> steps, String visibility, List<Party> by) {
        var changes = new ArrayList<HiddenChange>();
        steps.forEach((what, step) -> {
            var letter = new AtomicReference<LetterTarget>();
            changes.add(new HiddenChange(
                    which + what,
                    () -> {
                        letter.set(step.getFirst().apply(letters.inForce(visibility, false)));
                        return allAbout(letter.get());
                    },
                    () -> step.getLast().apply(letter.get()),
                    by,
                    letters.signatory));
        });
        return changes;
    }

    private Request allAbout(LetterTarget target) {
        return Request.of(
                "query ($id: ID!, $p: ID!, $text: String) { letter(id: $id) { ...everything } verifyLetter(letterId: $id) { editions { number } }"
                        + " letters(filter: { party: $p }) { totalCount edges { cursor node { id updatedAt } } }"
                        + " some: letters(filter: { text: $text }) { totalCount } amended: letters(filter: { states: [DRAFT, OFFERED] })"
                        + " { totalCount } partner(id: $p) { letters { nodes { id state } } }"
                        + " viewer { taskCount tasks { nodes { kind since subject { id } } } } }"
                        + LetterRequests.EVERYTHING,
                Map.of("id", target.letter(), "p", idOf(letters.party), "text", target.textWord()));
    }

    /** A cursor of the initiator's list tells nothing about what it is of. */
    private List<HiddenChange> changesBehindCursors() {
        var draft = new AtomicReference<LetterTarget>();
        return List.of(new HiddenChange(
                "of a draft that is deleted, asking with its cursor",
                () -> {
                    draft.set(letters.draftWithoutFiles());
                    var cursor = secrecy.value(letters.editor, letters("first: 1", ""), "/data/letters/edges/0/cursor")
                            .asString();
                    return Request.of(
                            "query ($c: String) { after: letters(after: $c) { nodes { id } totalCount }"
                                    + " before: letters(last: 2, before: $c) { nodes { id } pageInfo { hasNextPage } } all: letters { totalCount } }",
                            Map.of("c", cursor));
                },
                () -> letters.change(draft.get(), letters.editor, "deleteLetterDraft", Map.of()),
                with(OBSERVERS, letters.partySignatory, OFFICE),
                letters.editor));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hiddenChanges")
    void whatIsHiddenChangesNoAnswer(HiddenChange change) {
        secrecy.check(change);
    }

    /** When the later edition is in force, it sees that its own is not any more, and nothing else of it. */
    @Test
    void aFormerPartySeesNothingOfTheEditionThatTookThePlaceOfItsOwn() {
        var first = letters.inForce("PARTIES", true);
        var offered = letters.offer(letters.amended(first, LetterTarget.absent()));
        var question = Request.of(
                "query ($id: ID!, $text: String, $p: ID!) { letter(id: $id) { title parties { id } draft { number } editions { number title"
                        + " digest text { content } parties { partner { id } answer { state } } changesSince(edition: 2) { changes { field } } }"
                        + " } verifyLetter(letterId: $id) { editions { number digest } }"
                        + " letters(filter: { text: $text }) { totalCount } all: letters { totalCount }"
                        + " of: letters(filter: { party: $p }) { totalCount } partner(id: $p) { letters { nodes { id } } } }",
                Map.of("id", first.letter(), "text", offered.textWord(), "p", idOf(letters.party)));
        // That its own edition was superseded is an event which it sees: LetterActivityTest.
        secrecy.check(new HiddenChange(
                "a later edition in force",
                () -> question,
                () -> letters.inForce(offered),
                List.of(letters.formerSignatory),
                letters.partySignatory));
        assertThat(secrecy.value(letters.formerSignatory, letter(first.letter()), "/data/letter/state")
                        .asString())
                .isEqualTo("SUPERSEDED");
    }

    @Test
    void othersSeeOfAPublishedLetterWhatIsPublished() {
        var published = letters.inForce("PUBLIC", true);
        letters.change(published, letters.formerSignatory, "declineLetter", Map.of("comment", "Zzcomment"));
        letters.change(published, letters.partySignatory, "withdrawFromLetter", Map.of("reason", "Zzleaving"));
        letters.change(published, letters.signatory, "terminateLetter", Map.of("reason", "Zzending"));
        var hidden = List.of(
                published.written().digest(),
                "letter-edition/1",
                published.files().annex(),
                published.files().power(),
                idOf(letters.former),
                idOf(letters.suspended),
                "POWER_OF_ATTORNEY",
                "Rector",
                "Test Account",
                "Zzcomment",
                "Zzleaving",
                "Zzending");
        var shown = List.of(
                published.word(),
                published.textWord(),
                published.files().document(),
                idOf(letters.owner),
                idOf(letters.party));
        for (var by : List.of(NOBODY, MEMBER, ONBOARDING, SUSPENDED, letters.suspendedSignatory)) {
            assertThat(secrecy.send(by.sends(everythingOf(published.letter()))).body())
                    .as(by.name())
                    .contains(shown)
                    .doesNotContain(hidden);
        }
        for (var by : List.of(letters.formerSignatory, OFFICE)) {
            assertThat(secrecy.send(by.sends(everythingOf(published.letter()))).body())
                    .as(by.name())
                    .contains(shown)
                    .contains(hidden);
        }
    }

    /** Nobody sees it any more, but its initiator may repeat what it did with its key. */
    @Test
    void aDeletedLetterIsAsIfItDidNotExist() {
        var deleted = letters.draftWithoutFiles();
        Function<LetterTarget, Request> delete = target -> change("deleteLetterDraft", target.written(), Map.of());
        Function<LetterTarget, Request> withKey = target -> delete.apply(target).with(KEY, target.key());
        assertDone(secrecy.send(letters.editor.sends(withKey.apply(deleted))).body());
        tenants.awaitPublication();

        var absent = LetterTarget.absent();
        secrecy.assertAsIfItDidNotExist(deleted, absent, notInitiator, withKey);
        var all = with(notInitiator, letters.editor, letters.signatory);
        secrecy.assertAsIfItDidNotExist(deleted, absent, all, delete);
        secrecy.assertAsIfItDidNotExist(deleted, absent, all, target -> everythingOf(target.letter()));
        secrecy.assertAsIfItDidNotExist(deleted, absent, all, target -> node(target.letter()));
        secrecy.assertAsIfItDidNotExist(
                deleted, absent, all, target -> letters("filter: { text: $value }", target.word()));
        assertDone(secrecy.send(letters.editor.sends(withKey.apply(deleted))).body());
    }

    @Test
    void theKeyOfAnotherDraftsAnotherLetter() {
        var draft = letters.draft();
        var own = secrecy.value(
                        letters.partyEditor,
                        Request.of(
                                        LetterRequests.document("draftLetter"),
                                        Map.of("input", LetterRequests.input("draftLetter", draft.written())))
                                .with(KEY, draft.key()),
                        "/data/draftLetter/letter/id")
                .asString("");
        assertThat(own).isNotEmpty().isNotEqualTo(draft.letter());
    }
}
