package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.application.LetterReading;
import de.smartcity.consortium.letters.application.LetterTexts;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Data that was altered is found, by the service and by docs/verify-letter.py. */
@LetterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterVerificationTest {

    private static final Path DOCS = Path.of(Objects.requireNonNull(System.getProperty("consortium.root")), "docs");
    private static final String SCRIPT = DOCS.resolve("verify-letter.py").toString();
    private static final boolean IS_PYTHON_INSTALLED = isPythonInstalled();
    private static final Actor OFFICE = Callers.office();
    private static final String UUID_OF_NONE = "01938f5e-7c00-7000-8000-000000000001";
    private static final String VERIFY = """
            query($id: ID!) { verifyLetter(letterId: $id) {
              verified editions { number digest recomputed verified differences } } }""";

    @Autowired
    private Given given;

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Autowired
    private FileUploads uploads;

    @Autowired
    private FileReading files;

    @Autowired
    private MongoOperations mongo;

    /** A letter with two editions: the first of initiator and former, superseded by the second of initiator and party. */
    private record Letter(
            String id, Partner initiator, Partner former, Partner party, List<String> digests, List<FileView> files) {}

    /** Written once; a test that alters it leaves it as it was. */
    private final Supplier<Letter> shared = SingletonSupplier.of(() -> letter(Map.of()));

    private final List<Runnable> restoring = new ArrayList<>();

    private Letter letter() {
        return shared.get();
    }

    @AfterEach
    void restore() {
        restoring.reversed().forEach(Runnable::run);
        restoring.clear();
    }

    private Letter letter(Map<String, ?> more) {
        var initiator = partner();
        var former = partner();
        var party = partner();
        var document = upload("letter.pdf", initiator);
        var annex = upload("first annex.pdf", initiator);
        var terms = new HashMap<String, Object>(more);
        terms.put("document", document.globalId());
        terms.put("annexes", List.of(annex.globalId()));
        var letter = written.inForce(terms, initiator, former);
        var first = digest(letter);
        written.made(Written.signatory(initiator), "amendLetter", Map.of("letterId", letter));
        var other = upload("second annex.pdf", initiator);
        written.made(
                Written.editor(initiator),
                "editLetter",
                Map.of(
                        "letterId", letter,
                        "expectedVersion", written.version(letter, initiator),
                        "annexes", List.of(other.globalId()),
                        "parties", List.of(Map.of("partnerId", Asked.globalId(party)))));
        var second = written.offer(letter, initiator);
        written.sign(letter, second, Written.signatory(party));
        written.sign(letter, second, Written.signatory(initiator));
        return new Letter(letter, initiator, former, party, List.of(first, second), List.of(document, annex, other));
    }

    /** A member that has stated its legal entity. */
    private Partner partner() {
        var partner = given.partner(PartnerStatus.ACTIVE);
        Map<String, Object> edited = asked.data(
                Callers.of(partner, Role.PARTNER_ADMIN),
                "mutation($input: EditPartnerInput!) { editPartner(input: $input) { userErrors { rule } } }",
                Map.of(
                        "input",
                        Map.of(
                                "partnerId", Asked.globalId(partner),
                                "expectedVersion", Objects.requireNonNull(partner.version()),
                                "legalEntity",
                                        Map.of(
                                                "name", "Example Ü GmbH",
                                                "register", "Amtsgericht",
                                                "registerNumber", "HRB 1",
                                                "seat", "Example city"))),
                "editPartner");
        assertThat(edited.get("userErrors")).isEqualTo(List.of());
        return partner;
    }

    private FileView upload(String name, Partner owner) {
        var bytes = ("%PDF-1.7\n" + name + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(
                new Upload(name, "application/pdf", bytes.length, new ByteArrayInputStream(bytes)),
                Written.editor(owner));
    }

    private String digest(String letter) {
        return asked.data(
                OFFICE,
                "query($id: ID!) { letter(id: $id) { currentEdition { digest } } }",
                Map.of("id", letter),
                "letter",
                "currentEdition",
                "digest");
    }

    private @Nullable Map<String, Object> verification(Letter letter, Actor actor) {
        return asked.data(actor, VERIFY, Map.of("id", letter.id()), "verifyLetter");
    }

    private void assertVerified(Letter letter, Actor actor, Integer... numbers) {
        assertThat(verification(letter, actor))
                .isEqualTo(Map.of(
                        "verified",
                        true,
                        "editions",
                        Arrays.stream(numbers)
                                .map(number -> Map.of(
                                        "number", number,
                                        "digest", letter.digests().get(number - 1),
                                        "recomputed", letter.digests().get(number - 1),
                                        "verified", true,
                                        "differences", List.of()))
                                .toList()));
    }

    /** What differs, by the number of the edition; only of editions in which something does. */
    private Map<Integer, List<String>> differences(Letter letter) {
        var verification = Objects.requireNonNull(verification(letter, OFFICE));
        var differences = new HashMap<Integer, List<String>>();
        for (var each : (List<?>) Objects.requireNonNull(verification.get("editions"))) {
            var edition = (Map<?, ?>) each;
            var found = ((List<?>) Objects.requireNonNull(edition.get("differences")))
                    .stream().map(String::valueOf).toList();
            assertThat(edition.get("verified")).isEqualTo(found.isEmpty());
            if (!found.isEmpty()) {
                differences.put((Integer) Objects.requireNonNull(edition.get("number")), found);
            }
        }
        assertThat(verification.get("verified")).isEqualTo(differences.isEmpty());
        return differences;
    }

    private void assertDiffers(Letter letter, int number, String... differences) {
        assertThat(differences(letter)).isEqualTo(Map.of(number, List.of(differences)));
    }

    private void alter(Letter letter, Bson update) {
        alter(LetterReading.LETTERS, Written.letterId(letter.id()).value(), update);
    }

    private void alter(String collection, Object id, Bson update) {
        var before = stored(collection, id);
        assertThat(mongo.getCollection(collection)
                        .updateOne(Filters.eq("_id", id), update)
                        .getModifiedCount())
                .isEqualTo(1);
        restoring.add(() -> mongo.getCollection(collection).replaceOne(Filters.eq("_id", id), before));
    }

    private void remove(String collection, Object id) {
        var before = stored(collection, id);
        mongo.getCollection(collection).deleteOne(Filters.eq("_id", id));
        restoring.add(() -> mongo.getCollection(collection).insertOne(before));
    }

    private Document stored(String collection, Object id) {
        return Objects.requireNonNull(
                mongo.getCollection(collection).find(Filters.eq("_id", id)).first());
    }

    private static String path(int number, String field) {
        return "editions." + (number - 1) + "." + field;
    }

    // Who may verify

    @Test
    void partiesAndTheOfficeVerifyTheEditionsThatTheyWereOffered() {
        var letter = letter(Map.of("visibility", "PUBLIC", "publishText", true));

        assertVerified(letter, Written.person(letter.initiator(), "viewer", Role.VIEWER), 1, 2);
        assertVerified(letter, Written.person(letter.former(), "viewer", Role.VIEWER), 1);
        assertVerified(letter, Written.person(letter.party(), "viewer", Role.VIEWER), 2);
        assertVerified(
                letter, Written.account(Actor.Kind.APP, letter.party(), PartnerStatus.ACTIVE, "app", Role.VIEWER), 2);
        assertVerified(letter, OFFICE, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARTIES", "CONSORTIUM", "PUBLIC"})
    void whoWasNotOfferedALetterDoesNotVerifyIt(String visibility) {
        var letter = letter(Map.of("visibility", visibility, "publishText", true));

        for (var actor : List.of(
                Written.signatory(given.partner(PartnerStatus.ACTIVE)),
                Written.signatory(given.partner(PartnerStatus.ONBOARDING)),
                Actor.anonymous(),
                suspended(letter.initiator()),
                suspended(letter.former()),
                suspended(letter.party()))) {
            assertThat(verification(letter, actor)).isNull();
        }
    }

    private static Actor suspended(Partner partner) {
        return Written.account(Actor.Kind.PERSON, partner, PartnerStatus.SUSPENDED, "signatory", Role.SIGNATORY);
    }

    @Test
    void aDraftIsNotVerified() {
        var initiator = given.partner(PartnerStatus.ACTIVE);
        var other = given.partner(PartnerStatus.ACTIVE);
        var letter = new Letter(written.draft(initiator, other), initiator, other, other, List.of(), List.of());

        assertThat(verification(letter, Written.editor(initiator))).isNull();
        assertThat(verification(letter, Written.editor(other))).isNull();
        assertThat(verification(letter, OFFICE)).isNull();
    }

    // What was altered in MongoDB

    static Stream<Arguments> alterations() {
        return Stream.of(
                Arguments.of("terms.title.texts.de", "Andere Erklärung", "title.de"),
                Arguments.of("terms.title.texts.fr", "Lettre", "title.fr"),
                Arguments.of("terms.bindingLocale", "en", "bindingLocale"),
                Arguments.of("terms.visibility", "CONSORTIUM", "visibility"),
                Arguments.of("terms.publishText", true, "publishText"),
                Arguments.of("terms.minimumMethod", "QUALIFIED", "minimumMethod"),
                Arguments.of("terms.noticeDays", 7, "noticeDays"),
                Arguments.of("terms.accessionObjectionDays", 0, "accessionObjectionDays"),
                Arguments.of("terms.lapsesOn", "2031-12-31", "lapsesOn"),
                Arguments.of("terms.inForceOn", "2018-07-09", "inForceOn"),
                Arguments.of("terms.endsOn", "2031-12-31", "endsOn"),
                Arguments.of("answers.1.signaturesRequired", 2, "parties.1.signaturesRequired"),
                Arguments.of("answers.1.legalEntity.name", "Example AG", "parties.1.legalEntity.name"),
                Arguments.of("answers.0.legalEntity.seat", "Elsewhere", "parties.0.legalEntity.seat"),
                Arguments.of("answers.1.signatures.0.digest", "0".repeat(64), "signatures.1.0.digest"));
    }

    @ParameterizedTest
    @MethodSource("alterations")
    void whatWasAlteredIsNamedInItsEdition(String field, Object value, String difference) {
        var letter = letter();
        alter(letter, Updates.set(path(2, field), value));
        assertDiffers(letter, 2, difference);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("terms.noticeDays", "many", List.of("noticeDays", "terms.noticeDays")),
                Arguments.of("terms.publishText", "yes", List.of("publishText", "terms.publishText")),
                Arguments.of("terms.visibility", "SECRET", List.of("terms.visibility", "visibility")),
                Arguments.of("terms.lapsesOn", "tomorrow", List.of("lapsesOn", "terms.lapsesOn")),
                Arguments.of("terms.title", "Erklärung", List.of("terms.title", "title.de", "title.en")),
                Arguments.of(
                        "terms.annexes",
                        7,
                        List.of("annexes.0.mediaType", "annexes.0.name", "annexes.0.sha256", "terms.annexes")),
                Arguments.of(
                        "answers.1.signaturesRequired",
                        true,
                        List.of("answers.1.signaturesRequired", "parties.1.signaturesRequired")),
                Arguments.of("answers.1.state", "AGREED", List.of("answers.1.state")),
                Arguments.of("answers.0.signatures.0.method", "FAX", List.of("answers.0.signatures.0.method")),
                Arguments.of("completedOn", 7, List.of("completedOn")));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadIsNamedInItsEdition(String field, Object value, List<String> differences) {
        var letter = letter();
        alter(letter, Updates.set(path(2, field), value));
        assertThat(differences(letter)).isEqualTo(Map.of(2, differences));
    }

    @Test
    void severalPlacesThatCannotBeReadAreNamed() {
        var letter = letter();
        alter(
                letter,
                Updates.combine(
                        Updates.set(path(1, "terms.noticeDays"), "many"),
                        Updates.set(path(2, "answers.0.state"), 1),
                        Updates.set(path(2, "answers.1.state"), 1),
                        Updates.set("createdAt", "long ago")));
        assertThat(differences(letter))
                .isEqualTo(Map.of(
                        1,
                        List.of("createdAt", "noticeDays", "terms.noticeDays"),
                        2,
                        List.of("answers.0.state", "answers.1.state", "createdAt")));
    }

    /** Nobody can tell who may see what. */
    @ParameterizedTest
    @ValueSource(strings = {"editions", "editions.1", "initiator", "editions.1.state", "editions.1.answers.0.partner"})
    void aLetterOfWhichNotEvenTheEditionsAndPartiesCanBeReadIsNotVerified(String path) {
        var letter = letter();
        alter(letter, Updates.set(path, "nonsense"));
        assertThat(Asked.code(asked.ask(OFFICE, VERIFY, Map.of("id", letter.id()))))
                .isEqualTo("INTERNAL");
    }

    @Test
    void aTermThatIsMissingIsNamed() {
        var letter = letter();
        alter(letter, Updates.unset(path(2, "terms.noticeDays")));
        assertDiffers(letter, 2, "noticeDays");
    }

    @Test
    void anotherInitiatorIsNamedInAllEditions() {
        var letter = letter();
        alter(letter, Updates.set("initiator", letter.former().id().value()));
        assertThat(differences(letter)).isEqualTo(Map.of(1, List.of("initiator"), 2, List.of("initiator")));
    }

    @Test
    void partiesOfTheTermsThatAreNotThoseOfTheAnswersAreNamed() {
        var letter = letter();
        alter(letter, Updates.set(path(2, "answers.1.requirement"), "OPTIONAL"));
        assertDiffers(letter, 2, "parties.1.requirement");
        alter(letter, Updates.set(path(2, "terms.parties.1.requirement"), "OPTIONAL"));
        assertDiffers(letter, 2, "parties.1", "parties.1.requirement");
        restore();

        alter(letter, Updates.set(path(2, "terms.parties.1.requirement"), "OPTIONAL"));
        assertDiffers(letter, 2, "parties.1");
        alter(
                letter,
                Updates.set(
                        path(2, "terms.parties.0.partner"), letter.former().id().value()));
        assertDiffers(letter, 2, "parties.0", "parties.1");
        alter(letter, Updates.popLast(path(2, "terms.parties")));
        assertDiffers(letter, 2, "parties.0", "parties.1");
        alter(letter, Updates.unset(path(2, "terms.parties")));
        assertDiffers(letter, 2, "parties.0", "parties.1");
        restore();

        var third = new Document("partner", letter.former().id().value()).append("requirement", "REQUIRED");
        alter(letter, Updates.push(path(2, "terms.parties"), third));
        assertDiffers(letter, 2, "parties.2");
    }

    @Test
    void anEditionThatIsNoLongerInForceIsVerifiedLikeTheOneThatIs() {
        var letter = letter();
        alter(letter, Updates.set(path(1, "terms.title.texts.de"), "Andere Erklärung"));
        assertDiffers(letter, 1, "title.de");
    }

    @Test
    void allThatWasAlteredIsNamed() {
        var letter = letter();
        alter(
                letter,
                Updates.combine(
                        Updates.unset(path(2, "answers.1.legalEntity")),
                        Updates.unset(path(2, "terms.document")),
                        Updates.set(
                                path(2, "answers.0.signatures.0.digest"),
                                letter.digests().getFirst())));
        assertDiffers(
                letter,
                2,
                "document.mediaType",
                "document.name",
                "document.sha256",
                "parties.1.legalEntity.name",
                "parties.1.legalEntity.register",
                "parties.1.legalEntity.registerNumber",
                "parties.1.legalEntity.seat",
                "signatures.0.0.digest");
    }

    @Test
    void aSignatureThatNoLongerCountsIsVerifiedToo() {
        var initiator = partner();
        var other = partner();
        var id = written.draft(initiator, other);
        var digest = written.offer(id, initiator);
        var reserved = new HashMap<String, Object>(Written.signature(id, digest));
        reserved.put("reservation", Map.of("body", "City council", "expectedBy", "2031-12-31"));
        written.made(Written.signatory(other), "signLetter", reserved);
        written.made(
                Written.signatory(other),
                "declineLetter",
                Map.of("letterId", id, "digest", digest, "comment", "The council refused"));
        written.sign(id, digest, Written.signatory(other));
        var letter = new Letter(id, initiator, other, other, List.of(digest), List.of());
        assertVerified(letter, OFFICE, 1);

        alter(letter, Updates.set(path(1, "answers.1.signatures.0.digest"), "0".repeat(64)));
        assertDiffers(letter, 1, "signatures.1.0.digest");
        alter(letter, Updates.set(path(1, "answers.1.signatures.1.digest"), "0".repeat(64)));
        assertDiffers(letter, 1, "signatures.1.0.digest", "signatures.1.1.digest");
    }

    @Test
    void aFileThatWasAlteredOrRemovedIsNamed() {
        var letter = letter();
        var annex = letter.files().get(2).id().value();
        alter(FileReading.FILES, annex, Updates.set("sha256", "0".repeat(64)));
        assertDiffers(letter, 2, "annexes.0.sha256");
        remove(FileReading.FILES, annex);
        assertDiffers(letter, 2, "annexes.0.mediaType", "annexes.0.name", "annexes.0.sha256");
    }

    @Test
    void anotherFileInItsPlaceIsNamed() {
        var letter = letter();
        alter(
                letter,
                Updates.set(
                        path(2, "terms.document"), letter.files().get(2).id().value()));
        assertDiffers(letter, 2, "document.name", "document.sha256");
    }

    @Test
    void aStoredFormThatWasAlteredIsFound() {
        var letter = letter();
        var digest = letter.digests().get(1);
        var form = storedForm(digest);
        // The text is stored nowhere else, so all that can be said is that it is not what was signed.
        setForm(digest, form.replace("Wir arbeiten zusammen.", "Wir arbeiten allein."));
        assertDiffers(letter, 2, "digest");
        setForm(digest, form.replace("Absichtserklärung", "Erklärung"));
        assertDiffers(letter, 2, "digest", "title.de");
        setForm(digest, form + " ");
        assertDiffers(letter, 2, "digest");
        setForm(digest, form);
        assertVerified(letter, OFFICE, 1, 2);
    }

    @Test
    void whatWasAlteredInItsFirstLinesIsNamed() {
        var letter = letter();
        var digest = letter.digests().get(1);
        var form = storedForm(digest);
        setForm(digest, form.replace("letter-edition/1\n", "letter-edition/2\n"));
        assertDiffers(letter, 2, "digest", "version");
        setForm(digest, form.replace(Written.letterId(letter.id()).value().toString(), UUID_OF_NONE));
        assertDiffers(letter, 2, "digest", "letter");
        setForm(digest, form.replace("\n2\n", "\n1\n"));
        assertDiffers(letter, 2, "digest", "number");
        setForm(digest, form.substring(form.indexOf('{')));
        assertDiffers(letter, 2, "digest", "letter", "number", "version");
    }

    @Test
    void aTextThatIsNoneAnyMoreIsNamed() {
        var letter = letter();
        var digest = letter.digests().get(1);
        var form = storedForm(digest);
        setForm(digest, form.replace("\"Wir arbeiten zusammen.\"", "{\"a\":1}"));
        assertDiffers(letter, 2, "digest", "text.de.a");
        for (var other : List.of("null", "1", "\"Text\"", "[\"Text\"]")) {
            setForm(digest, form.replaceFirst("\"text\":\\{.*?}", "\"text\":" + other));
            assertThat(differences(letter)).containsOnlyKeys(2);
            assertThat(differences(letter).get(2)).contains("digest").allMatch(found -> !found.startsWith("title"));
        }
    }

    @Test
    void aHundredDifferencesAreNamed() {
        var letter = letter();
        var digest = letter.digests().get(1);
        var many = new StringBuilder("\"title\":{");
        for (var number = 0; number < 200; number++) {
            many.append("\"x").append(number).append("\":\"Title\",");
        }
        setForm(digest, storedForm(digest).replace("\"title\":{", many));
        assertThat(differences(letter)).containsOnlyKeys(2);
        assertThat(differences(letter).get(2)).hasSize(100).startsWith("digest", "title.x0", "title.x1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "letter-edition/1\n", "{", "[]", "letter-edition/1\nletter\n2\n{} {}"})
    void aStoredFormThatCannotBeReadIsNamed(String form) {
        var letter = letter();
        setForm(letter.digests().get(1), form);
        assertDiffers(letter, 2, "canonicalForm");
    }

    @Test
    void aStoredFormThatIsMissingIsNamed() {
        var letter = letter();
        alter(LetterTexts.EDITIONS, letter.digests().get(1), Updates.unset("canonicalForm"));
        assertDiffers(letter, 2, "canonicalForm");
        restore();
        remove(LetterTexts.EDITIONS, letter.digests().get(1));
        assertDiffers(letter, 2, "canonicalForm");
    }

    @Test
    void aStoredFormThatIsEmptyDiffersInAll() {
        var letter = letter();
        setForm(letter.digests().get(1), "{}");
        assertThat(differences(letter)).containsOnlyKeys(2);
        assertThat(differences(letter).get(2))
                .contains("digest", "initiator", "letter", "number", "title.de", "version");
    }

    @Test
    void theStoredFormOfAnotherEditionIsFound() {
        var letter = letter();
        setForm(letter.digests().get(1), storedForm(letter.digests().get(0)));
        assertDiffers(
                letter, 2, "annexes.0.name", "annexes.0.sha256", "digest", "number", "parties.1", "parties.1.partner");
    }

    @Test
    void theDigestOfAnotherEditionIsFound() {
        var letter = letter();
        alter(letter, Updates.set(path(2, "digest"), letter.digests().get(0)));
        assertDiffers(
                letter,
                2,
                "annexes.0.name",
                "annexes.0.sha256",
                "number",
                "parties.1",
                "parties.1.partner",
                "signatures.0.0.digest",
                "signatures.1.0.digest");
    }

    @Test
    void aDigestOfNoEditionIsFound() {
        var letter = letter();
        alter(letter, Updates.set(path(2, "digest"), "0".repeat(64)));
        assertDiffers(letter, 2, "canonicalForm", "signatures.0.0.digest", "signatures.1.0.digest");
    }

    @Test
    void anEditionOfWhichThereIsOnlyAPdfIsVerified() throws Exception {
        var letter = letterWithoutText();
        assertVerified(letter, OFFICE, 1);
        for (var actor : List.of(OFFICE, Written.editor(letter.initiator()), Written.editor(letter.party()))) {
            assertThat(run(answer(letter, actor)).output())
                    .contains("Edition 1: verified, digest " + letter.digests().getFirst());
        }

        setForm(letter.digests().getFirst(), storedForm(letter.digests().getFirst()) + " ");
        assertDiffers(letter, 1, "digest");
        var run = run(answer(letter, OFFICE));
        assertThat(run.output()).contains("Edition 1: DIFFERENT");
        assertThat(named(run)).containsExactly("canonicalForm");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private Letter letterWithoutText() {
        var initiator = partner();
        var party = partner();
        var document = upload("letter.pdf", initiator);
        var terms = new HashMap<String, @Nullable Object>();
        terms.put("text", null);
        terms.put("document", document.globalId());
        var id = written.draft(terms, initiator, party);
        return new Letter(id, initiator, party, party, List.of(written.offer(id, initiator)), List.of(document));
    }

    private String storedForm(String digest) {
        return stored(LetterTexts.EDITIONS, digest).getString("canonicalForm");
    }

    private void setForm(String digest, String form) {
        alter(LetterTexts.EDITIONS, digest, Updates.set("canonicalForm", form));
    }

    // The script of the documentation

    /** What a run printed, and its exit code. */
    private record Run(int exitCode, String output) {}

    private static Run run(String... arguments) throws IOException, InterruptedException {
        assumeTrue(IS_PYTHON_INSTALLED, "There is no python3 on the PATH.");
        var command = new ArrayList<>(List.of("python3", SCRIPT));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private static boolean isPythonInstalled() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3")));
    }

    private static String documentedQuery() throws IOException {
        var query = Pattern.compile("```graphql\n(query Letter.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("letters.md")));
        assertThat(query.find()).isTrue();
        return query.group(1);
    }

    @TempDir
    private Path folder;

    private String answer(Letter letter, Actor actor, String query) throws IOException {
        var file = Files.createTempFile(folder, "answer", ".json");
        Files.writeString(
                file, JsonMapper.shared().writeValueAsString(asked.ask(actor, query, Map.of("id", letter.id()))));
        return file.toString();
    }

    private String answer(Letter letter, Actor actor) throws IOException {
        return answer(letter, actor, documentedQuery());
    }

    @Test
    void theScriptHasTheQueryOfTheDocumentation() throws IOException {
        assertThat(Files.readString(Path.of(SCRIPT))).contains(documentedQuery());
    }

    @Test
    void theScriptVerifiesTheVectorsOfTheDocumentation() throws Exception {
        var run = run("--vectors");
        assertThat(run.output()).contains("letters.md: verified, test vectors: 2");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theScriptVerifiesWhatTheServiceShows() throws Exception {
        var letter = letter();
        var run = run(answer(letter, OFFICE));

        assertThat(run.output())
                .contains(
                        "Edition 1: verified, digest " + letter.digests().get(0) + ", signatures with this digest: 2",
                        "Edition 2: verified, digest " + letter.digests().get(1) + ", signatures with this digest: 2",
                        "not checked: the content of 2 files");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theScriptNamesEditionsThatAPartyDoesNotSee() throws Exception {
        var letter = letter();
        var run = run(answer(letter, Written.editor(letter.party())));

        assertThat(run.output()).contains("Edition 2: verified", "does not see them: edition 1");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theScriptFindsAnAlteredTitle() throws Exception {
        var letter = letter();
        alter(letter, Updates.set(path(2, "terms.title.texts.de"), "Andere Erklärung"));
        var run = run(answer(letter, OFFICE));

        assertThat(run.output()).contains("Edition 1: verified", "Edition 2: DIFFERENT");
        assertThat(named(run)).containsExactly("title.de");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptNamesAllThatWasAltered() throws Exception {
        var letter = letter();
        // Shown is the requirement that the terms have.
        alter(letter, Updates.set(path(2, "terms.parties.1.requirement"), "OPTIONAL"));
        var differences = alterations()
                .map(Arguments::get)
                .map(alteration -> {
                    alter(letter, Updates.set(path(2, (String) alteration[0]), alteration[1]));
                    return alteration[2];
                })
                .collect(Collectors.toCollection(ArrayList::new));
        differences.add("parties.1.requirement");
        var run = run(answer(letter, OFFICE));

        assertThat(run.output()).contains("Edition 1: verified", "Edition 2: DIFFERENT");
        assertThat(named(run)).containsExactlyInAnyOrderElementsOf(differences);
    }

    @Test
    void theScriptNamesWhatIsMissing() throws Exception {
        var letter = letter();
        alter(letter, Updates.unset(path(2, "terms.noticeDays")));
        alter(letter, Updates.unset(path(2, "terms.lapsesOn")));
        var run = run(answer(letter, OFFICE));

        assertThat(run.output()).contains("Edition 1: verified", "Edition 2: DIFFERENT");
        assertThat(named(run)).containsExactly("lapsesOn", "noticeDays");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** What a run says that differs. */
    private static List<Object> named(Run run) {
        return Pattern.compile("differs: (.*)\n")
                .matcher(run.output())
                .results()
                .<Object>map(line -> line.group(1))
                .toList();
    }

    @Test
    void theScriptFindsAlteredTexts() throws Exception {
        var letter = letter();
        var digest = letter.digests().get(1);
        setForm(digest, storedForm(digest).replace("Wir arbeiten zusammen.", "Wir arbeiten allein."));
        var run = run(answer(letter, OFFICE));

        assertThat(run.output())
                .contains("Edition 1: verified", "Edition 2: DIFFERENT", "it cannot be said which field differs");
        assertThat(named(run)).containsExactly("canonicalForm");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptFindsAnotherInitiator() throws Exception {
        var letter = letter();
        alter(letter, Updates.set("initiator", letter.former().id().value()));
        var run = run(answer(letter, OFFICE));

        assertThat(run.output()).contains("Edition 1: DIFFERENT", "Edition 2: DIFFERENT");
        assertThat(named(run)).containsExactly("initiator", "initiator");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptNeedsTheCanonicalFormOnlyToNameWhatDiffers() throws Exception {
        var letter = letter();
        var query = documentedQuery().replace("      canonicalForm\n", "");
        assertThat(run(answer(letter, OFFICE, query)).output()).contains("Edition 1: verified", "Edition 2: verified");

        alter(letter, Updates.set(path(2, "terms.title.texts.de"), "Andere Erklärung"));
        var run = run(answer(letter, OFFICE, query));
        assertThat(run.output())
                .contains("Edition 1: verified", "Edition 2: DIFFERENT", "it cannot be said which field differs");
        assertThat(named(run)).containsExactly("digest");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptComparesDownloadedFiles() throws Exception {
        var letter = letter();
        var answer = answer(letter, OFFICE);
        var downloads = Files.createDirectory(folder.resolve("downloads"));
        var arguments = new String[] {answer, "--files", downloads.toString()};
        for (var file : letter.files()) {
            try (var bytes = files.bytes(file.id())) {
                Files.write(downloads.resolve(file.name()), bytes.readAllBytes());
            }
        }
        var run = run(arguments);
        assertThat(run.output())
                .contains("Edition 1: verified", "Edition 2: verified")
                .doesNotContain("not checked");
        assertThat(run.exitCode()).isZero();

        Files.writeString(downloads.resolve("first annex.pdf"), "Something else");
        Files.delete(downloads.resolve("letter.pdf"));
        run = run(arguments);
        assertThat(run.output())
                .contains(
                        "annexes.0: \"first annex.pdf\" (other content)",
                        "document: \"letter.pdf\" (not in the folder)");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptDoesNotTakeWhatIsHiddenForVerified() throws Exception {
        var letter = letter(Map.of("visibility", "CONSORTIUM", "publishText", true));
        var run = run(answer(letter, Written.editor(given.partner(PartnerStatus.ACTIVE))));

        assertThat(run.output())
                .contains("Edition 1: NOT CHECKED", "Edition 2: NOT CHECKED", "not checked: noticeDays (hidden)")
                .doesNotContain("verified");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptNamesAllThatWasNotAskedFor() throws Exception {
        var run = run(
                answer(
                        letter(),
                        OFFICE,
                        "query Letter($id: ID!) { letter(id: $id) { id editions { canonicalForm text { content } parties { answer { state } } } } }"));

        assertThat(run.output())
                .contains(Stream.of(
                                "letter.initiator",
                                "number",
                                "digest",
                                "titleTranslations",
                                "text.contentTranslations",
                                "bindingLocale",
                                "document",
                                "annexes",
                                "parties.0.partner",
                                "parties.0.requirement",
                                "parties.0.legalEntity",
                                "parties.0.signaturesRequired",
                                "parties.0.answer.signatures",
                                "parties.1.answer.earlierSignatures",
                                "visibility",
                                "publishText",
                                "minimumMethod",
                                "noticeDays",
                                "accessionObjectionDays",
                                "lapsesOn",
                                "inForceOn",
                                "endsOn",
                                "hiddenFields")
                        .map(field -> "not checked: " + field + " (not in the answer)\n")
                        .toArray(String[]::new))
                .doesNotContain("verified");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptDoesNotPassWithoutOneField() throws Exception {
        var query = documentedQuery();
        var run = run(answer(letter(), OFFICE, query.replace("      endsOn\n", "")));

        assertThat(run.output()).contains("Edition 2: NOT CHECKED\n  not checked: endsOn (not in the answer)\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theScriptSaysWhatItWasNotGiven() throws Exception {
        var letter = letter();
        var run = run(answer(letter, Actor.anonymous()));
        assertThat(run.output()).contains("The letter does not exist, or not for the account that asked.");
        assertThat(run.exitCode()).isEqualTo(1);

        run = run(answer(letter, OFFICE, "query Letter { letter(id: \"nonsense\") { id } }"));
        assertThat(run.output()).contains("The answer has errors");
        assertThat(run.exitCode()).isEqualTo(1);

        var file = folder.resolve("empty.json");
        Files.writeString(file, new Document().toJson());
        run = run(file.toString());
        assertThat(run.output()).contains("This is not the answer to the query for a letter.");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
