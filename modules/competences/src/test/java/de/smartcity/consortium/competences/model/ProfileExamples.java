package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.MatchingFixtures.code;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.PartnerFace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Profiles, their parts, and who changes them. */
final class ProfileExamples {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");

    /** When stored examples were changed last. */
    static final Instant BEFORE = Instant.parse("2026-05-01T08:00:00Z");

    static final PartnerId PARTNER = new PartnerId(new UUID(1, 1));
    static final PartnerId STRANGER = new PartnerId(new UUID(2, 2));
    static final LocalizedText NAME = text("Some partner");

    /** The version of stored examples. */
    static final long VERSION = 3;

    static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            MatchingFixtures.concept("NETWORKS"),
            MatchingFixtures.narrower("NETWORK_5G", "NETWORKS"),
            MatchingFixtures.concept("DATA"),
            MatchingFixtures.deprecated("OLD_NETWORKS", "NETWORKS"),
            MatchingFixtures.deprecated("OLDER_NETWORKS", "OLD_NETWORKS"),
            MatchingFixtures.deprecated("TELEX", null)));

    private ProfileExamples() {}

    static LocalizedText text(String text) {
        return LocalizedText.of(Map.of("en", text));
    }

    static Evidence certificate(@Nullable LocalDate from, @Nullable LocalDate until) {
        return certificate(from, until, null);
    }

    static Evidence certificate(@Nullable LocalDate from, @Nullable LocalDate until, @Nullable FileId file) {
        return new Evidence(EvidenceKind.CERTIFICATE, "An issuer", "123", from, until, file, null, null, null);
    }

    /** A certificate that ends on this day. */
    static Evidence ending(LocalDate until) {
        return certificate(until.minusYears(3), until);
    }

    static Evidence publication(@Nullable LocalDate date) {
        return new Evidence(EvidenceKind.PUBLICATION, null, null, null, null, null, new Doi("10.1000/182"), null, date);
    }

    static Evidence other(LocalDate date) {
        return new Evidence(
                EvidenceKind.OTHER,
                null,
                null,
                null,
                null,
                null,
                null,
                new Website("https://www.example.org/project"),
                date);
    }

    static CompetenceEntry entry(String competence, CompetenceLevel level, Evidence... evidence) {
        return new CompetenceEntry(code(competence), level, null, List.of(evidence), EntryVisibility.CONSORTIUM);
    }

    static CompetenceEntry publicEntry(String competence, CompetenceLevel level, Evidence... evidence) {
        return new CompetenceEntry(code(competence), level, null, List.of(evidence), EntryVisibility.PUBLIC);
    }

    /** An entry at the lowest level. */
    static CompetenceEntry knows(String competence) {
        return entry(competence, CompetenceLevel.KNOWS);
    }

    static ProfileContent content(CompetenceEntry... entries) {
        return new ProfileContent(List.of(entries), null, null);
    }

    static ProfileContent content(String... competences) {
        return content(Arrays.stream(competences).map(ProfileExamples::knows).toArray(CompetenceEntry[]::new));
    }

    /** As it is stored where something is missing that new input always has. */
    @SuppressWarnings("NullAway")
    static CompetenceEntry incompleteEntry() {
        return new CompetenceEntry(null, null, null, null, null);
    }

    static Edit<ProfileContent> entries(CompetenceEntry... entries) {
        return new Edit<>(Set.of("entries"), violations -> content(entries));
    }

    static Edit<ProfileContent> entries(String... competences) {
        return new Edit<>(Set.of("entries"), violations -> content(competences));
    }

    static Edit<ProfileContent> availability(@Nullable Availability availability) {
        return new Edit<>(Set.of("availability"), violations -> new ProfileContent(List.of(), availability, null));
    }

    static Edit<ProfileContent> contactFunction(@Nullable String function) {
        return new Edit<>(
                Set.of("contactFunction"),
                violations -> new ProfileContent(List.of(), null, function == null ? null : text(function)));
    }

    /** An edit of everything that must not be read. */
    static Edit<ProfileContent> unread() {
        return new Edit<>(Set.of("entries", "availability", "contactFunction"), violations -> {
            throw new AssertionError("The input was read");
        });
    }

    /** A vocabulary that must not be read. */
    static Supplier<Vocabulary> closed() {
        return () -> {
            throw new AssertionError("The vocabulary was read");
        };
    }

    static PartnerFace face(PartnerStatus status) {
        return new PartnerFace(PARTNER, status, NAME, null, 1);
    }

    static Actor acting(PartnerId partner, PartnerStatus status, Role... roles) {
        return acting(Actor.Kind.PERSON, false, partner, status, roles);
    }

    static Actor acting(Actor.Kind kind, boolean office, PartnerId partner, PartnerStatus status, Role... roles) {
        var organisation = new Organisation(
                new OrganisationId("organisation"), partner, new PartnerAlias("some-partner"), status, Set.of(roles));
        return Actor.acting(kind, new AccountId("somebody"), office, organisation, List.of(organisation));
    }

    /** An account with the role at the ACTIVE partner whose profile it is. */
    static Actor own(Role role) {
        return acting(PARTNER, PartnerStatus.ACTIVE, role);
    }

    /** An account of another partner that may do all there. */
    static Actor stranger() {
        return acting(STRANGER, PartnerStatus.ACTIVE, Role.PARTNER_ADMIN, Role.SIGNATORY);
    }

    /** An account of the office without organisation. */
    static Actor office() {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    static Change by(Actor actor) {
        return Change.by(actor, AT);
    }

    static Change keyed(Actor actor, String key, int input) {
        return new Change(actor, AT, ChangeKey.of(actor, "change", key, Map.of("input", input)));
    }

    /** The reason why it is refused, or the rules that it breaks, or "allowed". */
    static String outcome(CompetenceProfile profile, Consumer<CompetenceProfile> verb) {
        try {
            verb.accept(profile);
            return "allowed";
        } catch (Forbidden forbidden) {
            return forbidden.refusal().reason().name();
        } catch (RuleViolation broken) {
            return String.join(", ", rules(broken));
        }
    }

    static String outcome(Optional<Refusal> refusal) {
        return refusal.map(given -> given.reason().name()).orElse("allowed");
    }

    /** Each violation as its path and its rule. */
    static List<String> rules(Violations violations) {
        try {
            violations.throwIfAny();
            return List.of();
        } catch (RuleViolation broken) {
            return rules(broken);
        }
    }

    private static List<String> rules(RuleViolation broken) {
        return broken.violations().stream()
                .map(violation -> (String.join(".", violation.path()) + " " + violation.rule()).strip())
                .toList();
    }

    /** Its new events, which it has no longer. */
    static List<NewEvent> newEvents(CompetenceProfile profile) {
        var events = new ArrayList<NewEvent>();
        profile.newEvents().moveTo(profile.outbox(), event -> {
            events.add(event);
            return new EventAudience(List.of(), List.of(), List.of(), Map.of());
        });
        return events;
    }

    static DerivedFields derived(CompetenceProfile profile) {
        profile.derive("en");
        return Objects.requireNonNull(profile.derived());
    }

    static List<StoredTask> tasks(CompetenceProfile profile) {
        return Objects.requireNonNull(derived(profile).tasks());
    }

    static Stored stored() {
        return new Stored();
    }

    /** Builds profiles as they are read; each has version 3 and, unless told otherwise, belongs to an ACTIVE partner and says nothing. */
    static final class Stored {

        private LocalizedText name = NAME;
        private @Nullable PartnerStatus status = PartnerStatus.ACTIVE;
        private @Nullable ProfileContent published;
        private @Nullable Instant publishedAt;
        private @Nullable ProfileContent draft;
        private @Nullable Instant draftedAt;
        private @Nullable Set<CompetenceCode> deprecated;
        private @Nullable LocalDate settledOn;
        private Instant updatedAt = BEFORE;
        private @Nullable LocalDate dueOn;
        private @Nullable DerivedFields derived;
        private int waiting;

        Stored name(LocalizedText other) {
            name = other;
            return this;
        }

        Stored status(@Nullable PartnerStatus other) {
            status = other;
            return this;
        }

        Stored published(ProfileContent content) {
            return published(content, BEFORE);
        }

        Stored published(ProfileContent content, Instant at) {
            published = content;
            publishedAt = at;
            return this;
        }

        Stored draft(ProfileContent content) {
            return draft(content, BEFORE);
        }

        Stored draft(ProfileContent content, Instant at) {
            draft = content;
            draftedAt = at;
            return this;
        }

        Stored deprecated(String... codes) {
            deprecated =
                    Set.copyOf(Arrays.stream(codes).map(MatchingFixtures::code).toList());
            return this;
        }

        Stored settledOn(LocalDate day) {
            settledOn = day;
            return this;
        }

        Stored updatedAt(Instant at) {
            updatedAt = at;
            return this;
        }

        Stored dueOn(@Nullable LocalDate day) {
            dueOn = day;
            return this;
        }

        Stored derived(@Nullable DerivedFields fields) {
            derived = fields;
            return this;
        }

        /** With so many events that are not published yet. */
        Stored waiting(int events) {
            waiting = events;
            return this;
        }

        CompetenceProfile profile() {
            var event = Event.of(by(Actor.system()), CompetenceEvent.COMPETENCE_DRAFT_EDITED, List.of("draft"));
            return new CompetenceProfile(
                    PARTNER,
                    VERSION,
                    name,
                    status,
                    published,
                    publishedAt,
                    draft,
                    draftedAt,
                    deprecated,
                    settledOn,
                    BEFORE,
                    updatedAt,
                    dueOn,
                    null,
                    null,
                    derived,
                    new Outbox(Collections.nCopies(waiting, event)),
                    new KeyedChanges(List.of()));
        }
    }
}
