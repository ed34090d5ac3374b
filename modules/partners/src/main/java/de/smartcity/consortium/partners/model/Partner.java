package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Reason;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.kernel.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An organisation that is, may become or was a member of the consortium.
 *
 * <p>Its verbs throw {@link Forbidden} if the actor lacks the permission, {@link RuleViolation} if status or input does not allow it, and then
 * have changed nothing. They parse their input after the permission. A change that is repeated with its key throws
 * {@link KeyedChanges.AlreadyMade}, one with the key of another {@link KeyedChanges.ReusedKey}.
 */
@Document("partners")
public final class Partner implements Aggregate, PartnerFacts {

    /** The relation of a partner to itself. */
    public static final Viewpoint OWN =
            Viewpoint.relation("own", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED);

    /** All relations between a partner and another, in which the other's people see more of it. */
    public static final List<Viewpoint> RELATIONS = List.of(OWN);

    private static final int MAX_CONTACTS = 20;

    @Id
    private final PartnerId id;

    @Version
    private @Nullable Long version;

    private PartnerAlias alias;
    private @Nullable OrganisationId organisation;
    private PartnerStatus status;
    private @Nullable String statusReason;
    private boolean dropped;
    private PartnerProfile profile;
    private List<Contact> contacts;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable PartnerAlias aliasBeforeDrop;
    private @Nullable Instant droppedAt;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;
    private final KeyedChanges keyedChanges;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @PersistenceCreator
    Partner(
            PartnerId id,
            @Nullable Long version,
            PartnerAlias alias,
            @Nullable OrganisationId organisation,
            PartnerStatus status,
            @Nullable String statusReason,
            boolean dropped,
            PartnerProfile profile,
            List<Contact> contacts,
            Instant createdAt,
            Instant updatedAt,
            @Nullable PartnerAlias aliasBeforeDrop,
            @Nullable Instant droppedAt,
            @Nullable DerivedFields derived,
            Outbox outbox,
            @Nullable KeyedChanges keyedChanges) {
        this.id = id;
        this.version = version;
        this.alias = alias;
        this.organisation = organisation;
        this.status = status;
        this.statusReason = statusReason;
        this.dropped = dropped;
        this.profile = profile;
        // Stored documents may lack them.
        this.contacts = contacts == null ? List.of() : contacts;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.aliasBeforeDrop = aliasBeforeDrop;
        this.droppedAt = droppedAt;
        this.derived = derived;
        this.outbox = outbox;
        // Stored partners may lack it.
        this.keyedChanges = keyedChanges == null ? new KeyedChanges(List.of()) : keyedChanges;
    }

    private Partner(PartnerId id, PartnerDraft draft, Instant at) {
        this.id = id;
        alias = draft.alias();
        status = PartnerStatus.PROSPECT;
        profile = draft.profile();
        contacts = List.of();
        createdAt = at;
        updatedAt = at;
        outbox = new Outbox(List.of());
        keyedChanges = new KeyedChanges(List.of());
    }

    /** Records a prospect. */
    public static Partner recordProspect(Change change, Input<PartnerDraft> input) {
        Forbidden.unlessPermitted(PartnerPermissions.recordProspect(change.actor()));
        var violations = new Violations();
        var draft = input.read(violations);
        draft.profile().check(Set.of("name", "kind", "signaturesRequired"), violations);
        violations.throwIfAny();
        var partner = new Partner(new PartnerId(change.newId()), draft, change.at());
        partner.record(change, Event.of(change, PartnerEvent.PROSPECT_RECORDED, List.of()));
        return partner;
    }

    /** Its id, for the repeated change that recorded it. @throws KeyedChanges.ReusedKey if that had another input */
    public PartnerId recordedAgain(Change change) {
        keyedChanges.demandSameInput(change);
        return id;
    }

    /**
     * Drops a prospect. Nobody sees it any more and its alias is free, but the document stays, so that its last events are published like all others;
     * what it holds is erased some time later.
     */
    public void drop(Change change, @Nullable String reason) {
        demandPermitted(change);
        var checked = reason == null ? null : Reason.parse(reason);
        StatusChange.DROP.demand(status);
        recordEssential(
                change,
                Event.of(change, PartnerEvent.PROSPECT_DROPPED, List.of()).because(checked));
        dropped = true;
        statusReason = text(checked);
        droppedAt = change.at();
        aliasBeforeDrop = alias;
        alias = PartnerAlias.dropped(id);
    }

    /**
     * Erases what is known of a dropped prospect, except its earlier alias, so that files do not bring it back.
     *
     * @param droppedBefore only if it was dropped before this time
     * @throws RuleViolation {@code status.dropped} for any other partner, and for one that is erased already
     */
    public void erase(Change change, Instant droppedBefore) {
        Forbidden.unlessPermitted(PartnerPermissions.changeStatus(change.actor()));
        if (droppedAt == null || !droppedAt.isBefore(droppedBefore)) {
            throw new RuleViolation(
                    "status.dropped", "Only a prospect that was dropped before " + droppedBefore + " is erased.");
        }
        recordEssential(change, Event.of(change, PartnerEvent.PROSPECT_ERASED, List.of()));
        profile = PartnerProfile.ERASED;
        contacts = List.of();
        statusReason = null;
        droppedAt = null;
        keyedChanges.erase();
    }

    /** Begins to onboard a prospect, as this Keycloak organisation. */
    public void beginOnboarding(Change change, OrganisationId as) {
        demandPermitted(change);
        enter(
                change,
                StatusChange.BEGIN_ONBOARDING,
                PartnerStatus.ONBOARDING,
                PartnerEvent.PARTNER_ONBOARDING_BEGUN,
                null);
        organisation = as;
    }

    /** Makes it a member from this day. */
    public void admit(Change change, LocalDate since) {
        demandPermitted(change);
        var violations = new Violations();
        var admitted = profile.withMemberSince(since);
        admitted.check(Set.of("memberSince"), violations);
        violations.throwIfAny();
        var changed = new ArrayList<>(List.of("status"));
        changed.addAll(Edit.changed(profile, admitted));
        StatusChange.ADMIT.demand(status);
        recordEssential(
                change,
                Event.of(change, PartnerEvent.PARTNER_ADMITTED, changed)
                        .with(Map.of("status", PartnerStatus.ACTIVE.name(), "memberSince", since.toString())));
        status = PartnerStatus.ACTIVE;
        profile = admitted;
    }

    /** Suspends a member: it sees its own partner only, and changes nothing. */
    public void suspend(Change change, String reason) {
        demandPermitted(change);
        var checked = Reason.parse(reason);
        enter(change, StatusChange.SUSPEND, PartnerStatus.SUSPENDED, PartnerEvent.PARTNER_SUSPENDED, checked);
    }

    /** Reinstates a suspended member. */
    public void reinstate(Change change, String reason) {
        demandPermitted(change);
        var checked = Reason.parse(reason);
        enter(change, StatusChange.REINSTATE, PartnerStatus.ACTIVE, PartnerEvent.PARTNER_REINSTATED, checked);
    }

    /**
     * Changes its profile; if nothing differs afterwards, no event is recorded.
     *
     * @throws Conflict if the partner's version is not the one that the actor read
     */
    public void edit(Change change, long expectedVersion, Edit<PartnerProfile> edit) {
        demand(change, PartnerPermissions.edit(change.actor(), this, edit.given()));
        var violations = new Violations();
        var edited = edit.over(profile, violations);
        edited.check(edit.given(), violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, id);
        var changed = Edit.changed(profile, edited);
        if (!changed.isEmpty()) {
            record(change, Event.of(change, PartnerEvent.PARTNER_EDITED, changed));
            profile = edited;
        }
    }

    /** Adds a contact and returns its id. @throws RuleViolation also {@code contacts.many} */
    public ContactId addContact(Change change, Input<Contact> input) {
        demandMayEdit(change);
        var violations = new Violations();
        var contact = input.read(violations);
        contact.check(violations);
        violations.throwIfAny();
        if (contacts.size() >= MAX_CONTACTS) {
            throw new RuleViolation("contacts.many", "A partner has at most " + MAX_CONTACTS + " contacts.");
        }
        var more = new ArrayList<>(contacts);
        more.add(contact);
        record(change, contactEvent(change, PartnerEvent.PARTNER_CONTACT_ADDED, contact), contact.id());
        contacts = List.copyOf(more);
        return contact.id();
    }

    /**
     * Changes a contact and answers its id.
     *
     * @throws NotFound if the partner has no such contact
     * @throws Conflict if the partner's version is not the one that the actor read
     */
    public ContactId editContact(Change change, Input<ContactId> contact, long expectedVersion, Edit<Contact> edit) {
        demandMayEdit(change);
        var violations = new Violations();
        var before = contact(contact.read(violations));
        var edited = edit.over(before, violations);
        edited.check(violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, id);
        if (!edited.equals(before)) {
            record(change, contactEvent(change, PartnerEvent.PARTNER_CONTACT_EDITED, before, edited), before.id());
            contacts = contacts.stream()
                    .map(each -> each.equals(before) ? edited : each)
                    .toList();
        }
        return before.id();
    }

    /** Removes a contact. @throws NotFound if the partner has no such contact */
    public void removeContact(Change change, Input<ContactId> contact) {
        demandMayEdit(change);
        var removed = contact(contact.read(new Violations()));
        record(
                change,
                contactEvent(change, PartnerEvent.PARTNER_CONTACT_REMOVED, removed)
                        .asEssential(),
                removed.id());
        contacts = contacts.stream().filter(each -> !each.equals(removed)).toList();
    }

    private Contact contact(ContactId contact) {
        return contacts.stream()
                .filter(each -> each.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new NotFound("Contact"));
    }

    private void enter(
            Change change, StatusChange step, PartnerStatus next, PartnerEvent type, @Nullable Reason reason) {
        step.demand(status);
        var fields = reason == null && statusReason == null ? List.of("status") : List.of("status", "statusReason");
        recordEssential(change, Event.of(change, type, fields).because(reason).with(Map.of("status", next.name())));
        status = next;
        statusReason = text(reason);
    }

    private static @Nullable String text(@Nullable Reason reason) {
        return reason == null ? null : reason.value();
    }

    /** @param contact as it was and as it is, or one of the two */
    private static NewEvent contactEvent(Change change, PartnerEvent type, Contact... contact) {
        return NewEvent.of(Event.of(change, type, List.of("contacts"))).with(Map.of("contacts", List.of(contact)));
    }

    private void record(Change change, Event event) {
        record(change, NewEvent.of(event), null);
    }

    private void recordEssential(Change change, Event event) {
        record(change, NewEvent.of(event).asEssential(), null);
    }

    /** Called before fields are assigned, since the outbox may be full. */
    private void record(Change change, NewEvent event, @Nullable ContactId part) {
        newEvents.add(event, outbox);
        keyedChanges.add(change, part == null ? null : part.value());
        updatedAt = change.at();
    }

    private void demandPermitted(Change change) {
        demand(change, PartnerPermissions.changeStatus(change.actor()));
    }

    private void demandMayEdit(Change change) {
        demand(change, PartnerPermissions.edit(change.actor(), this));
    }

    /** A dropped prospect is found only for changes that were made before. */
    private void demand(Change change, Optional<Refusal> refusal) {
        Forbidden.unlessPermitted(refusal);
        keyedChanges.demandFirst(change);
        if (dropped) {
            throw new NotFound("Partner");
        }
    }

    /** Partners are ordered by their names in the default locale. */
    @Override
    public void derive(String defaultLocale) {
        var audience = audience();
        // Stored profiles may lack what new ones must have.
        var name = profile.name() == null ? "" : profile.name().in(List.of(defaultLocale), defaultLocale);
        var kind = profile.kind() == null
                ? List.<String>of()
                : List.of(profile.kind().name());
        derived = new DerivedFields(
                audience,
                Map.of(
                        "name",
                        SortKey.of(SearchText.sortKey(name), id.value()),
                        "memberSince",
                        SortKey.of(SortKey.text(profile.memberSince()), id.value())),
                Stream.of(
                                audience.keys("kind", kind),
                                audience.keys("status", List.of(status.name())),
                                audience.keys("areas", texts(profile.areas(), AreaCode::value)),
                                audience.keys("identifiers", texts(profile.identifiers(), ExternalIdentifier::key)))
                        .flatMap(List::stream)
                        .toList(),
                List.of(new SearchEntry(
                        audience.tokens(), SearchText.prefixes(texts(profile.name()), texts(profile.summary())))),
                StoredTask.of(id.value(), tasks(), updatedAt, derived));
    }

    private Audience audience() {
        if (dropped) {
            return Audience.nobody();
        }
        return switch (status) {
            case PROSPECT, DEPARTED -> Audience.office();
            case ONBOARDING, SUSPENDED -> Audience.office().with(OWN.token(id));
            case ACTIVE -> Audience.everybody().with(OWN.token(id));
        };
    }

    private List<Task> tasks() {
        return PartnerPermissions.EDITED_BY_ITSELF.contains(status) && (hasNoSummary() || contacts.isEmpty())
                ? List.of(new Task(PartnerTask.COMPLETE_PROFILE, id, null, Role.PARTNER_ADMIN, null))
                : List.of();
    }

    private boolean hasNoSummary() {
        return profile.summary() == null || profile.summary().texts().isEmpty();
    }

    private static List<String> texts(@Nullable LocalizedText text) {
        return text == null ? List.of() : List.copyOf(text.texts().values());
    }

    private static <T> List<String> texts(@Nullable List<T> values, Function<T, String> text) {
        return values == null ? List.of() : values.stream().map(text).toList();
    }

    @Override
    public PartnerId id() {
        return id;
    }

    /** The stored document's version; null until it is stored. */
    public @Nullable Long version() {
        return version;
    }

    /** Its short name, and its Keycloak organisation's; unique. */
    public PartnerAlias alias() {
        return alias;
    }

    /** Its Keycloak organisation; null for a PROSPECT; unique. */
    public @Nullable OrganisationId organisation() {
        return organisation;
    }

    @Override
    public PartnerStatus status() {
        return status;
    }

    /** The reason for its status, if one was given; at most 500 characters. */
    public @Nullable String statusReason() {
        return statusReason;
    }

    /** When it was dropped; null if it was not, and when it is erased. */
    public @Nullable Instant droppedAt() {
        return droppedAt;
    }

    /** What it states about itself and the office about it. */
    public PartnerProfile profile() {
        return profile;
    }

    /** At most 20, the oldest first. */
    public List<Contact> contacts() {
        return contacts;
    }

    /** When it was recorded. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When it was changed last. */
    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public @Nullable DerivedFields derived() {
        return derived;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public NewEvents newEvents() {
        return newEvents;
    }
}
