package de.smartcity.consortium.competences.model;

import static de.smartcity.consortium.competences.model.ProfileExamples.AT;
import static de.smartcity.consortium.competences.model.ProfileExamples.TODAY;
import static de.smartcity.consortium.competences.model.ProfileExamples.VERSION;
import static de.smartcity.consortium.competences.model.ProfileExamples.VOCABULARY;
import static de.smartcity.consortium.competences.model.ProfileExamples.closed;
import static de.smartcity.consortium.competences.model.ProfileExamples.content;
import static de.smartcity.consortium.competences.model.ProfileExamples.entries;
import static de.smartcity.consortium.competences.model.ProfileExamples.face;
import static de.smartcity.consortium.competences.model.ProfileExamples.keyed;
import static de.smartcity.consortium.competences.model.ProfileExamples.newEvents;
import static de.smartcity.consortium.competences.model.ProfileExamples.own;
import static de.smartcity.consortium.competences.model.ProfileExamples.stored;
import static de.smartcity.consortium.competences.model.ProfileExamples.stranger;
import static de.smartcity.consortium.competences.model.ProfileExamples.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.competences.model.CompetenceProfileTest.Verb;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.KeyedChanges.ReusedKey;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that is repeated with its key has no further effect. */
class ProfileKeysTest {

    private static final String VERBS = "de.smartcity.consortium.competences.model.CompetenceProfileTest#verbs";

    private static CompetenceProfile both(int waiting) {
        return stored().published(content("DATA"))
                .draft(content("NETWORKS"))
                .waiting(waiting)
                .profile();
    }

    @ParameterizedTest
    @MethodSource(VERBS)
    void aRepeatedChangeChangesNothing(Verb verb) {
        var actor = own(verb.role());
        var profile = both(0);
        verb.act().on(profile, keyed(actor, "key", 1), VERSION);
        var once = both(0);
        verb.act().on(once, keyed(actor, "key", 1), VERSION);
        // Neither input nor vocabulary is read again, and the version is another one by now.
        assertThatThrownBy(() -> verb.guarded().accept(profile, keyed(actor, "key", 1)))
                .isInstanceOfSatisfying(
                        AlreadyMade.class,
                        made -> assertThatThrownBy(made::part).isInstanceOf(NoSuchElementException.class));
        assertThatThrownBy(() -> verb.act().on(profile, keyed(actor, "key", 1), VERSION + 7))
                .isInstanceOf(AlreadyMade.class);
        assertThat(newEvents(profile)).hasSize(1);
        newEvents(once);
        same(profile, once);
    }

    @ParameterizedTest
    @MethodSource(VERBS)
    void anotherInputWithTheSameKeyIsRefused(Verb verb) {
        var actor = own(verb.role());
        var profile = both(0);
        verb.act().on(profile, keyed(actor, "key", 1), VERSION);
        newEvents(profile);
        var once = both(0);
        verb.act().on(once, keyed(actor, "key", 1), VERSION);
        newEvents(once);
        assertThatThrownBy(() -> verb.guarded().accept(profile, keyed(actor, "key", 2)))
                .isInstanceOf(ReusedKey.class);
        assertThat(profile.newEvents().isEmpty()).isTrue();
        same(profile, once);
    }

    @ParameterizedTest
    @MethodSource(VERBS)
    void aRepeatedChangeByAnAccountWithoutThePermissionIsForbidden(Verb verb) {
        var profile = both(0);
        verb.act().on(profile, keyed(own(verb.role()), "key", 1), VERSION);
        for (var actor : List.of(own(Role.VIEWER), stranger())) {
            for (var input : List.of(1, 2)) {
                assertThatThrownBy(() -> verb.guarded().accept(profile, keyed(actor, "key", input)))
                        .isInstanceOf(Forbidden.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERBS)
    void aRefusedChangeKeepsNoKey(Verb verb) {
        var actor = own(verb.role());
        var profile = both(0);
        assertThatThrownBy(() -> verb.act().on(profile, keyed(own(Role.VIEWER), "key", 1), VERSION))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> verb.act().on(profile, keyed(actor, "key", 1), 0))
                .isInstanceOf(Conflict.class);
        verb.act().on(profile, keyed(actor, "key", 2), VERSION);
        assertThat(newEvents(profile)).hasSize(1);

        var full = both(Outbox.CAPACITY + Outbox.RESERVE);
        for (var input : List.of(1, 2)) {
            assertThatThrownBy(() -> verb.act().on(full, keyed(actor, "key", input), VERSION))
                    .isInstanceOf(Outbox.OutboxFull.class);
        }
    }

    @Test
    void aChangeThatBrokeARuleMayBeCorrectedWithTheSameKey() {
        var editor = own(Role.EDITOR);
        var profile = both(0);
        assertThatThrownBy(() ->
                        profile.edit(keyed(editor, "key", 1), TODAY, () -> VOCABULARY, VERSION, entries("ELSEWHERE")))
                .isInstanceOf(RuleViolation.class);
        profile.edit(keyed(editor, "key", 2), TODAY, () -> VOCABULARY, VERSION, entries("DATA"));
        assertThat(profile.draft()).isEqualTo(content("DATA"));

        var without = stored().published(content("DATA")).profile();
        assertThatThrownBy(() -> without.discardDraft(keyed(editor, "key", 1), VERSION))
                .isInstanceOf(RuleViolation.class);
        assertThatThrownBy(() -> without.discardDraft(keyed(editor, "key", 2), VERSION))
                .isInstanceOf(RuleViolation.class);
    }

    @Test
    void anEditThatChangesNothingKeepsNoKey() {
        var editor = own(Role.EDITOR);
        var profile = both(0);
        profile.edit(keyed(editor, "key", 1), TODAY, () -> VOCABULARY, VERSION, entries("NETWORKS"));
        profile.edit(keyed(editor, "key", 2), TODAY, () -> VOCABULARY, VERSION, entries("DATA"));
        assertThat(profile.draft()).isEqualTo(content("DATA"));
    }

    @Test
    void anotherKeyOrAnotherAccountHasItsOwnEffect() {
        var profile = both(0);
        profile.edit(keyed(own(Role.EDITOR), "key", 1), TODAY, () -> VOCABULARY, VERSION, entries("DATA"));
        profile.edit(keyed(own(Role.EDITOR), "another", 1), TODAY, () -> VOCABULARY, VERSION, entries("NETWORK_5G"));
        assertThat(profile.draft()).isEqualTo(content("NETWORK_5G"));
        assertThat(newEvents(profile)).hasSize(2);
    }

    @Test
    void theFirstEditOfAProfileKeepsItsKey() {
        var editor = own(Role.EDITOR);
        var profile = CompetenceProfile.of(face(PartnerStatus.ACTIVE), AT);
        profile.edit(keyed(editor, "key", 1), TODAY, () -> VOCABULARY, 0, entries("DATA"));
        assertThatThrownBy(() -> profile.edit(keyed(editor, "key", 1), TODAY, closed(), 0, unread()))
                .isInstanceOf(AlreadyMade.class);
        assertThatThrownBy(() -> profile.edit(keyed(editor, "key", 2), TODAY, closed(), 0, unread()))
                .isInstanceOf(ReusedKey.class);
    }

    @Test
    void theLastFiftyKeysAreRecognised() {
        var editor = own(Role.EDITOR);
        var profile = both(0);
        var competences = List.of("DATA", "NETWORKS");
        for (var n = 0; n <= KeyedChanges.CAPACITY; n++) {
            var edit = entries(competences.get(n % 2));
            profile.edit(keyed(editor, "key-" + n, 1), TODAY, () -> VOCABULARY, VERSION, edit);
        }
        assertThatThrownBy(() -> profile.edit(keyed(editor, "key-1", 1), TODAY, closed(), VERSION, unread()))
                .isInstanceOf(AlreadyMade.class);
        profile.edit(keyed(editor, "key-0", 1), TODAY, () -> VOCABULARY, VERSION, entries("NETWORK_5G"));
        assertThat(profile.draft()).isEqualTo(content("NETWORK_5G"));
    }

    private static void same(CompetenceProfile profile, CompetenceProfile other) {
        assertThat(profile).usingRecursiveComparison().ignoringFields("outbox").isEqualTo(other);
    }
}
