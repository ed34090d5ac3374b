package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The partner of an organisation and its status, needed by every request; cached for a second, and evicted when this node changes a partner. With the
 * database away, it fails when the second is over.
 */
class PartnerStatuses implements PartnerDirectory {

    /** With this and the deadline of a request, a change of status holds within five seconds on other nodes. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Partners partners;
    private final Clock clock;
    private final Map<OrganisationId, Remembered> remembered = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    PartnerStatuses(Partners partners, Clock clock) {
        this.partners = partners;
        this.clock = clock;
    }

    @Override
    public Optional<Entry> findByOrganisation(OrganisationId organisation) {
        var now = clock.instant();
        var known = remembered.get(organisation);
        if (known != null && known.isValid(now)) {
            return Optional.of(known.entry());
        }
        var changesBefore = changes.get();
        var entry = partners.findByOrganisation(organisation)
                .map(partner -> new Entry(partner.id(), partner.alias(), partner.status()));
        // Only existing partners are cached, so that tokens of unknown organisations use no memory; and only if no
        // concurrent change has been made.
        remembered.compute(
                organisation,
                (same, other) ->
                        entry.isPresent() && changes.get() == changesBefore ? new Remembered(entry.get(), now) : null);
        return entry;
    }

    void forget(Partner changed) {
        var organisation = changed.organisation();
        if (organisation != null) {
            changes.incrementAndGet();
            remembered.remove(organisation);
        }
    }

    private record Remembered(Entry entry, Instant since) {

        /** Not if the clock was set back, which would prolong it. */
        boolean isValid(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(REMEMBERED));
        }
    }
}
