package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.PartnerFace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a partner says that it can do: a part that is published and a draft of the next one. A partner has one at most, so the partner's id is also
 * the profile's.
 *
 * <p>Its verbs throw {@link Forbidden} if the actor lacks the permission, {@link RuleViolation} if state or input does not allow it, and then have
 * changed nothing. They parse their input after the permission. A change that is repeated with its key throws {@link KeyedChanges.AlreadyMade}, one
 * with the key of another {@link KeyedChanges.ReusedKey}.
 */
@Document("competenceProfiles")
public final class CompetenceProfile implements Aggregate {

    /** The relation of a partner to its own profile, in which it sees the draft. */
    public static final Viewpoint OWNER = Viewpoint.relation("owner", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    /** All relations between a partner and a profile. */
    public static final List<Viewpoint> RELATIONS = List.of(OWNER);

    /** Who sees all of what is published. */
    public static final Set<Viewpoint> MEMBERS = Set.of(Viewpoint.CONSORTIUM, OWNER, Viewpoint.OFFICE);

    /** Who sees what is published for everybody. */
    public static final Set<Viewpoint> EVERYBODY =
            Set.of(Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, OWNER, Viewpoint.OFFICE);

    /** The draft begins as a copy of what is published, so there is room for twice the longest texts in five languages. */
    private static final int MAX_SIZE = 1024 * 1024;

    /** How long before the last day of a certificate its partner gets a task. */
    private static final int NOTICE_DAYS = 60;

    @Id
    private final PartnerId partner;

    /** Of a primitive type, the first stored version is 1, so that it differs from that of a profile which is not stored yet. */
    @Version
    private long version;

    private LocalizedText partnerName;
    private @Nullable PartnerStatus partnerStatus;
    private @Nullable ProfileContent published;
    private @Nullable Instant publishedAt;
    private @Nullable ProfileContent draft;
    private @Nullable Instant draftedAt;
    private Set<CompetenceCode> deprecated;
    private @Nullable LocalDate settledOn;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable LocalDate dueOn;
    private @Nullable List<FileId> files;
    private @Nullable List<CompetenceCode> currentCompetences;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;
    private final KeyedChanges keyedChanges;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @PersistenceCreator
    CompetenceProfile(
            PartnerId partner,
            @Nullable Long version,
            @Nullable LocalizedText partnerName,
            @Nullable PartnerStatus partnerStatus,
            @Nullable ProfileContent published,
            @Nullable Instant publishedAt,
            @Nullable ProfileContent draft,
            @Nullable Instant draftedAt,
            @Nullable Set<CompetenceCode> deprecated,
            @Nullable LocalDate settledOn,
            Instant createdAt,
            Instant updatedAt,
            @Nullable LocalDate dueOn,
            @Nullable List<FileId> files,
            @Nullable List<CompetenceCode> currentCompetences,
            @Nullable DerivedFields derived,
            Outbox outbox,
            KeyedChanges keyedChanges) {
        this.partner = partner;
        this.version = version == null ? 0 : version;
        this.partnerName = partnerName == null ? LocalizedText.of(Map.of()) : partnerName;
        this.partnerStatus = partnerStatus;
        this.published = published;
        this.publishedAt = publishedAt;
        this.draft = draft;
        this.draftedAt = draftedAt;
        this.deprecated = deprecated == null ? Set.of() : Set.copyOf(deprecated);
        this.settledOn = settledOn;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.dueOn = dueOn;
        this.files = files;
        this.currentCompetences = currentCompetences;
        this.derived = derived;
        this.outbox = outbox;
        this.keyedChanges = keyedChanges;
    }

    private CompetenceProfile(PartnerFace face, Instant at) {
        partner = face.id();
        partnerName = face.name();
        partnerStatus = face.status();
        deprecated = Set.of();
        createdAt = at;
        updatedAt = at;
        outbox = new Outbox(List.of());
        keyedChanges = new KeyedChanges(List.of());
    }

    /** The profile of a partner that has none: it is stored with its first draft. */
    public static CompetenceProfile of(PartnerFace face, Instant at) {
        return new CompetenceProfile(face, at);
    }

    /**
     * Changes the draft, which begins as what is published; if nothing differs afterwards, no event is recorded.
     *
     * @throws Conflict if the profile's version is not the one that the actor read, 0 if there was none
     */
    public void edit(
            Change change,
            LocalDate today,
            Supplier<Vocabulary> vocabulary,
            long expectedVersion,
            Edit<ProfileContent> edit) {
        demand(change, ProfilePermissions.edit(change.actor(), partner));
        var before =
                Stream.of(draft, published).filter(Objects::nonNull).findFirst().orElse(ProfileContent.EMPTY);
        var violations = new Violations();
        var edited = edit.over(before, violations);
        var known = vocabulary.get();
        edited.check(edit.given(), competences(), known, today, violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, partner);
        if (!edited.equals(before)) {
            record(
                    change,
                    NewEvent.of(Event.of(
                            change,
                            version == 0
                                    ? CompetenceEvent.COMPETENCE_PROFILE_BEGUN
                                    : CompetenceEvent.COMPETENCE_DRAFT_EDITED,
                            List.of("draft"))));
            draft = edited;
            draftedAt = change.at();
            deprecated = known.outdated(competences());
        }
    }

    /**
     * Publishes the draft in place of what was published.
     *
     * @throws Conflict if the profile's version is not the one that the actor read
     * @throws RuleViolation {@code profile.noDraft}
     */
    public void publish(Change change, LocalDate today, Supplier<Vocabulary> vocabulary, long expectedVersion) {
        demand(change, ProfilePermissions.publish(change.actor(), partner));
        var next = demandDraft();
        Conflict.unlessVersion(expectedVersion, version, partner);
        var known = vocabulary.get();
        var before = published == null ? ProfileContent.EMPTY : published;
        var changed = new ArrayList<>(Edit.changed(before, next));
        changed.add("draft");
        record(
                change,
                NewEvent.of(Event.of(change, CompetenceEvent.COMPETENCE_PROFILE_PUBLISHED, changed))
                        .with(Map.of("entries", changedEntries(before, next))));
        published = next;
        publishedAt = change.at();
        draft = null;
        draftedAt = null;
        settledOn = today;
        deprecated = known.outdated(competences());
    }

    /** The entries whose viewers learn of the publication; those for everybody only if one of them, or their order, differs. */
    private static List<CompetenceEntry> changedEntries(ProfileContent before, ProfileContent next) {
        var concernsEverybody = !publicEntries(before).equals(publicEntries(next));
        return Stream.of(before, next)
                .flatMap(content -> content.entries().stream())
                .filter(entry -> concernsEverybody || !isPublic(entry))
                .toList();
    }

    private static List<CompetenceEntry> publicEntries(ProfileContent content) {
        return content.entries().stream().filter(CompetenceProfile::isPublic).toList();
    }

    private static boolean isPublic(CompetenceEntry entry) {
        return entry.visibility() == EntryVisibility.PUBLIC;
    }

    /**
     * Discards the draft.
     *
     * @throws Conflict if the profile's version is not the one that the actor read
     * @throws RuleViolation {@code profile.noDraft}
     */
    public void discardDraft(Change change, long expectedVersion) {
        demand(change, ProfilePermissions.edit(change.actor(), partner));
        demandDraft();
        Conflict.unlessVersion(expectedVersion, version, partner);
        record(
                change,
                NewEvent.of(Event.of(change, CompetenceEvent.COMPETENCE_DRAFT_DISCARDED, List.of("draft")))
                        .asEssential());
        draft = null;
        draftedAt = null;
        deprecated =
                Set.copyOf(deprecated.stream().filter(competences()::contains).toList());
    }

    /**
     * Takes over what it needs of its partner, for the service itself.
     *
     * @param face the partner as it is now; null if nobody sees it any more
     * @return whether anything differs, so that it has to be saved
     */
    public boolean followPartner(Change change, @Nullable PartnerFace face) {
        demandSystem(change);
        var name = face == null ? LocalizedText.of(Map.of()) : face.name();
        var status = face == null ? null : face.status();
        var differs = !name.equals(partnerName) || status != partnerStatus;
        if (differs) {
            partnerName = name;
            partnerStatus = status;
            updatedAt = change.at();
        }
        return differs;
    }

    /** Takes over which of its competences are deprecated, for the service itself. @return whether anything differs, so that it has to be saved */
    public boolean followVocabulary(Change change, Vocabulary vocabulary) {
        demandSystem(change);
        var outdated = vocabulary.outdated(competences());
        var differs = !outdated.equals(deprecated);
        if (differs) {
            deprecated = outdated;
            updatedAt = change.at();
        }
        return differs;
    }

    /** Does what has become due by this day, for the service itself. @return whether anything was due, so that it has to be saved */
    public boolean settle(Change change, LocalDate today) {
        demandSystem(change);
        var isDue = dueOn != null && !dueOn.isAfter(today);
        if (isDue) {
            settledOn = today;
            updatedAt = change.at();
        }
        return isDue;
    }

    private static void demandSystem(Change change) {
        if (change.actor().kind() != Actor.Kind.SYSTEM) {
            throw new Forbidden(Refusal.officeOnly());
        }
    }

    private ProfileContent demandDraft() {
        if (draft == null) {
            throw new RuleViolation("profile.noDraft", "There is no draft.");
        }
        return draft;
    }

    private void demand(Change change, Optional<Refusal> refusal) {
        Forbidden.unlessPermitted(refusal);
        keyedChanges.demandFirst(change);
    }

    /** Called before fields are assigned, since the outbox may be full. */
    private void record(Change change, NewEvent event) {
        newEvents.add(event, outbox);
        keyedChanges.add(change, null);
        updatedAt = change.at();
    }

    /** The competences of its entries, in both parts. */
    private Set<CompetenceCode> competences() {
        var codes = new LinkedHashSet<CompetenceCode>();
        contents().flatMap(ProfileContent::competences).forEach(codes::add);
        return codes;
    }

    private Stream<ProfileContent> contents() {
        return Stream.of(published, draft).filter(Objects::nonNull);
    }

    /** Profiles are ordered by their partners' names in the default locale. */
    @Override
    public void derive(String defaultLocale) {
        dueOn = noticeDays()
                .filter(day -> settledOn == null || day.isAfter(settledOn))
                .min(LocalDate::compareTo)
                .orElse(null);
        files = contents().flatMap(ProfileContent::files).distinct().toList();
        currentCompetences = competences().stream()
                .filter(code -> !deprecated.contains(code))
                .toList();
        derived = new DerivedFields(
                audience(),
                Map.of(
                        "partner",
                        SortKey.of(
                                SearchText.sortKey(partnerName.in(List.of(defaultLocale), defaultLocale)),
                                partner.value())),
                facets(),
                null,
                StoredTask.of(partner.value(), tasks(), updatedAt, derived));
    }

    private Audience audience() {
        var own = OWNER.token(partner);
        if (published == null) {
            return Audience.nobody().with(own);
        }
        if (partnerStatus != PartnerStatus.ACTIVE) {
            return Audience.office().with(own);
        }
        return published.entries().stream().anyMatch(CompetenceProfile::isPublic)
                ? Audience.everybody().with(own)
                : Audience.consortium().with(own);
    }

    /** By what its partner is found: each competence with each level up to the claimed one. Only ACTIVE partners are. */
    private List<String> facets() {
        if (published == null || partnerStatus != PartnerStatus.ACTIVE) {
            return List.of();
        }
        return published.entries().stream()
                .filter(entry -> entry.competence() != null)
                .flatMap(entry -> audienceOf(entry).keys("entries", levels(entry)).stream())
                .toList();
    }

    private static Audience audienceOf(CompetenceEntry entry) {
        return isPublic(entry) ? Audience.everybody() : Audience.consortium();
    }

    private static List<String> levels(CompetenceEntry entry) {
        return IntStream.rangeClosed(1, entry.level().rank())
                .mapToObj(rank -> facet(entry.competence(), rank))
                .toList();
    }

    /** The value of the facet for a competence at a level of this rank or a higher one. */
    public static String facet(CompetenceCode competence, int rank) {
        return competence.value() + "/" + rank;
    }

    private Collection<Task> tasks() {
        var tasks = new ArrayList<Task>();
        var shown = published == null ? draft : published;
        if (shown != null && shown.competences().anyMatch(deprecated::contains)) {
            tasks.add(new Task(CompetenceTask.REPLACE_DEPRECATED_COMPETENCE, partner, null, Role.EDITOR, null));
        }
        certificateEnds()
                .filter(end -> settledOn != null && !noticeDay(end).isAfter(settledOn))
                .min(LocalDate::compareTo)
                .ifPresent(
                        end -> tasks.add(new Task(CompetenceTask.RENEW_CERTIFICATE, partner, end, Role.EDITOR, null)));
        return tasks;
    }

    private Stream<LocalDate> noticeDays() {
        return certificateEnds().map(CompetenceProfile::noticeDay);
    }

    private static LocalDate noticeDay(LocalDate end) {
        return end.minusDays(NOTICE_DAYS);
    }

    /** The last days of the published certificates. */
    private Stream<LocalDate> certificateEnds() {
        var entries = published == null ? List.<CompetenceEntry>of() : published.entries();
        return entries.stream()
                .flatMap(entry -> entry.evidence().stream())
                .map(Evidence::validUntil)
                .filter(Objects::nonNull);
    }

    @Override
    public int maxSize() {
        return MAX_SIZE;
    }

    /** Whose profile it is. */
    public PartnerId partner() {
        return partner;
    }

    /** The stored document's version, from 1 on; 0 until it is stored. */
    public long version() {
        return version;
    }

    /** What others see; null until it is published for the first time. */
    public @Nullable ProfileContent published() {
        return published;
    }

    /** What the partner is writing; null if nothing. */
    public @Nullable ProfileContent draft() {
        return draft;
    }

    /** The files of both parts. Derived. */
    public List<FileId> files() {
        return files == null ? List.of() : files;
    }

    /** The next day on which a certificate needs notice; null if none does. Derived. */
    public @Nullable LocalDate dueOn() {
        return dueOn;
    }

    /** Its competences that were not deprecated when they were looked up last. Derived. */
    public List<CompetenceCode> currentCompetences() {
        return currentCompetences == null ? List.of() : currentCompetences;
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
