package de.smartcity.consortium.projects.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Event;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.KeyedChanges.ReusedKey;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OwnReferencesTest {

    private static final PartnerId PARTNER = new PartnerId(new UUID(1, 1));
    private static final PartnerId OTHER = new PartnerId(new UUID(1, 2));
    private static final ProjectId PROJECT = new ProjectId(new UUID(2, 1));
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");
    private static final Actor EDITOR = of(PARTNER, PartnerStatus.ACTIVE, Role.EDITOR);
    private static final OwnReference SAP = new OwnReference("SAP", "P-1");
    private static final OwnReference JIRA = new OwnReference("Jira", "SMART");

    private static Actor of(PartnerId partner, PartnerStatus status, Role... roles) {
        var organisation = new Organisation(
                new OrganisationId("organisation"), partner, new PartnerAlias("some-partner"), status, Set.of(roles));
        return Actor.acting(Actor.Kind.PERSON, new AccountId("somebody"), false, organisation, List.of(organisation));
    }

    private static Input<List<OwnReference>> given(OwnReference... references) {
        return violations -> List.of(references);
    }

    private static Input<List<OwnReference>> unread() {
        return violations -> {
            throw new AssertionError("The input was read");
        };
    }

    private static Change by(Actor actor) {
        return Change.by(actor, AT);
    }

    private static Change keyed(Actor actor, String key, int input) {
        return new Change(actor, AT, ChangeKey.of(actor, "set", key, Map.of("input", input)));
    }

    private static OwnReferences none() {
        return OwnReferences.of(PARTNER, PROJECT, BEFORE);
    }

    /** As read, of version 3. */
    private static OwnReferences stored(OwnReference... references) {
        return stored(List.of(references), 0);
    }

    private static OwnReferences stored(@Nullable List<OwnReference> references, int waiting) {
        var event = Event.of(Change.by(EDITOR, BEFORE), OwnReferencesEvent.OWN_REFERENCES_SET, List.of("references"));
        return new OwnReferences(
                OwnReferencesId.of(PARTNER, PROJECT),
                3L,
                PARTNER,
                PROJECT,
                references,
                BEFORE,
                BEFORE,
                null,
                null,
                new Outbox(IntStream.range(0, waiting).mapToObj(n -> event).toList()),
                new KeyedChanges(List.of()));
    }

    private static List<NewEvent> newEvents(OwnReferences own) {
        var events = new ArrayList<NewEvent>();
        own.newEvents().moveTo(own.outbox(), event -> {
            events.add(event);
            return new EventAudience(List.of(), List.of(), List.of(), Map.of());
        });
        return events;
    }

    private static List<Violation> violations(OwnReferences own, Input<List<OwnReference>> input) {
        return Objects.requireNonNull(catchThrowableOfType(RuleViolation.class, () -> own.set(by(EDITOR), 3, input)))
                .violations();
    }

    private static List<String> rules(List<Violation> violations) {
        return violations.stream()
                .map(each -> each.rule() + " " + String.join("/", each.path()))
                .toList();
    }

    @Test
    void aPartnerThatHasNotedNothingHasNoReferences() {
        var own = none();
        assertThat(own.id()).isEqualTo(OwnReferencesId.of(PARTNER, PROJECT));
        assertThat(own).extracting("partner", "project").containsExactly(PARTNER, PROJECT);
        assertThat(own.references()).isEmpty();
        assertThat(own.derived()).isNull();
        assertThat(own.newEvents().isEmpty()).isTrue();
    }

    @Test
    void eachPartnerHasItsOwnForEachProject() {
        var ids = new HashSet<OwnReferencesId>();
        for (var partner : List.of(PARTNER, OTHER)) {
            for (var project : List.of(PROJECT, new ProjectId(PARTNER.value()), new ProjectId(OTHER.value()))) {
                ids.add(OwnReferencesId.of(partner, project));
            }
        }
        assertThat(ids).hasSize(6);
        assertThat(OwnReferencesId.of(PARTNER, PROJECT)).isEqualTo(OwnReferencesId.of(PARTNER, PROJECT));
    }

    @Test
    void anEditorNotesReferences() {
        var own = none();
        own.set(by(EDITOR), 0, given(SAP, JIRA));
        assertThat(own.references()).containsExactly(SAP, JIRA);
        assertThat(newEvents(own)).singleElement().satisfies(added -> {
            assertThat(added.event().type()).isEqualTo("OWN_REFERENCES_SET");
            assertThat(added.event().changed()).containsExactly("references");
            assertThat(added.event().details()).isEmpty();
            assertThat(added.event().at()).isEqualTo(AT);
        });
    }

    @Test
    void theListIsReplaced() {
        var own = stored(SAP);
        own.set(by(EDITOR), 3, given(JIRA));
        assertThat(own.references()).containsExactly(JIRA);
        assertThat(own).extracting("updatedAt", "createdAt").containsExactly(AT, BEFORE);
        own.set(by(EDITOR), 3, given());
        assertThat(own.references()).isEmpty();
        assertThat(newEvents(own)).hasSize(2);
    }

    @Test
    void anotherOrderIsAChangeAndTheSameListIsNone() {
        var own = stored(SAP, JIRA);
        own.set(keyed(EDITOR, "key", 1), 3, given(SAP, JIRA));
        assertThat(own.newEvents().isEmpty()).isTrue();
        assertThat(own).extracting("updatedAt").isEqualTo(BEFORE);
        // It kept no key.
        own.set(keyed(EDITOR, "key", 2), 3, given(JIRA, SAP));
        assertThat(newEvents(own)).hasSize(1);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of(of(OTHER, PartnerStatus.ACTIVE, Role.PARTNER_ADMIN, Role.SIGNATORY), "OTHER_ORGANISATION"),
                Arguments.of(of(PARTNER, PartnerStatus.ACTIVE, Role.VIEWER), "ROLE_MISSING"),
                Arguments.of(of(PARTNER, PartnerStatus.ACTIVE, Role.SIGNATORY), "ROLE_MISSING"),
                Arguments.of(of(PARTNER, PartnerStatus.ONBOARDING, Role.EDITOR), "PARTNER_STATUS"),
                Arguments.of(of(PARTNER, PartnerStatus.SUSPENDED, Role.EDITOR), "PARTNER_STATUS"),
                Arguments.of(Actor.anonymous(), "NOT_SIGNED_IN"),
                Arguments.of(
                        Actor.unattached(
                                Actor.Kind.PERSON,
                                new AccountId("office"),
                                true,
                                NoActingOrganisation.NO_MEMBERSHIP,
                                List.of()),
                        "NO_ACTING_ORGANISATION"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void nobodyElseNotesReferences(Actor stranger, String reason) {
        var own = stored(SAP);
        assertThatThrownBy(() -> own.set(by(stranger), 3, unread()))
                .isInstanceOfSatisfying(
                        Forbidden.class,
                        refused -> assertThat(refused.refusal().reason().name()).isEqualTo(reason));
        assertUnchanged(own);
    }

    private static void assertUnchanged(OwnReferences own) {
        assertThat(own.newEvents().isEmpty()).isTrue();
        assertThat(own).usingRecursiveComparison().isEqualTo(stored(SAP));
    }

    @Test
    void anAppOfThePartnerNotesReferences() {
        var organisation = EDITOR.organisation().orElseThrow();
        var app = Actor.acting(Actor.Kind.APP, new AccountId("app"), false, organisation, List.of(organisation));
        var own = none();
        own.set(by(app), 0, given(SAP));
        assertThat(own.references()).containsExactly(SAP);
    }

    @Test
    void anotherVersionIsAConflict() {
        for (var version : List.of(0L, 2L, 4L)) {
            var own = stored(SAP);
            assertThatThrownBy(() -> own.set(by(EDITOR), version, given(JIRA)))
                    .isInstanceOfSatisfying(Conflict.class, conflict -> {
                        assertThat(conflict.aggregate()).isEqualTo(own.id());
                        assertThat(conflict.currentVersion()).isEqualTo(3);
                    });
            assertUnchanged(own);
        }
        assertThatThrownBy(() -> none().set(by(EDITOR), 1, given(JIRA))).isInstanceOf(Conflict.class);
    }

    @Test
    void theInputIsCheckedBeforeTheVersion() {
        assertThatThrownBy(() -> stored(SAP).set(by(EDITOR), 0, given(JIRA, JIRA)))
                .isInstanceOf(RuleViolation.class);
    }

    private static OwnReference[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new OwnReference("SAP", "P-" + n))
                .toArray(OwnReference[]::new);
    }

    @Test
    void aProjectHasAtMostTwentyReferences() {
        var own = stored(SAP);
        assertThat(rules(violations(own, given(many(21))))).containsExactly("ownReferences.many references");
        assertUnchanged(own);
        own.set(by(EDITOR), 3, given(many(20)));
        assertThat(own.references()).hasSize(20);
    }

    @Test
    void noReferenceIsGivenTwice() {
        var own = stored(SAP);
        assertThat(rules(violations(own, given(SAP, JIRA, SAP, JIRA))))
                .containsExactly("ownReference.twice references/2", "ownReference.twice references/3");
        assertUnchanged(own);
        // Other systems have the same keys, and upper and lower case differ.
        own.set(by(EDITOR), 3, given(SAP, new OwnReference("Jira", "P-1"), new OwnReference("SAP", "p-1")));
        assertThat(own.references()).hasSize(3);
    }

    /** The places of the others would be wrong. */
    @Test
    void referencesThatCouldNotBeParsedAreReportedAlone() {
        var own = stored(SAP);
        Input<List<OwnReference>> input = violations -> {
            violations.at("references", () -> {
                throw new RuleViolation("some.rule", "Wrong.");
            });
            return List.of(JIRA, JIRA);
        };
        assertThat(rules(violations(own, input))).containsExactly("some.rule references");
        assertUnchanged(own);
    }

    @Test
    void aRepeatedChangeChangesNothing() {
        var own = none();
        own.set(keyed(EDITOR, "key", 1), 0, given(SAP));
        assertThatThrownBy(() -> own.set(keyed(EDITOR, "key", 1), 7, unread())).isInstanceOf(AlreadyMade.class);
        assertThatThrownBy(() -> own.set(keyed(EDITOR, "key", 2), 7, unread())).isInstanceOf(ReusedKey.class);
        var viewer = of(PARTNER, PartnerStatus.ACTIVE, Role.VIEWER);
        assertThatThrownBy(() -> own.set(keyed(viewer, "key", 1), 0, unread())).isInstanceOf(Forbidden.class);
        assertThat(newEvents(own)).hasSize(1);
        own.set(keyed(EDITOR, "another", 1), 0, given(JIRA));
        assertThat(own.references()).containsExactly(JIRA);
    }

    @Test
    void aRefusedChangeKeepsNoKey() {
        var own = none();
        assertThatThrownBy(() -> own.set(keyed(EDITOR, "key", 1), 1, given(SAP)))
                .isInstanceOf(Conflict.class);
        own.set(keyed(EDITOR, "key", 2), 0, given(SAP));
        assertThat(own.references()).containsExactly(SAP);

        var full = stored(List.of(SAP), Outbox.CAPACITY);
        assertThatThrownBy(() -> full.set(keyed(EDITOR, "key", 1), 3, given(JIRA)))
                .isInstanceOf(Outbox.OutboxFull.class);
        assertThatThrownBy(() -> full.set(keyed(EDITOR, "key", 2), 3, given(JIRA)))
                .isInstanceOf(Outbox.OutboxFull.class);
        assertThat(full.references()).containsExactly(SAP);
    }

    @Test
    void onlyThePartnerSeesThem() {
        var own = stored(SAP);
        own.derive("en");
        var derived = Objects.requireNonNull(own.derived());
        assertThat(derived.audience().tokens()).containsExactly("owner:" + PARTNER.value());
        assertThat(derived.sort()).isNull();
        assertThat(derived.facets()).isNull();
        assertThat(derived.search()).isNull();
        assertThat(derived.tasks()).isNull();
        for (var status : PartnerStatus.values()) {
            var viewpoints = derived.audience()
                    .viewpoints(of(PARTNER, status, Role.VIEWER).tokens(OwnReferences.RELATIONS));
            assertThat(viewpoints.isEmpty()).as(status.name()).isEqualTo(status != PartnerStatus.ACTIVE);
        }
    }

    @Test
    void eachReferenceIsStoredWithPartnerSystemAndKey() {
        var own = stored(SAP, JIRA);
        own.derive("en");
        var stored = List.of(PARTNER.value() + "\u0001SAP\u0001P-1", PARTNER.value() + "\u0001Jira\u0001SMART");
        assertThat(own).extracting("keys").isEqualTo(stored);
        assertThat(own.storedKeys()).isEqualTo(stored);
        own.set(by(EDITOR), 3, given());
        own.derive("en");
        assertThat(own)
                .as("a unique index would find two empty lists equal")
                .extracting("keys")
                .isNull();
        assertThat(own.storedKeys()).isEmpty();
    }

    @Test
    void whatOtherProjectsHaveIsTakenAtItsPlaces() {
        var own = stored(SAP, JIRA, new OwnReference("SAP", "P-2"));
        var others = List.of(
                JIRA.storedKey(PARTNER), SAP.storedKey(OTHER), new OwnReference("SAP", "P-2").storedKey(PARTNER));
        assertThat(rules(own.taken(others)))
                .containsExactly("ownReference.taken references/1", "ownReference.taken references/2");
        assertThat(own.taken(List.of())).isEmpty();
    }

    @Test
    void storedReferencesMayLackSomething() {
        assertThat(stored(null, 0).references()).isEmpty();
    }
}
