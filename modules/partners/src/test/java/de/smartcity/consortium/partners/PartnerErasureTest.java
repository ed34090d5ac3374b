package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.activity.ActivityStatus;
import de.smartcity.consortium.activity.JobStatus;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partners;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Dropped prospects are erased 90 days later, in days of the consortium's time zone, and with them the reasons in the log. */
@ModuleTest
@Import(PartnerErasureTest.Time.class)
@TestPropertySource(properties = "consortium.jobs.interval=20ms")
class PartnerErasureTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TestConfiguration
    static class Time {

        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @Autowired
    private SettableClock clock;

    @Autowired
    private Given given;

    @Autowired
    private PartnerManagement management;

    @Autowired
    private PartnerImport loading;

    @Autowired
    private Partners partners;

    @Autowired
    private ActivityStatus status;

    @Autowired
    private MongoOperations mongo;

    /** In 2026, clocks are set forward on 29 March and back on 25 October. The days are such that one of the changes is between the two times. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-10T00:00, 2026-04-11T00:00",
        "2026-01-10T23:59, 2026-04-11T00:00",
        "2026-03-29T01:59, 2026-06-28T00:00",
        "2026-08-01T00:00, 2026-10-31T00:00",
        "2026-08-01T23:59, 2026-10-31T00:00",
        "2026-07-26T12:00, 2026-10-25T00:00",
        "2026-10-25T02:30, 2027-01-24T00:00"
    })
    void aDroppedProspectIsErasedWhenTheLastOfNinetyDaysIsOver(LocalDateTime dropped, LocalDateTime erased) {
        var due = erased.atZone(BERLIN).toInstant();
        clock.set(dropped.atZone(BERLIN).toInstant());
        var id = dropped("A reason at " + dropped);

        clock.set(due.minusMillis(1));
        awaitTwoRuns();
        assertThat(partners.findById(id).orElseThrow().contacts()).as("not yet").isNotEmpty();
        clock.set(due);
        awaitErased(id);
    }

    @Test
    void whatFellDueLongAgoIsErasedByTheNextRun() {
        clock.set(Instant.parse("2026-02-01T12:00:00Z"));
        var all = List.of(dropped("one"), dropped("two"), dropped("three"));
        clock.set(Instant.parse("2029-02-01T12:00:00Z"));
        all.forEach(this::awaitErased);
    }

    @Test
    void aProspectThatCannotBeReadDoesNotKeepOthersFromBeingErased() {
        clock.set(Instant.parse("2026-02-01T12:00:00Z"));
        var broken = dropped("one");
        var other = dropped("two");
        var brokenId = Filters.eq("_id", broken.value());
        mongo.getCollection("partners").updateOne(brokenId, Updates.set("profile.kind", "NEWER_KIND"));
        try {
            clock.set(Instant.parse("2026-06-01T12:00:00Z"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> partners.findById(other).orElseThrow().droppedAt() == null);
            await().atMost(Duration.ofSeconds(20)).until(() -> job().failed() == 1);
        } finally {
            mongo.getCollection("partners").updateOne(brokenId, Updates.set("profile.kind", "OTHER"));
        }
        awaitErased(broken);
    }

    @Test
    void theReasonsOfItsEventsAreErasedFromTheLogAndNoOthers() {
        clock.set(Instant.parse("2026-02-01T12:00:00Z"));
        var id = dropped("Somebody said so");
        var other = given.partner(PartnerStatus.SUSPENDED);
        await().until(() -> log(id).size() == 4 && reasons(other.id()).contains("For a test"));
        assertThat(reasons(id)).contains("Somebody said so");

        clock.set(Instant.parse("2026-06-01T12:00:00Z"));
        awaitErased(id);

        await().atMost(Duration.ofSeconds(20)).until(() -> reasons(id).isEmpty());
        assertThat(log(id).stream().map(event -> event.getString("type")))
                .as("the events themselves stay")
                .containsExactlyInAnyOrder(
                        "PROSPECT_RECORDED",
                        "PARTNER_CONTACT_ADDED",
                        "PARTNER_CONTACT_ADDED",
                        "PROSPECT_DROPPED",
                        "PROSPECT_ERASED");
        assertThat(reasons(other.id())).contains("For a test");
    }

    @Test
    void nothingButTheAliasIsLeftAndFilesDoNotBringItBack() {
        clock.set(Instant.parse("2026-02-01T12:00:00Z"));
        var partner = given.partner("given-up-again", "Given up", PartnerStatus.PROSPECT);
        management.dropProspect(partner.id(), "A reason", Change.by(Actor.system(), clock.instant()));
        clock.set(Instant.parse("2026-06-01T12:00:00Z"));
        awaitErased(partner.id());

        var left = Objects.requireNonNull(mongo.getCollection("partners")
                .find(Filters.eq("_id", partner.id().value()))
                .first());
        assertThat(left.toJson()).doesNotContain("Given up", "office@example.org", "A reason", "Press office");
        loading.load(
                List.of(new PartnerRow(
                        "given-up-again", "COMPANY", Map.of("en", "Given up"), null, List.of("MOBILITY"), null, null)),
                Map.of());
        assertThat(partners.findByAlias(new PartnerAlias("given-up-again"))).isEmpty();
    }

    private PartnerId dropped(String reason) {
        var partner = given.partner(PartnerStatus.PROSPECT);
        management.dropProspect(partner.id(), reason, Change.by(Actor.system(), clock.instant()));
        return partner.id();
    }

    private void awaitErased(PartnerId id) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var partner = partners.findById(id).orElseThrow();
            return partner.droppedAt() == null && partner.contacts().isEmpty();
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> job().failed() == 0);
    }

    /** The second one began after the clock was set. */
    private void awaitTwoRuns() {
        var before = job().runs();
        await().atMost(Duration.ofSeconds(20)).until(() -> job().runs() >= before + 2);
    }

    private JobStatus job() {
        return status.jobs().stream()
                .filter(job -> job.name().equals("erase-dropped-prospects"))
                .findFirst()
                .orElseThrow();
    }

    private List<Document> log(PartnerId id) {
        return mongo.getCollection("activity")
                .find(Filters.eq("subject", id.value()))
                .into(new ArrayList<>());
    }

    private List<String> reasons(PartnerId id) {
        return log(id).stream()
                .map(event -> event.getString("reason"))
                .filter(Objects::nonNull)
                .toList();
    }
}
