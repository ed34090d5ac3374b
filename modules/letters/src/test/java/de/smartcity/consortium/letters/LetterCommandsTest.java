package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.application.LetterManagement;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.LiftingInput;
import de.smartcity.consortium.letters.model.Mandate;
import de.smartcity.consortium.letters.model.Reservation;
import de.smartcity.consortium.letters.model.SignatureInput;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The number of commands does not depend on how many letters, editions, parties and signatures there are. */
@LetterTest
@Import(ModuleCommands.class)
@TestPropertySource(properties = {"consortium.jobs.interval=1h", "consortium.limits.cost=100000000"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LetterCommandsTest {

    private static final String EDITION = """
            { number title text { content contentTranslations { locale text } } canonicalForm document { id sha256 } annexes { id name }
              parties { partner { id name } requirement legalEntity { name } answer { state ...answer } } offeredAt digest
              changesSince(edition: 1) { changes { field locale partner { name } before after } } hiddenFields }""";
    private static final String LETTER = """
            { id title state initiator { id name } parties { id name } awaitingMyAnswer currentEdition EDITION draft EDITION editions EDITION
              activity(first: 2) { nodes { id type partner { name } } pageInfo { hasNextPage } } createdAt viewerCanSign hiddenFields }""".replace("EDITION", EDITION);
    private static final String ANSWER = """
            fragment signed on Signature { by { name function } powerOfAttorney { id } document { id } reservation { body } }
            fragment answer on Answer { signatures { ...signed } earlierSignatures { ...signed } liftings { by { name } reference }
              earlierLiftings { by { name } } declined { comment } }""";
    private static final String LETTERS = "query ($n: Int!) { letters(first: $n) { totalCount totalCountIsExact"
            + " pageInfo { hasNextPage endCursor } nodes " + LETTER + " } }" + ANSWER;
    private static final String ONE = "query ($id: ID!) { letter(id: $id) " + LETTER + " }" + ANSWER;
    private static final String OF_PARTNERS =
            "query ($n: Int!) { partners(first: $n) { nodes { id name letters(first: 3)"
                    + " { pageInfo { hasNextPage } nodes " + LETTER + " } } } }" + ANSWER;

    @Autowired
    private Asked asked;

    @Autowired
    private Sent sent;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private LetterManagement management;

    @Autowired
    private FileUploads uploads;

    private List<Partner> partners = List.of();
    private @Nullable LetterId small;
    private @Nullable LetterId large;

    @BeforeAll
    void someLettersAndALargeOne(@Autowired Given given) {
        partners = given.members(21);
        for (var n = 0; n < 10; n++) {
            steps.on(LocalDate.of(2026, 1, 1).plusDays(n));
            // The first page has only such as have little of everything.
            withEverything(n >= 8 ? 2 : 2 + n % 3, n >= 8 ? 2 : 2 + n % 5);
        }
        steps.on(LocalDate.of(2025, 1, 1));
        small = withEverything(2, 2);
        large = withEverything(5, 20);
    }

    /** A letter of the first partner, of which the last edition is a draft; with files, a lifted reservation, and a party that declined. */
    private LetterId withEverything(int editions, int parties) {
        var owner = partners.getFirst();
        var asks = partners.subList(0, parties).toArray(Partner[]::new);
        var letter = steps.draft(owner, terms(1, owner, asks));
        for (var edition = 1; edition < editions; edition++) {
            if (edition > 1) {
                steps.amend(letter, owner, terms(edition, owner, asks));
            }
            steps.offer(letter, owner);
            for (var partner : partners.subList(0, 2)) {
                answer(letter, partner);
            }
            for (var partner : partners.subList(2, parties)) {
                steps.sign(letter, partner);
            }
        }
        steps.amend(letter, owner, terms(editions, owner, asks));
        return letter;
    }

    /** With files and a reservation, then no, then yes. */
    private void answer(LetterId letter, Partner partner) {
        var change = steps.change(Written.signatory(partner));
        var input = new SignatureInput(
                "Mayor",
                "de",
                SignatureMethod.QUALIFIED,
                Mandate.POWER_OF_ATTORNEY,
                upload(Written.signatory(partner)),
                upload(Written.signatory(partner)),
                new Reservation("City council", LetterSteps.NEVER));
        management.sign(letter, steps.digest(letter), violations -> input, change);
        steps.decline(letter, partner);
        steps.sign(letter, partner);
    }

    private Terms terms(int edition, Partner owner, Partner... asks) {
        return new Terms()
                .titled("Edition " + edition)
                .saying("The text of edition " + edition)
                .among(asks)
                .visibleTo(LetterVisibility.CONSORTIUM)
                .withPublicText()
                .attaching(upload(Written.editor(owner)), upload(Written.editor(owner)));
    }

    private FileId upload(Actor actor) {
        var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(new Upload("a.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), actor)
                .id();
    }

    private Actor owner() {
        return Written.editor(partners.getFirst());
    }

    /** A party of none of the letters. */
    private Actor member() {
        return Written.editor(partners.getLast());
    }

    private String id(@Nullable LetterId letter) {
        return LetterSteps.globalId(Objects.requireNonNull(letter));
    }

    @Test
    void aPageOfTwoLettersAndOneOfTwelveTakeTheSameCommands() {
        for (var actor : List.of(owner(), member(), Callers.office())) {
            var two = commands(() -> asked.data(actor, LETTERS, Map.of("n", 2)));
            assertThat(commands(() -> asked.data(actor, LETTERS, Map.of("n", 12))))
                    .isEqualTo(two);
        }
    }

    @Test
    void aLetterOfTwoPartiesAndOneOfTwentyInManyEditionsTakeTheSameCommands() {
        for (var actor : List.of(owner(), member(), Callers.office(), Actor.anonymous())) {
            var few = commands(() -> asked.data(actor, ONE, Map.of("id", id(small))));
            assertThat(commands(() -> asked.data(actor, ONE, Map.of("id", id(large)))))
                    .isEqualTo(few);
        }
    }

    @Test
    void eachKindOfObjectTakesOneCommand() {
        assertThat(commands(() -> asked.data(owner(), LETTERS, Map.of("n", 12))))
                .containsExactly(
                        // The total, the activity of each.
                        "aggregate letters",
                        "aggregate letters",
                        // What changes refer to, and what is shown.
                        "find files",
                        "find files",
                        "find letterEditions",
                        "find letterEditions",
                        "find letterEditions",
                        // The letters, and the texts of drafts.
                        "find letters",
                        "find letters",
                        "find letters",
                        "find partners");
    }

    @Test
    void theLettersOfAFewPartnersAndOfManyTakeTheSameCommands() {
        for (var actor : List.of(owner(), Callers.office())) {
            var two = commands(() -> asked.data(actor, OF_PARTNERS, Map.of("n", 2)));
            assertThat(commands(() -> asked.data(actor, OF_PARTNERS, Map.of("n", 21))))
                    .isEqualTo(two);
        }
    }

    @Test
    void theStatesOfManyLettersTakeOneCommand() {
        assertThat(commands(() -> asked.data(
                        owner(),
                        "{ letters(first: 12) { nodes { title state awaitingMyAnswer editions { number title state } viewerCanSign } } }",
                        Map.of())))
                .containsExactly("find letters");
        assertThat(commands(() -> asked.data(owner(), "{ letters { totalCount } }", Map.of())))
                .containsExactly("aggregate letters");
    }

    @Test
    void manyNodesTakeOneCommand() {
        assertThat(commands(() -> asked.data(
                        owner(),
                        "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on LetterOfIntent { title } } }",
                        Map.of("ids", List.of(id(small), id(large))))))
                .containsExactly("find letters");
    }

    @Test
    void aVerificationTakesThreeCommands() {
        for (var letter : List.of(id(small), id(large))) {
            assertThat(commands(() -> asked.data(
                            owner(),
                            "query ($id: ID!) { verifyLetter(letterId: $id) { verified editions { number differences } } }",
                            Map.of("id", letter))))
                    .containsExactly("find files", "find letterEditions", "find letters");
        }
    }

    @Test
    void theLettersOfAllTasksTakeOneCommand() {
        var waiting = steps.offered(
                partners.getFirst(), new Terms().among(partners.subList(0, 20).toArray(Partner[]::new)));
        try {
            assertThat(commands(() -> asked.data(
                            owner(),
                            "{ viewer { taskCount tasks { nodes { kind subject { ... on LetterOfIntent { title parties { name } } } } } } }",
                            Map.of())))
                    .containsExactly(
                            "aggregate letters",
                            "aggregate letters",
                            "aggregate partners",
                            "aggregate partners",
                            "find letters",
                            // The subjects of other tasks, and the parties.
                            "find partners",
                            "find partners");
        } finally {
            steps.withdraw(waiting, partners.getFirst());
        }
    }

    @Test
    void aChangeTakesAsManyCommandsWhateverTheLetterHas() {
        var document = "mutation ($input: SignLetterInput!) { signLetter(input: $input) { letter " + LETTER
                + " userErrors { rule } } }" + ANSWER;
        var signer = partners.get(1);
        var taken = new ArrayList<List<String>>();
        for (var editions : List.of(2, 4)) {
            var letter = withEverything(editions, editions);
            steps.edit(
                    letter,
                    partners.getFirst(),
                    terms(
                            editions,
                            partners.getFirst(),
                            partners.subList(0, 5 * editions).toArray(Partner[]::new)));
            steps.offer(letter, partners.getFirst());
            var input = Map.of("input", Written.signature(LetterSteps.globalId(letter), steps.digest(letter)));
            taken.add(commands(() -> assertThat(
                            asked.<Map<String, Object>>data(Written.signatory(signer), document, input, "signLetter"))
                    .containsEntry("userErrors", List.of())));
        }
        assertThat(taken.getLast()).isEqualTo(taken.getFirst());
    }

    @Test
    void theLiftingOfAReservationReadsTheLetterAndWhatWasOfferedAndWritesOnce() {
        var letter = steps.offered(partners.getFirst(), new Terms().among(partners.getFirst(), partners.get(1)));
        steps.signWithReservation(letter, partners.get(1));
        var digest = steps.digest(letter);
        var change = steps.change(Written.signatory(partners.get(1)));
        assertThat(commands(() -> management.liftReservation(
                        letter,
                        digest,
                        violations -> new LiftingInput("Mayor", LocalDate.of(2025, 1, 1), "1/25"),
                        change)))
                .containsExactly("find letterEditions", "find letters", "update letters");
        steps.withdraw(letter, partners.getFirst());
    }

    private List<String> commands(Runnable question) {
        return sent.of(asked, question);
    }
}
