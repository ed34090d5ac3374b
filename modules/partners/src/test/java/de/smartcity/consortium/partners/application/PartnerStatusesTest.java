package de.smartcity.consortium.partners.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.retry.RetryTemplate;

/** When a change of a partner's status holds, on the node that made it and on another one. */
@ModuleTest
class PartnerStatusesTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Autowired
    private Given given;

    @Autowired
    private Partners partners;

    @Autowired
    private RetryTemplate staleWrites;

    private final SettableClock clock = new SettableClock(NOON);
    private PartnerStatuses here;
    private PartnerStatuses there;
    private Partner partner;
    private OrganisationId organisation;

    @BeforeEach
    void rememberOnBothNodes() {
        here = new PartnerStatuses(partners, clock);
        there = new PartnerStatuses(partners, clock);
        partner = given.partner(PartnerStatus.ACTIVE);
        organisation = Objects.requireNonNull(partner.organisation());
        assertThat(status(here)).isEqualTo(PartnerStatus.ACTIVE);
        assertThat(status(there)).isEqualTo(PartnerStatus.ACTIVE);
    }

    private PartnerStatus status(PartnerStatuses statuses) {
        return Objects.requireNonNull(statuses.find(List.of(organisation)).get(organisation))
                .status();
    }

    private void suspendHere() {
        new PartnerManagement(partners, here, staleWrites)
                .suspend(partner.id(), "For a test", Change.by(Actor.system(), NOON));
    }

    @Test
    void aChangeHoldsAtOnceOnTheNodeThatMadeItAndASecondLaterOnOthers() {
        suspendHere();

        assertThat(status(here)).isEqualTo(PartnerStatus.SUSPENDED);
        clock.advance(Duration.ofMillis(999));
        assertThat(status(there)).isEqualTo(PartnerStatus.ACTIVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(status(there)).isEqualTo(PartnerStatus.SUSPENDED);
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongIt() {
        suspendHere();

        clock.set(NOON.minusMillis(1));
        assertThat(status(there)).isEqualTo(PartnerStatus.SUSPENDED);
    }

    @Test
    void withoutTheDatabaseARememberedStatusIsUsedForASecondAndThenNone() {
        // After the deadline no command is sent, as if the database was unavailable.
        Deadline.in(Duration.ZERO).run(() -> {
            clock.advance(Duration.ofMillis(999));
            assertThat(status(there)).isEqualTo(PartnerStatus.ACTIVE);
            clock.advance(Duration.ofMillis(1));
            assertThatThrownBy(() -> status(there)).isInstanceOf(DeadlineExceeded.class);
        });
        assertThat(status(there)).isEqualTo(PartnerStatus.ACTIVE);
    }

    @Test
    void aChangeOfAPartnerIsNotSavedAfterTheDeadline() {
        var management = new PartnerManagement(partners, here, staleWrites);
        var now = new AtomicLong();
        var limit = Duration.ofSeconds(60);
        var change = Change.by(Actor.system(), NOON);

        Deadline.in(limit, now::get).run(() -> {
            assertThatThrownBy(() -> management.removeContact(
                            partner.id(),
                            violations -> {
                                now.addAndGet(limit.toNanos());
                                return partner.contacts().getFirst().id();
                            },
                            change))
                    .isInstanceOf(DeadlineExceeded.class);
        });
        assertThat(given.now(partner.id()).version()).isEqualTo(partner.version());

        now.set(0);
        Deadline.in(limit, now::get).run(() -> {
            management.removeContact(
                    partner.id(),
                    violations -> {
                        now.addAndGet(limit.toNanos() - 1);
                        return partner.contacts().getFirst().id();
                    },
                    change);
            assertThat(Deadline.bound().orElseThrow().left()).isEqualTo(Deadline.GRACE);
        });
        assertThat(given.now(partner.id()).contacts()).hasSize(1);
    }
}
