package de.smartcity.consortium.partners.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Input;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.KeyedChanges.ReusedKey;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that is repeated with its key has no further effect. */
class RepeatedChangesTest {

    private static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");
    private static final Actor OFFICE = account(true);

    /**
     * A verb with a valid input.
     *
     * @param part whether it makes or changes a contact
     */
    record Verb(String name, PartnerStatus from, boolean part, BiConsumer<Partner, Change> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Verb> verbs() {
        return Stream.of(
                new Verb("drop", PartnerStatus.PROSPECT, false, (it, change) -> it.drop(change, "A reason")),
                new Verb(
                        "beginOnboarding",
                        PartnerStatus.PROSPECT,
                        false,
                        (it, change) -> it.beginOnboarding(change, new OrganisationId("organisation"))),
                new Verb(
                        "admit",
                        PartnerStatus.ONBOARDING,
                        false,
                        (it, change) -> it.admit(change, LocalDate.of(2018, 7, 9))),
                new Verb("suspend", PartnerStatus.ACTIVE, false, (it, change) -> it.suspend(change, "A reason")),
                new Verb("reinstate", PartnerStatus.SUSPENDED, false, (it, change) -> it.reinstate(change, "A reason")),
                new Verb("edit", PartnerStatus.ACTIVE, false, (it, change) -> it.edit(change, 0, summary("New"))),
                new Verb(
                        "addContact",
                        PartnerStatus.ACTIVE,
                        true,
                        (it, change) -> it.addContact(change, contact("Press office"))),
                new Verb(
                        "editContact",
                        PartnerStatus.ACTIVE,
                        true,
                        (it, change) -> it.editContact(change, first(it), 0, function("Press office"))),
                new Verb(
                        "removeContact",
                        PartnerStatus.ACTIVE,
                        true,
                        (it, change) -> it.removeContact(change, first(it))));
    }

    @Test
    void everyVerbIsHere() {
        var verbs = Arrays.stream(Partner.class.getDeclaredMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Change.class))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                // The service itself erases, and gives no key.
                .filter(name ->
                        !Set.of("recordProspect", "recordedAgain", "erase").contains(name));
        assertThat(verbs)
                .containsExactlyInAnyOrderElementsOf(verbs().map(Verb::name).toList());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aRepeatedChangeChangesNothing(Verb verb) {
        var partner = in(verb.from());
        var contact = first(partner).read(new Violations());
        verb.act().accept(partner, keyed(OFFICE, "key", 1));
        var before = state(partner);
        assertThatThrownBy(() -> verb.act().accept(partner, keyed(OFFICE, "key", 1)))
                .isInstanceOfSatisfying(AlreadyMade.class, made -> {
                    if (verb.part()) {
                        var expected = verb.name().equals("addContact")
                                ? partner.contacts().getLast().id()
                                : contact;
                        assertThat(made.part()).isEqualTo(expected.value());
                    }
                });
        assertThat(state(partner)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void anotherInputWithTheSameKeyIsRefused(Verb verb) {
        var partner = in(verb.from());
        verb.act().accept(partner, keyed(OFFICE, "key", 1));
        var before = state(partner);
        assertThatThrownBy(() -> verb.act().accept(partner, keyed(OFFICE, "key", 2)))
                .isInstanceOf(ReusedKey.class);
        assertThat(state(partner)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aRepeatedChangeByAnAccountThatLostThePermissionIsForbidden(Verb verb) {
        var partner = in(verb.from());
        verb.act().accept(partner, keyed(OFFICE, "key", 1));
        for (var input : List.of(1, 2)) {
            assertThatThrownBy(() -> verb.act().accept(partner, keyed(account(false), "key", input)))
                    .isInstanceOf(Forbidden.class);
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aRefusedChangeKeepsNoKey(Verb verb) {
        var partner = in(verb.from());
        assertThatThrownBy(() -> verb.act().accept(partner, keyed(account(false), "key", 1)))
                .isInstanceOf(Forbidden.class);
        var full = in(verb.from());
        fill(full);
        assertThatThrownBy(() -> verb.act().accept(full, keyed(OFFICE, "key", 1)))
                .isInstanceOf(Outbox.OutboxFull.class);
        assertThatThrownBy(() -> verb.act().accept(full, keyed(OFFICE, "key", 2)))
                .isInstanceOf(Outbox.OutboxFull.class);
        verb.act().accept(partner, keyed(OFFICE, "key", 2));
    }

    @Test
    void aChangeThatBrokeARuleMayBeCorrectedWithTheSameKey() {
        var partner = in(PartnerStatus.ACTIVE);
        assertThatThrownBy(() -> partner.suspend(keyed(OFFICE, "key", 1), " ")).isInstanceOf(RuleViolation.class);
        assertThatThrownBy(() -> partner.edit(keyed(OFFICE, "key", 1), 7, summary("New")))
                .isInstanceOf(Conflict.class);
        partner.suspend(keyed(OFFICE, "key", 2), "A reason");
        assertThat(partner.status()).isEqualTo(PartnerStatus.SUSPENDED);
    }

    @Test
    void neitherInputNorVersionOfARepeatedChangeIsLookedAt() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(keyed(OFFICE, "key", 1), 0, summary("New"));
        Edit<PartnerProfile> unread = new Edit<>(Set.of("summary"), violations -> {
            throw new AssertionError("The input was read");
        });
        assertThatThrownBy(() -> partner.edit(keyed(OFFICE, "key", 1), 7, unread))
                .isInstanceOf(AlreadyMade.class);
        assertThatThrownBy(() -> partner.edit(keyed(OFFICE, "key", 2), 7, unread))
                .isInstanceOf(ReusedKey.class);
    }

    @Test
    void anEditThatChangesNothingKeepsNoKey() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.edit(keyed(OFFICE, "key", 1), 0, summary("A summary"));
        partner.editContact(keyed(OFFICE, "key", 1), first(partner), 0, function("Office"));
        assertThat(partner.profile().summary()).isEqualTo(text("A summary"));
        partner.edit(keyed(OFFICE, "key", 2), 0, summary("New"));
        assertThat(partner.profile().summary()).isEqualTo(text("New"));
    }

    @Test
    void anotherAccountOrAnotherKeyHasItsOwnEffect() {
        var partner = in(PartnerStatus.ACTIVE);
        partner.addContact(keyed(OFFICE, "key", 1), contact("One"));
        partner.addContact(keyed(OFFICE, "another", 1), contact("Two"));
        partner.addContact(keyed(Actor.system(), "key", 1), contact("Three"));
        assertThat(partner.contacts()).hasSize(4);
    }

    @Test
    void aDroppedProspectRefusesNewChangesAsNotFound() {
        var partner = in(PartnerStatus.PROSPECT);
        partner.drop(keyed(OFFICE, "key", 1), null);
        assertThatThrownBy(() -> partner.drop(keyed(OFFICE, "another", 1), null))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> partner.drop(Change.by(OFFICE, AT), null)).isInstanceOf(NotFound.class);
    }

    @Test
    void aProspectTakesItsIdFromTheKeyAndKnowsTheChangeThatRecordedIt() {
        var change = keyed(OFFICE, "key", 1);
        var partner = record(change);
        assertThat(partner.id().value()).isEqualTo(change.newId());
        assertThat(partner.recordedAgain(keyed(OFFICE, "key", 1))).isEqualTo(partner.id());
        assertThatThrownBy(() -> partner.recordedAgain(keyed(OFFICE, "key", 2))).isInstanceOf(ReusedKey.class);
        assertThat(record(Change.by(OFFICE, AT)).id()).isNotEqualTo(partner.id());
    }

    @Test
    void theLastFiftyKeysAreRecognised() {
        var partner = in(PartnerStatus.ACTIVE);
        for (var n = 0; n <= KeyedChanges.CAPACITY; n++) {
            partner.edit(keyed(OFFICE, "key-" + n, 1), 0, summary("Summary " + n));
        }
        assertThatThrownBy(() -> partner.edit(keyed(OFFICE, "key-1", 1), 0, summary("New")))
                .isInstanceOf(AlreadyMade.class);
        partner.edit(keyed(OFFICE, "key-0", 1), 0, summary("New"));
        assertThat(partner.profile().summary()).isEqualTo(text("New"));
    }

    private static Change keyed(Actor actor, String key, int input) {
        return new Change(actor, AT.plusSeconds(input), ChangeKey.of(actor, "change", key, Map.of("input", input)));
    }

    private static Actor account(boolean office) {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId("somebody"), office, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    private static Partner record(Change change) {
        return Partner.recordProspect(
                change,
                violations -> new PartnerDraft(
                        new PartnerAlias("some-partner"),
                        new PartnerProfile(
                                text("Some partner"),
                                text("A summary"),
                                PartnerKind.COMPANY,
                                List.of(),
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                1)));
    }

    /** With one contact. */
    static Partner in(PartnerStatus status) {
        var change = Change.by(Actor.system(), AT);
        var partner = record(change);
        partner.addContact(change, contact("Office"));
        if (status == PartnerStatus.PROSPECT) {
            return partner;
        }
        partner.beginOnboarding(change, new OrganisationId("organisation"));
        if (status == PartnerStatus.ONBOARDING) {
            return partner;
        }
        partner.admit(change, LocalDate.of(2018, 7, 9));
        if (status == PartnerStatus.SUSPENDED) {
            partner.suspend(change, "A reason");
        }
        return partner;
    }

    /** Lets so many events wait that there is no room for another, not even in the reserve. */
    private static void fill(Partner partner) {
        PartnerTest.fill(partner);
        for (var n = 0; n < Outbox.RESERVE; n++) {
            partner.outbox().add(partner.outbox().events().getLast());
        }
    }

    private static List<@Nullable Object> state(Partner partner) {
        return Arrays.<@Nullable Object>asList(
                partner.status(),
                partner.statusReason(),
                partner.alias(),
                partner.organisation(),
                partner.profile(),
                partner.contacts(),
                partner.updatedAt(),
                PartnerTest.waiting(partner));
    }

    private static Input<ContactId> first(Partner partner) {
        return violations -> partner.contacts().getFirst().id();
    }

    private static LocalizedText text(String text) {
        return LocalizedText.of(Map.of("en", text));
    }

    private static Edit<PartnerProfile> summary(String summary) {
        return PartnerTest.summary(text(summary));
    }

    private static Input<Contact> contact(String function) {
        return violations ->
                new Contact(ContactId.next(), text(function), new EmailAddress("office@example.org"), null, true);
    }

    private static Edit<Contact> function(String function) {
        return new Edit<>(Set.of("function"), contact(function));
    }
}
