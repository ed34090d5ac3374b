package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.sandbox.SettableClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** The files of letters: who may attach them, who sees them, and which go. */
@LetterTest
@Import(LetterFilesTest.Time.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
class LetterFilesTest {

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock(Instant.now());
        }
    }

    @Autowired
    private SettableClock clock;

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Autowired
    private FileUploads uploads;

    @Autowired
    private FileReading reading;

    @Autowired
    private MongoOperations mongo;

    private final Partner owner;
    private final Partner party;
    private final Partner member;

    LetterFilesTest(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
    }

    private FileView upload(Actor actor) {
        var pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return uploads.upload(
                new Upload("letter.pdf", "application/pdf", pdf.length, new ByteArrayInputStream(pdf)), actor);
    }

    private boolean sees(Actor actor, FileView file) {
        return reading.find(file.id(), actor).isPresent();
    }

    private boolean exists(FileView file) {
        return mongo.getCollection("files")
                        .countDocuments(Filters.eq("_id", file.id().value()))
                > 0;
    }

    @Test
    void theFilesOfADraftAreSeenByItsOwnerAndFromTheOfferOnByTheParties() {
        var pdf = upload(Written.editor(owner));
        var annex = upload(Written.editor(owner));
        var letter =
                written.draft(Map.of("document", pdf.globalId(), "annexes", List.of(annex.globalId())), owner, party);

        assertThat(sees(Written.editor(owner), pdf)).isTrue();
        assertThat(sees(Written.editor(party), pdf)).isFalse();
        assertThat(sees(Callers.office(), annex)).isFalse();
        written.offer(letter, owner);
        for (var file : List.of(pdf, annex)) {
            assertThat(sees(Written.editor(owner), file)).isTrue();
            assertThat(sees(Written.person(party, "viewer", Role.VIEWER), file)).isTrue();
            assertThat(sees(Callers.office(), file)).isTrue();
            assertThat(sees(Written.editor(member), file)).isFalse();
            assertThat(sees(Actor.anonymous(), file)).isFalse();
        }
        Map<String, Object> edition = asked.data(
                Written.editor(party),
                "query($id: ID!) { letter(id: $id) { currentEdition { document { id sha256 } annexes { id name } } } }",
                Map.of("id", letter),
                "letter",
                "currentEdition");
        assertThat(edition)
                .isEqualTo(Map.of(
                        "document", Map.of("id", pdf.globalId(), "sha256", pdf.sha256()),
                        "annexes", List.of(Map.of("id", annex.globalId(), "name", "letter.pdf"))));
    }

    @Test
    void thePdfIsPublishedWithTheTextAndAnnexesAreNot() {
        var pdf = upload(Written.editor(owner));
        var annex = upload(Written.editor(owner));
        var terms = new HashMap<String, Object>(
                Map.of("document", pdf.globalId(), "annexes", List.of(annex.globalId()), "visibility", "CONSORTIUM"));
        written.inForce(terms, owner, party);
        assertThat(sees(Written.editor(member), pdf)).isFalse();

        var other = upload(Written.editor(owner));
        terms.put("document", other.globalId());
        terms.put("annexes", List.of());
        terms.put("publishText", true);
        written.inForce(terms, owner, party);
        assertThat(sees(Written.editor(member), other)).isTrue();
        assertThat(sees(Written.editor(member), annex)).isFalse();
        assertThat(sees(Actor.anonymous(), other)).isFalse();
    }

    @Test
    void onlyAnUploadOfOnesOwnThatNothingElseHasIsAttached() {
        var foreign = upload(Written.editor(member));
        var used = upload(Written.editor(owner));
        written.draft(Map.of("document", used.globalId()), owner, party);
        var input = new HashMap<String, Object>(Map.of("title", List.of(Written.text("de", "Brief"))));
        for (var file : List.of(foreign, used)) {
            input.put("document", file.globalId());
            assertThat(written.rules(Written.editor(owner), "draftLetter", input))
                    .containsExactly("file.unknown input.document");
        }
        input.remove("document");
        input.put("annexes", List.of(upload(Written.editor(owner)).globalId(), foreign.globalId()));
        assertThat(written.rules(Written.editor(owner), "draftLetter", input))
                .containsExactly("file.unknown input.annexes.1");
        assertThat(sees(Written.editor(member), foreign)).isTrue();
    }

    @Test
    void aPowerOfAttorneyIsAttachedByItsSignatoryAndSeenByTheParties() {
        var letter = written.draft(owner, party);
        var digest = written.offer(letter, owner);
        var power = upload(Written.signatory(party));
        var input = new HashMap<>(Written.signature(letter, digest));
        input.put("mandate", "POWER_OF_ATTORNEY");
        input.put("powerOfAttorney", upload(Written.editor(owner)).globalId());
        assertThat(written.rules(Written.signatory(party), "signLetter", input))
                .containsExactly("file.unknown input.powerOfAttorney");
        input.put("powerOfAttorney", power.globalId());
        written.made(Written.signatory(party), "signLetter", input);

        assertThat(sees(Written.editor(owner), power)).isTrue();
        assertThat(sees(Written.editor(member), power)).isFalse();
        clock.advance(Duration.ofHours(3));
        await().until(() -> settled(power));
        assertThat(exists(power)).isTrue();
    }

    @Test
    void whatADraftNoLongerHasIsRemovedAndTheRestStays() {
        var first = upload(Written.editor(owner));
        var second = upload(Written.editor(owner));
        var letter = written.draft(Map.of("annexes", List.of(first.globalId(), second.globalId())), owner, party);
        written.made(
                Written.editor(owner),
                "editLetter",
                Map.of(
                        "letterId",
                        letter,
                        "expectedVersion",
                        written.version(letter, owner),
                        "annexes",
                        List.of(second.globalId())));

        clock.advance(Duration.ofHours(3));
        await().until(() -> !exists(first));
        assertThat(sees(Written.editor(owner), second)).isTrue();
        await().until(() -> settled(second));
        assertThat(exists(second)).isTrue();
    }

    @Test
    void theFilesOfADeletedDraftGo() {
        var pdf = upload(Written.editor(owner));
        var letter = written.draft(Map.of("document", pdf.globalId()), owner, party);
        written.made(
                Written.editor(owner),
                "deleteLetterDraft",
                Map.of("letterId", letter, "expectedVersion", written.version(letter, owner)));
        clock.advance(Duration.ofHours(3));
        await().until(() -> !exists(pdf));
    }

    @Test
    void theFileOfADraftThatWasNotSavedIsRemovedAnHourLater() {
        var pdf = upload(Written.editor(owner));
        // Claimed, and then refused.
        assertThat(written.rules(
                        Written.editor(owner),
                        "draftLetter",
                        Map.of(
                                "title",
                                List.of(Written.text("de", "Brief")),
                                "document",
                                pdf.globalId(),
                                "annexes",
                                List.of(upload(Written.editor(member)).globalId()))))
                .isNotEmpty();
        assertThat(sees(Written.editor(party), pdf)).isFalse();
        clock.advance(Duration.ofHours(25));
        await().until(() -> !exists(pdf));
    }

    @Test
    void aLaterEditionHasTheFilesOfTheOneBefore() {
        var pdf = upload(Written.editor(owner));
        var letter = written.inForce(Map.of("document", pdf.globalId()), owner, party);
        written.made(Written.signatory(owner), "amendLetter", Map.of("letterId", letter));
        written.offer(letter, owner);
        assertThat(sees(Written.editor(party), pdf)).isTrue();
        Map<String, Object> verified = asked.data(
                Written.editor(party),
                "query($id: ID!) { verifyLetter(letterId: $id) { verified editions { differences } } }",
                Map.of("id", letter),
                "verifyLetter");
        assertThat(verified.get("verified")).as("%s", verified).isEqualTo(true);
    }

    /** Whether the job has looked at it and kept it for good. */
    private boolean settled(FileView file) {
        return mongo.getCollection("files")
                        .countDocuments(Filters.and(Filters.eq("_id", file.id().value()), Filters.eq("dueAt", null)))
                == 1;
    }

    /** Of the office and of the partner that it acts for. */
    private static Actor both(Partner partner) {
        var organisation =
                Written.person(partner, "both", Role.EDITOR).organisation().orElseThrow();
        return Actor.acting(
                Actor.Kind.PERSON,
                new AccountId("both-" + partner.alias().value()),
                true,
                organisation,
                List.of(organisation));
    }

    @Test
    void whatAnAccountOfTheOfficeUploadsForItsPartnerIsThePartnersAlone() {
        var file = upload(both(owner));
        assertThat(sees(both(party), file)).isFalse();
        assertThat(sees(Callers.office(), file)).isFalse();
        assertThat(sees(Written.editor(owner), file)).isTrue();
        written.draft(Map.of("document", file.globalId()), owner, party);
        assertThat(exists(file)).isTrue();
    }
}
