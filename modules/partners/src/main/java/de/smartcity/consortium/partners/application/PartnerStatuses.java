package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.Partners;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The partner of an organisation and its status, needed by every request; cached for a second, and evicted when this node changes a partner. With the
 * database unavailable, it fails when the second is over.
 */
class PartnerStatuses implements PartnerDirectory {

    /** With this and the deadline by which a save begins, a change of status holds within five seconds on other nodes. */
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
    public Map<OrganisationId, Entry> find(Collection<OrganisationId> organisations) {
        var now = clock.instant();
        var found = new HashMap<OrganisationId, Entry>();
        var unknown = new ArrayList<OrganisationId>();
        for (var organisation : organisations) {
            var known = remembered.get(organisation);
            if (known != null && known.isValid(now)) {
                found.put(organisation, known.entry());
            } else {
                unknown.add(organisation);
            }
        }
        if (!unknown.isEmpty()) {
            found.putAll(read(unknown, now));
        }
        return found;
    }

    private Map<OrganisationId, Entry> read(List<OrganisationId> organisations, Instant now) {
        var changesBefore = changes.get();
        var read = new HashMap<OrganisationId, Entry>();
        for (var partner : partners.findByOrganisationIn(organisations)) {
            read.put(
                    Objects.requireNonNull(partner.organisation()),
                    new Entry(partner.id(), partner.alias(), partner.status()));
        }
        // Only existing partners are cached, so that tokens of unknown organisations use no memory; and only if no
        // concurrent change has been made.
        for (var organisation : organisations) {
            var entry = read.get(organisation);
            remembered.compute(
                    organisation,
                    (same, other) ->
                            entry != null && changes.get() == changesBefore ? new Remembered(entry, now) : null);
        }
        return read;
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
