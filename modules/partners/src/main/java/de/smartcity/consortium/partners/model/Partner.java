package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.AudienceToken;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SearchText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An organisation that is, may become or was a member of the consortium.
 *
 * <p>Its verbs throw {@link Forbidden} where the actor may not, {@link RuleViolation} where the partner or the input does not allow it, and then
 * have changed nothing.
 */
@Document("partners")
public final class Partner implements PartnerFacts {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SUMMARY = 2000;
    private static final int LONGEST_REASON = 500;
    private static final int MOST_CONTACTS = 20;

    @Id
    private final PartnerId id;

    @Version
    private @Nullable Long version;

    private PartnerAlias alias;
    private @Nullable OrganisationId organisation;
    private LocalizedText name;
    private @Nullable LocalizedText summary;
    private PartnerKind kind;
    private PartnerStatus status;
    private @Nullable String statusReason;
    private boolean dropped;
    private Set<AreaCode> areas;
    private List<ExternalIdentifier> identifiers;
    private @Nullable Website website;
    private @Nullable Address address;
    private List<Contact> contacts;
    private @Nullable LocalDate memberSince;
    private @Nullable LocalDate memberUntil;

    // What queries ask by; derived from the above.
    private Audience audience;
    private SortKeys sort;
    private Set<String> search;
    private List<String> identifierKeys;

    private final Outbox outbox;

    @PersistenceCreator
    Partner(
            PartnerId id,
            @Nullable Long version,
            PartnerAlias alias,
            @Nullable OrganisationId organisation,
            LocalizedText name,
            @Nullable LocalizedText summary,
            PartnerKind kind,
            PartnerStatus status,
            @Nullable String statusReason,
            boolean dropped,
            Set<AreaCode> areas,
            List<ExternalIdentifier> identifiers,
            @Nullable Website website,
            @Nullable Address address,
            List<Contact> contacts,
            @Nullable LocalDate memberSince,
            @Nullable LocalDate memberUntil,
            Audience audience,
            SortKeys sort,
            Set<String> search,
            List<String> identifierKeys,
            Outbox outbox) {
        this.id = id;
        this.version = version;
        this.alias = alias;
        this.organisation = organisation;
        this.name = name;
        this.summary = summary;
        this.kind = kind;
        this.status = status;
        this.statusReason = statusReason;
        this.dropped = dropped;
        this.areas = areas;
        this.identifiers = identifiers;
        this.website = website;
        this.address = address;
        this.contacts = contacts;
        this.memberSince = memberSince;
        this.memberUntil = memberUntil;
        this.audience = audience;
        this.sort = sort;
        this.search = search;
        this.identifierKeys = identifierKeys;
        this.outbox = outbox;
    }

    private Partner(PartnerId id, PartnerDraft draft, String defaultLocale) {
        this.id = id;
        alias = draft.alias();
        name = checkedName(draft.name());
        summary = checkedSummary(draft.summary());
        kind = draft.kind();
        status = PartnerStatus.PROSPECT;
        areas = inOrder(draft.areas());
        identifiers = checkedIdentifiers(draft.identifiers());
        website = draft.website();
        address = draft.address();
        contacts = List.of();
        audience = audienceIn(id, status);
        sort = SortKeys.of(id, name.in(List.of(defaultLocale)), null);
        search = searched(name, summary);
        identifierKeys = keys(identifiers);
        outbox = new Outbox(List.of());
    }

    /**
     * An organisation that the office talks to.
     *
     * @param defaultLocale the consortium's first language: partners are ordered by their names in it
     */
    public static Partner recordProspect(Actor actor, PartnerDraft draft, Instant at, String defaultLocale) {
        demand(PartnerPermissions.recordProspect(actor));
        var partner = new Partner(PartnerId.next(), draft, defaultLocale);
        partner.outbox.add(Event.by(actor, "ProspectRecorded", at, List.of(), null));
        return partner;
    }

    /**
     * Gives a prospect up. Nobody sees it any more and its alias is free, but the document stays, so that its last events are told like all others.
     */
    public void drop(Actor actor, @Nullable String reason, Instant at) {
        demandChange(actor, StatusChange.DROP);
        var checked = reason == null ? null : checkedReason(reason);
        outbox.add(Event.by(actor, "ProspectDropped", at, List.of(), checked));
        dropped = true;
        statusReason = checked;
        alias = new PartnerAlias("dropped-" + id.value());
        audience = Audience.of();
    }

    /** A prospect starts its way in, as this Keycloak organisation. */
    public void beginOnboarding(Actor actor, OrganisationId as, Instant at) {
        demandChange(actor, StatusChange.BEGIN_ONBOARDING);
        enter(actor, PartnerStatus.ONBOARDING, "PartnerOnboardingBegun", List.of("status"), null, at);
        organisation = as;
    }

    /** The consortium takes it in as a member from this day on. */
    public void admit(Actor actor, LocalDate since, Instant at) {
        demandChange(actor, StatusChange.ADMIT);
        checkMembership(since, memberUntil);
        var changed = since.equals(memberSince) ? List.of("status") : List.of("status", "memberSince");
        enter(actor, PartnerStatus.ACTIVE, "PartnerAdmitted", changed, null, at);
        memberSince = since;
        sort = sort.since(id, since);
    }

    /** Lets a member's rights rest. */
    public void suspend(Actor actor, String reason, Instant at) {
        demandChange(actor, StatusChange.SUSPEND);
        enter(
                actor,
                PartnerStatus.SUSPENDED,
                "PartnerSuspended",
                List.of("status", "statusReason"),
                checkedReason(reason),
                at);
    }

    /** Gives a suspended member its rights back. */
    public void reinstate(Actor actor, String reason, Instant at) {
        demandChange(actor, StatusChange.REINSTATE);
        enter(
                actor,
                PartnerStatus.ACTIVE,
                "PartnerReinstated",
                List.of("status", "statusReason"),
                checkedReason(reason),
                at);
    }

    /**
     * Changes its profile.
     *
     * @param defaultLocale the consortium's first language: partners are ordered by their names in it
     * @return whether anything is different afterwards; where not, no event tells of it
     */
    public boolean edit(Actor actor, PartnerEdit edit, Instant at, String defaultLocale) {
        demandPresent();
        demand(
                edit.touchesClassification()
                        ? PartnerPermissions.editClassification(actor, this)
                        : PartnerPermissions.edit(actor, this));

        var newName = checkedName(required("name", edit.name().over(name)));
        var newSummary = checkedSummary(edit.summary().over(summary));
        var newKind = required("kind", edit.kind().over(kind));
        var newAreas = inOrder(Objects.requireNonNullElse(edit.areas().over(areas), Set.<AreaCode>of()));
        var newIdentifiers = checkedIdentifiers(
                Objects.requireNonNullElse(edit.identifiers().over(identifiers), List.<ExternalIdentifier>of()));
        var newWebsite = edit.website().over(website);
        var newAddress = edit.address().over(address);
        var newSince = edit.memberSince().over(memberSince);
        var newUntil = edit.memberUntil().over(memberUntil);
        checkMembership(newSince, newUntil);

        var changed = new ArrayList<String>();
        note(changed, "name", name, newName);
        note(changed, "summary", summary, newSummary);
        note(changed, "kind", kind, newKind);
        note(changed, "areas", areas, newAreas);
        note(changed, "identifiers", identifiers, newIdentifiers);
        note(changed, "website", website, newWebsite);
        note(changed, "address", address, newAddress);
        note(changed, "memberSince", memberSince, newSince);
        note(changed, "memberUntil", memberUntil, newUntil);
        if (changed.isEmpty()) {
            return false;
        }

        outbox.add(Event.by(actor, "PartnerEdited", at, changed, null));
        name = newName;
        summary = newSummary;
        kind = newKind;
        areas = newAreas;
        identifiers = newIdentifiers;
        website = newWebsite;
        address = newAddress;
        memberSince = newSince;
        memberUntil = newUntil;
        sort = SortKeys.of(id, name.in(List.of(defaultLocale)), memberSince);
        search = searched(name, summary);
        identifierKeys = keys(identifiers);
        return true;
    }

    /** @throws RuleViolation also {@code contacts.many} */
    public Contact addContact(Actor actor, ContactDraft draft, Instant at) {
        demandPresent();
        demand(PartnerPermissions.edit(actor, this));
        if (contacts.size() >= MOST_CONTACTS) {
            throw new RuleViolation("contacts.many", "A partner has at most " + MOST_CONTACTS + " contacts.");
        }
        var contact =
                new Contact(ContactId.next(), draft.function(), draft.email(), draft.phone(), draft.visibleToMembers());
        var more = new ArrayList<>(contacts);
        more.add(contact);
        outbox.add(Event.by(actor, "PartnerContactAdded", at, List.of("contacts"), null));
        contacts = List.copyOf(more);
        return contact;
    }

    /** @throws NotFound where the partner has no such contact */
    public void removeContact(Actor actor, ContactId contact, Instant at) {
        demandPresent();
        demand(PartnerPermissions.edit(actor, this));
        var rest = contacts.stream().filter(each -> !each.id().equals(contact)).toList();
        if (rest.size() == contacts.size()) {
            throw new NotFound("Contact");
        }
        outbox.add(Event.by(actor, "PartnerContactRemoved", at, List.of("contacts"), null));
        contacts = rest;
    }

    private void enter(
            Actor actor, PartnerStatus next, String type, List<String> changed, @Nullable String reason, Instant at) {
        outbox.add(Event.by(actor, type, at, changed, reason));
        status = next;
        statusReason = reason;
        audience = audienceIn(id, next);
    }

    private void demandChange(Actor actor, StatusChange change) {
        demandPresent();
        demand(PartnerPermissions.changeStatus(actor));
        change.demand(status);
    }

    private void demandPresent() {
        if (dropped) {
            throw new NotFound("Partner");
        }
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Forbidden(why);
        });
    }

    private static Audience audienceIn(PartnerId id, PartnerStatus status) {
        return switch (status) {
            case PROSPECT, DEPARTED -> Audience.of(AudienceToken.OFFICE);
            case ONBOARDING, SUSPENDED -> Audience.of(AudienceToken.OFFICE, AudienceToken.own(id));
            case ACTIVE ->
                Audience.of(
                        AudienceToken.PUBLIC, AudienceToken.CONSORTIUM, AudienceToken.OFFICE, AudienceToken.own(id));
        };
    }

    private static LocalizedText checkedName(LocalizedText name) {
        return RuleViolation.at("name", () -> name.atMost(LONGEST_NAME));
    }

    private static @Nullable LocalizedText checkedSummary(@Nullable LocalizedText summary) {
        return summary == null ? null : RuleViolation.at("summary", () -> summary.atMost(LONGEST_SUMMARY));
    }

    private static List<ExternalIdentifier> checkedIdentifiers(List<ExternalIdentifier> identifiers) {
        return RuleViolation.at("identifiers", () -> ExternalIdentifier.together(identifiers));
    }

    private static String checkedReason(String reason) {
        return RuleViolation.at("reason", () -> {
            var text = reason.strip();
            if (text.isEmpty()) {
                throw new RuleViolation("reason.blank", "Give a reason.");
            }
            if (text.codePointCount(0, text.length()) > LONGEST_REASON) {
                throw new RuleViolation("reason.long", "A reason has at most " + LONGEST_REASON + " characters.");
            }
            return text;
        });
    }

    private static void checkMembership(@Nullable LocalDate since, @Nullable LocalDate until) {
        if (until != null && (since == null || until.isBefore(since))) {
            throw new RuleViolation("membership.dates", "A membership ends after it began.");
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        return RuleViolation.at(field, () -> {
            if (value == null) {
                throw new RuleViolation(field + ".required", "A partner always has a " + field + ".");
            }
            return value;
        });
    }

    private static void note(List<String> changed, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(field);
        }
    }

    private static Set<AreaCode> inOrder(Set<AreaCode> areas) {
        return Collections.unmodifiableSet(new TreeSet<>(areas));
    }

    private static Set<String> searched(LocalizedText name, @Nullable LocalizedText summary) {
        var prefixes = new LinkedHashSet<String>();
        name.texts().values().forEach(text -> prefixes.addAll(SearchText.prefixes(text)));
        if (summary != null) {
            summary.texts().values().forEach(text -> prefixes.addAll(SearchText.prefixes(text)));
        }
        return Collections.unmodifiableSet(prefixes);
    }

    private static List<String> keys(List<ExternalIdentifier> identifiers) {
        return identifiers.stream().map(ExternalIdentifier::key).toList();
    }

    @Override
    public PartnerId id() {
        return id;
    }

    /** The stored document's version; absent until it is stored. */
    public @Nullable Long version() {
        return version;
    }

    /** Its short name, and its Keycloak organisation's; unique. */
    public PartnerAlias alias() {
        return alias;
    }

    /** The Keycloak organisation that it is; absent for a PROSPECT; unique. */
    public @Nullable OrganisationId organisation() {
        return organisation;
    }

    /** At most 200 characters. */
    public LocalizedText name() {
        return name;
    }

    /** At most 2000 characters. */
    public @Nullable LocalizedText summary() {
        return summary;
    }

    /** What kind of organisation it is. */
    public PartnerKind kind() {
        return kind;
    }

    @Override
    public PartnerStatus status() {
        return status;
    }

    /** Why it has this status, where that was said; at most 500 characters. */
    public @Nullable String statusReason() {
        return statusReason;
    }

    /** The areas of activity that it takes part in, ordered by code. */
    public Set<AreaCode> areas() {
        return areas;
    }

    /** At most 20, exactly one of each type preferred. */
    public List<ExternalIdentifier> identifiers() {
        return identifiers;
    }

    /** Its own site. */
    public @Nullable Website website() {
        return website;
    }

    /** Its seat. */
    public @Nullable Address address() {
        return address;
    }

    /** At most 20, the oldest first. */
    public List<Contact> contacts() {
        return contacts;
    }

    /** The first day of its membership. */
    public @Nullable LocalDate memberSince() {
        return memberSince;
    }

    /** The last day of its membership. */
    public @Nullable LocalDate memberUntil() {
        return memberUntil;
    }

    /** Who may see it at all. */
    public Audience audience() {
        return audience;
    }

    SortKeys sort() {
        return sort;
    }

    Set<String> search() {
        return search;
    }

    List<String> identifierKeys() {
        return identifierKeys;
    }

    List<Event> waitingEvents() {
        return outbox.events();
    }
}
