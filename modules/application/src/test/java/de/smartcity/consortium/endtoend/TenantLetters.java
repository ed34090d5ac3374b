package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.LetterRequests.input;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.LetterRequests.Written;
import de.smartcity.consortium.endtoend.LetterTarget.Attached;
import de.smartcity.consortium.endtoend.Tenants.Tenant;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Letters of a tenant with everything that can be hidden, each made anew for one attempt. A second tenant is a required party. Two are optional ones of
 * the first edition: one that is no party of later editions, and one that is suspended when the letter has been made.
 */
final class TenantLetters {

    private final Tenants tenants;
    private final World world;
    private final Secrecy secrecy;
    private final FileClient files;

    final Tenant owner;
    final Tenant party;
    final Tenant former;
    final Tenant suspended;
    final Party editor;
    final Party signatory;
    final Party partyEditor;
    final Party partySignatory;
    final Party formerSignatory;
    final Party suspendedSignatory;

    TenantLetters(Tenants tenants, World world, Secrecy secrecy, FileClient files) {
        this.tenants = tenants;
        this.world = world;
        this.secrecy = secrecy;
        this.files = files;
        owner = tenants.tenant(PartnerStatus.ACTIVE);
        party = tenants.tenant(PartnerStatus.ACTIVE);
        former = tenants.tenant(PartnerStatus.ACTIVE);
        suspended = tenants.tenant(PartnerStatus.SUSPENDED);
        editor = owner.person("editor");
        signatory = owner.person("signatory");
        partyEditor = party.person("editor");
        partySignatory = party.person("signatory");
        formerSignatory = former.person("signatory");
        suspendedSignatory = suspended.person("signatory");
    }

    static String idOf(Tenant tenant) {
        return new GlobalId("Partner", tenant.id().value()).text();
    }

    LetterTarget draft() {
        return draft(LetterTarget.absent(), Map.of());
    }

    /** A draft with the words and the key of the plan. @param terms beside the usual ones */
    LetterTarget draft(LetterTarget plan, Map<String, ?> terms) {
        var target = plan.with(uploads());
        return whileNoneIsSuspended(() -> {
            var drafted = made(
                    editor,
                    "draftLetter",
                    terms(target, terms),
                    request -> request.with("Idempotency-Key", plan.key()));
            return target.as(drafted);
        });
    }

    /** A draft of another tenant, without parties. */
    LetterTarget draftOf(Party by) {
        var target = LetterTarget.absent();
        var drafted = made(by, "draftLetter", input("draftLetter", target.written()), UnaryOperator.identity());
        return target.as(drafted);
    }

    /** A draft whose parties can all answer. */
    LetterTarget draftToOffer() {
        return draft(
                LetterTarget.absent(),
                Map.of("parties", List.of(Map.of("partnerId", idOf(party)), Map.of("partnerId", idOf(former)))));
    }

    /** A draft of which nothing has to be removed later. */
    LetterTarget draftWithoutFiles() {
        return draft(LetterTarget.absent(), Map.of("annexes", List.of(), "document", Optional.empty()));
    }

    private Map<String, Object> terms(LetterTarget target, Map<String, ?> more) {
        var terms = new HashMap<String, Object>();
        terms.put("title", List.of(Map.of("locale", "en", "text", "Title " + target.word())));
        terms.put("text", List.of(Map.of("locale", "en", "text", "Text " + target.textWord())));
        terms.put("document", target.files().document());
        terms.put("annexes", List.of(target.files().annex()));
        terms.put(
                "parties",
                List.of(
                        Map.of("partnerId", idOf(party)),
                        Map.of("partnerId", idOf(former), "requirement", "OPTIONAL"),
                        Map.of("partnerId", idOf(suspended), "requirement", "OPTIONAL")));
        terms.put("lapsesOn", "2099-12-31");
        terms.putAll(more);
        terms.values().removeIf(Optional.empty()::equals);
        return terms;
    }

    LetterTarget offered() {
        return offered(LetterTarget.absent(), Map.of());
    }

    LetterTarget offered(LetterTarget plan, Map<String, ?> terms) {
        return offer(draft(plan, terms));
    }

    LetterTarget offer(LetterTarget draft) {
        return whileNoneIsSuspended(() -> change(draft, signatory, "offerLetter", Map.of()));
    }

    LetterTarget withdrawn() {
        return change(offered(), signatory, "withdrawOffer", Map.of());
    }

    /** The required party has signed with a reservation. */
    LetterTarget reserved() {
        return signedWithPower(
                offered(), Map.of("reservation", Map.of("body", "The senate", "expectedBy", "2099-01-01")));
    }

    private LetterTarget signedWithPower(LetterTarget offered, Map<String, ?> more) {
        var power = upload("signatory", party);
        var input = new HashMap<String, Object>(Map.of("mandate", "POWER_OF_ATTORNEY", "powerOfAttorney", power));
        input.putAll(more);
        return change(offered, partySignatory, "signLetter", input)
                .with(offered.files().withPower(power));
    }

    LetterTarget inForce(String visibility, boolean publishText) {
        return inForce(LetterTarget.absent(), visibility, publishText);
    }

    /** The required parties have signed, and no others. */
    LetterTarget inForce(LetterTarget plan, String visibility, boolean publishText) {
        return inForce(
                offered(plan, Map.of("visibility", visibility, "publishText", publishText, "endsOn", "2100-12-31")));
    }

    LetterTarget inForce(LetterTarget offered) {
        change(offered, signatory, "signLetter", Map.of());
        return signedWithPower(offered, Map.of());
    }

    /** A letter in force that the optional party has signed and left. */
    LetterTarget left(String visibility) {
        var letter = inForce(
                offered(LetterTarget.absent(), Map.of("visibility", visibility, "publishText", true, "noticeDays", 0)));
        change(letter, formerSignatory, "signLetter", Map.of());
        return change(letter, formerSignatory, "withdrawFromLetter", Map.of());
    }

    /** The letter with the draft of a later edition, which has only the required parties, and the words of the plan. */
    LetterTarget amended(LetterTarget inForce, LetterTarget plan) {
        return amended(inForce, plan, Map.of("parties", List.of(Map.of("partnerId", idOf(party)))));
    }

    LetterTarget amended(LetterTarget inForce, LetterTarget plan, Map<String, ?> terms) {
        var draft = change(inForce, signatory, "amendLetter", Map.of());
        var target = plan.with(uploads());
        return whileNoneIsSuspended(
                () -> change(target.as(draft.written()), editor, "editLetter", terms(target, terms)));
    }

    /** The letter after a change. @param more than the least input */
    LetterTarget change(LetterTarget target, Party by, String mutation, Map<String, ?> more) {
        var input = new HashMap<>(input(mutation, target.written()));
        input.putAll(more);
        var now = made(by, mutation, input, UnaryOperator.identity());
        return target.as(new Written(target.letter(), now.version(), now.digest()));
    }

    /** The letter with its events, when they have been published. */
    LetterTarget withEvents(LetterTarget letter) {
        return letter.with(tenants.eventsOf("LetterOfIntent", Target.uuid(letter.letter())));
    }

    private Written made(Party by, String mutation, Map<String, ?> input, UnaryOperator<Request> header) {
        var request = header.apply(Request.of(LetterRequests.document(mutation), Map.of("input", input)));
        var answer =
                JsonMapper.shared().readTree(secrecy.send(by.sends(request)).body());
        var payload = answer.at("/data/" + mutation);
        if (answer.has("errors") || !payload.path("userErrors").isEmpty()) {
            throw new AssertionError(mutation + ": " + answer);
        }
        var letter = payload.path("letter");
        return new Written(
                letter.path("id").asString(""),
                letter.path("version").asInt(0),
                letter.at("/currentEdition/digest").asString(""));
    }

    private Attached uploads() {
        return new Attached(
                upload("editor", owner),
                upload("editor", owner),
                LetterTarget.absent().files().power(),
                upload("editor", owner));
    }

    /** The id of a new upload of somebody with this role. */
    String upload(String role, Tenant tenant) {
        var uploaded =
                files.upload(tenant.username(role), FileClient.letterWith(Map.of()), ofByteArray(FileClient.PDF));
        return FileClient.json(uploaded).at("/id").asString();
    }

    /** Its people send nothing meanwhile, so that the service does not remember that it is ACTIVE. */
    private LetterTarget whileNoneIsSuspended(Supplier<LetterTarget> made) {
        world.management().reinstate(suspended.id(), "For a letter", Tenants.change());
        try {
            return made.get();
        } finally {
            world.management().suspend(suspended.id(), "After a letter", Tenants.change());
        }
    }

    /** Removes those that were made, so that the owner may draft more. */
    void removeAll() {
        tenants.removeLetters(owner);
    }
}
