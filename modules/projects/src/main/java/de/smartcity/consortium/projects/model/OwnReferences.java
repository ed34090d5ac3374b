package de.smartcity.consortium.projects.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Aggregate;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What one partner notes about one project: under which keys it keeps it in its own systems. Nobody else sees it, the office neither.
 *
 * <p>Its verb throws {@link Forbidden} if the actor lacks the permission, {@link RuleViolation} if the input breaks a rule, and then has changed
 * nothing. It parses its input after the permission. A change that is repeated with its key throws {@link KeyedChanges.AlreadyMade}, one with the key
 * of another {@link KeyedChanges.ReusedKey}.
 */
@Document("ownReferences")
public final class OwnReferences implements Aggregate {

    /** The relation of a partner to its own references. */
    public static final Viewpoint OWNER = Viewpoint.relation("owner", PartnerStatus.ACTIVE);

    /** All relations between a partner and own references. */
    public static final List<Viewpoint> RELATIONS = List.of(OWNER);

    static final int MAX_REFERENCES = 20;

    @Id
    private final OwnReferencesId id;

    /** Of a primitive type, the first stored version is 1, so that it differs from that of references which are not stored yet. */
    @Version
    private long version;

    private final PartnerId partner;
    private final ProjectId project;
    private List<OwnReference> references;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable List<String> keys;
    private @Nullable DerivedFields derived;
    private final Outbox outbox;
    private final KeyedChanges keyedChanges;

    @Transient
    private final NewEvents newEvents = new NewEvents();

    @PersistenceCreator
    OwnReferences(
            OwnReferencesId id,
            @Nullable Long version,
            PartnerId partner,
            ProjectId project,
            @Nullable List<OwnReference> references,
            Instant createdAt,
            Instant updatedAt,
            @Nullable List<String> keys,
            @Nullable DerivedFields derived,
            Outbox outbox,
            KeyedChanges keyedChanges) {
        this.id = id;
        this.version = version == null ? 0 : version;
        this.partner = partner;
        this.project = project;
        this.references = references == null ? List.of() : List.copyOf(references);
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.keys = keys;
        this.derived = derived;
        this.outbox = outbox;
        this.keyedChanges = keyedChanges;
    }

    /** Those of a partner that has noted nothing about the project: they are stored with the first reference. */
    public static OwnReferences of(PartnerId partner, ProjectId project, Instant at) {
        return new OwnReferences(
                OwnReferencesId.of(partner, project),
                null,
                partner,
                project,
                null,
                at,
                at,
                null,
                null,
                new Outbox(List.of()),
                new KeyedChanges(List.of()));
    }

    /**
     * Replaces all references; if nothing differs afterwards, no event is recorded.
     *
     * @throws Conflict if the version is not the one that the actor read, 0 if there was none
     * @throws RuleViolation {@code ownReferences.many}, {@code ownReference.twice}
     */
    public void set(Change change, long expectedVersion, Input<List<OwnReference>> input) {
        Forbidden.unlessPermitted(refusalToSet(change.actor()));
        keyedChanges.demandFirst(change);
        var violations = new Violations();
        var given = List.copyOf(input.read(violations));
        check(given, violations);
        violations.throwIfAny();
        Conflict.unlessVersion(expectedVersion, version, id);
        if (!given.equals(references)) {
            newEvents.add(
                    NewEvent.of(Event.of(change, OwnReferencesEvent.OWN_REFERENCES_SET, List.of("references"))),
                    outbox);
            keyedChanges.add(change, null);
            references = given;
            updatedAt = change.at();
        }
    }

    private Optional<Refusal> refusalToSet(Actor actor) {
        return ProjectPermissions.keepReferences(actor)
                .or(() -> actor.actsFor(partner) ? Optional.empty() : Optional.of(Refusal.otherOrganisation()));
    }

    private static void check(List<OwnReference> given, Violations violations) {
        // Without those that could not be parsed, the others have other places.
        if (violations.isAt("references")) {
            return;
        }
        violations.demand(
                given.size() <= MAX_REFERENCES,
                "ownReferences.many",
                "Note at most " + MAX_REFERENCES + " references to a project.",
                "references");
        var seen = new HashSet<OwnReference>();
        for (var index = 0; index < given.size(); index++) {
            violations.demand(
                    seen.add(given.get(index)),
                    "ownReference.twice",
                    "This key of this system is given twice.",
                    "references",
                    String.valueOf(index));
        }
    }

    /**
     * Of these stored keys of the partner's other projects, those that this one has, too, at their places.
     *
     * @param others stored keys that are of other projects
     * @return {@code ownReference.taken} for each; empty if there is none
     */
    public List<Violation> taken(Collection<String> others) {
        return IntStream.range(0, references.size())
                .filter(index -> others.contains(references.get(index).storedKey(partner)))
                .mapToObj(index -> new Violation(
                        "ownReference.taken",
                        "Another project has this key of this system: remove it there first.",
                        List.of("references", String.valueOf(index))))
                .toList();
    }

    @Override
    public void derive(String defaultLocale) {
        var stored = storedKeys();
        // To a unique index, two empty lists would be equal.
        keys = stored.isEmpty() ? null : stored;
        derived = new DerivedFields(Audience.nobody().with(OWNER.token(partner)), null, null, null, null);
    }

    /** The keys that no other project of the partner may have. */
    public List<String> storedKeys() {
        return references.stream()
                .map(reference -> reference.storedKey(partner))
                .toList();
    }

    /** The id; derived from partner and project. */
    public OwnReferencesId id() {
        return id;
    }

    /** The references, in the partner's order. */
    public List<OwnReference> references() {
        return references;
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
