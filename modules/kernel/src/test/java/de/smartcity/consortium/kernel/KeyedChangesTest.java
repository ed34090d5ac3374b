package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.KeyedChanges.KeyedChange;
import de.smartcity.consortium.kernel.KeyedChanges.ReusedKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedChangesTest {

    private static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");
    private static final Actor SOMEBODY = actor("somebody", "ude");
    private static final Map<String, Object> INPUT = Map.of("input", Map.of("email", "office@example.org"));

    private static Actor actor(String account, String organisation) {
        var acting = new Organisation(
                new OrganisationId(organisation),
                PartnerId.next(),
                new PartnerAlias(organisation),
                PartnerStatus.ACTIVE,
                Set.of());
        return Actor.acting(Actor.Kind.PERSON, new AccountId(account), false, acting, List.of(acting));
    }

    private static Actor office(String account) {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId(account), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    private static Change change(String key, Map<String, ? extends @Nullable Object> input) {
        return new Change(SOMEBODY, AT, ChangeKey.of(SOMEBODY, "addThing", key, input));
    }

    private static String digest(@Nullable Object value) {
        return ChangeKey.of(SOMEBODY, "addThing", "key", Collections.singletonMap("input", value))
                .inputDigest();
    }

    @Test
    void aKeyIsOfOneAccountOrganisationMutationAndClientsKey() {
        var keys = Stream.of(
                        ChangeKey.of(SOMEBODY, "addThing", "key", INPUT),
                        ChangeKey.of(actor("another", "ude"), "addThing", "key", INPUT),
                        ChangeKey.of(actor("somebody", "ims"), "addThing", "key", INPUT),
                        ChangeKey.of(office("somebody"), "addThing", "key", INPUT),
                        ChangeKey.of(SOMEBODY, "editThing", "key", INPUT),
                        ChangeKey.of(SOMEBODY, "addThing", "kez", INPUT),
                        // The same characters, separated elsewhere.
                        ChangeKey.of(SOMEBODY, "addThingk", "ey", INPUT),
                        ChangeKey.of(actor("somebodyu", "de"), "addThing", "key", INPUT),
                        ChangeKey.of(Actor.anonymous(), "addThing", "key", INPUT))
                .flatMap(key -> Stream.of(key.id(), key.newId()))
                .toList();
        assertThat(keys).doesNotHaveDuplicates().hasSize(18);
    }

    @Test
    void erasedChangesAreNotRecognised() {
        var changes = new KeyedChanges(List.of());
        changes.add(change("key", INPUT), null);
        changes.erase();
        changes.demandFirst(change("key", INPUT));
        changes.demandFirst(change("key", Map.of()));
        assertThatThrownBy(() -> {
                    changes.add(change("key", INPUT), null);
                    changes.demandFirst(change("key", INPUT));
                })
                .isInstanceOf(KeyedChanges.AlreadyMade.class);
    }

    @Test
    void theSameKeyHasTheSameIdsWhateverTheInput() {
        var key = ChangeKey.of(actor("somebody", "ude"), "addThing", "key", INPUT);
        var again = ChangeKey.of(actor("somebody", "ude"), "addThing", "key", Map.of());
        assertThat(again.id()).isEqualTo(key.id());
        assertThat(again.newId()).isEqualTo(key.newId());
        // Stored keys stay valid only while this does not change.
        assertThat(key.id()).hasToString("81800a1d-e774-8f0c-835e-b0ab769a8078");
        assertThat(key.newId()).hasToString("334b23a9-219d-881d-afab-87563585d840");
    }

    @Test
    void idsAreUuidsOfVersionEightWithAllOtherBitsFromTheDigest() {
        var ids = IntStream.range(0, 200)
                .mapToObj(n -> ChangeKey.of(SOMEBODY, "addThing", "key-" + n, INPUT))
                .flatMap(key -> Stream.of(key.id(), key.newId()))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(8);
            assertThat(id.variant()).isEqualTo(2);
        });
        var sometimesSet = ids.stream()
                .reduce((one, two) -> new UUID(
                        one.getMostSignificantBits() | two.getMostSignificantBits(),
                        one.getLeastSignificantBits() | two.getLeastSignificantBits()));
        var alwaysSet = ids.stream()
                .reduce((one, two) -> new UUID(
                        one.getMostSignificantBits() & two.getMostSignificantBits(),
                        one.getLeastSignificantBits() & two.getLeastSignificantBits()));
        assertThat(sometimesSet).hasValue(UUID.fromString("ffffffff-ffff-8fff-bfff-ffffffffffff"));
        assertThat(alwaysSet).hasValue(UUID.fromString("00000000-0000-8000-8000-000000000000"));
    }

    @Test
    void aCreationTakesItsIdFromTheKeyOrElseANewOne() {
        var keyed = change("key", INPUT);
        assertThat(keyed.newId()).isEqualTo(change("key", INPUT).newId());
        assertThat(keyed.key())
                .isNotNull()
                .satisfies(
                        key -> assertThat(keyed.newId()).isEqualTo(key.newId()).isNotEqualTo(key.id()));
        var without = Change.by(SOMEBODY, AT);
        assertThat(without.newId()).isNotEqualTo(without.newId());
        assertThat(without.newId().version()).isEqualTo(7);
    }

    @Test
    void equalInputsHaveOneDigestWhateverTheOrderOfTheirFields() {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("a", List.of(1, "x"));
        one.put("b", null);
        var other = new LinkedHashMap<String, @Nullable Object>();
        other.put("b", null);
        other.put("a", new ArrayList<>(List.of(1, "x")));
        assertThat(digest(one)).isEqualTo(digest(other)).matches("[0-9a-f]{64}");
        assertThat(digest("x")).isEqualTo("a78d81349839b2f6dd12c25f4756112b93d59f022edef9b708113fb434ebdb0e");
    }

    @Test
    void differentInputsHaveDifferentDigests() {
        var inputs = Arrays.<@Nullable Object>asList(
                null,
                "",
                "-",
                "x",
                "y",
                "1",
                1,
                1L,
                1.0,
                true,
                "true",
                LocalDate.of(2018, 7, 9),
                "2018-07-09",
                List.of(),
                Map.of(),
                List.of("x"),
                List.of("x", "y"),
                List.of("y", "x"),
                List.of(List.of("x"), "y"),
                List.of(List.of("x", "y")),
                List.of("x6:String1:y"),
                Map.of("x", "y"),
                Map.of("y", "x"),
                Collections.singletonMap("x", null),
                Map.of("x", Map.of()),
                Map.of("x", "y", "z", "y"),
                List.of(Map.of("x", "y"), Map.of("z", "y")),
                "\uD83D",
                "\uD83E");
        var digests = inputs.stream().map(KeyedChangesTest::digest).toList();
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void anInputIsNotWorkedOnBeforeItsDigestIsAskedFor() {
        var unread = Map.of("input", new Object() {
            @Override
            public String toString() {
                throw new AssertionError("The input was read");
            }
        });
        var changes = new KeyedChanges(List.of());
        assertThatCode(() -> changes.demandFirst(change("key", unread))).doesNotThrowAnyException();
    }

    @Test
    void aRepeatedChangeIsRecognisedWithThePartThatItMade() {
        var changes = new KeyedChanges(List.of());
        var part = UUID.randomUUID();
        changes.demandFirst(change("key", INPUT));
        changes.add(change("key", INPUT), part);
        assertThatThrownBy(() -> changes.demandFirst(change("key", INPUT)))
                .isInstanceOfSatisfying(
                        AlreadyMade.class, before -> assertThat(before.part()).isEqualTo(part))
                .message()
                .isNotBlank();
        assertThatCode(() -> changes.demandSameInput(change("key", INPUT))).doesNotThrowAnyException();
        assertThatCode(() -> changes.demandFirst(change("another", INPUT))).doesNotThrowAnyException();
        assertThatCode(() -> changes.demandFirst(Change.by(SOMEBODY, AT))).doesNotThrowAnyException();
    }

    @Test
    void aChangeWithoutAPartIsRecognisedToo() {
        var changes = new KeyedChanges(List.of());
        changes.add(change("key", INPUT), null);
        assertThatThrownBy(() -> changes.demandFirst(change("key", INPUT)))
                .isInstanceOfSatisfying(
                        AlreadyMade.class,
                        before -> assertThatThrownBy(before::part).isInstanceOf(NoSuchElementException.class));
    }

    @Test
    void anotherInputWithAnEarlierKeyIsRefused() {
        var changes = new KeyedChanges(List.of());
        changes.add(change("key", INPUT), null);
        assertThatThrownBy(() -> changes.demandFirst(change("key", Map.of())))
                .isInstanceOf(ReusedKey.class)
                .hasMessageContaining("another input");
        assertThatThrownBy(() -> changes.demandSameInput(change("key", Map.of())))
                .isInstanceOf(ReusedKey.class);
    }

    @Test
    void theLastFiftyKeysAreKept() {
        var first = change("key-0", INPUT);
        var key = Objects.requireNonNull(first.key());
        var changes = new KeyedChanges(List.of(new KeyedChange(key.id(), key.inputDigest(), null)));
        IntStream.range(1, KeyedChanges.CAPACITY).forEach(n -> changes.add(change("key-" + n, INPUT), null));
        IntStream.range(0, 50)
                .forEach(n -> assertThatThrownBy(() -> changes.demandFirst(change("key-" + n, INPUT)))
                        .isInstanceOf(AlreadyMade.class));
        changes.add(change("key-50", INPUT), null);
        assertThatCode(() -> changes.demandFirst(first)).doesNotThrowAnyException();
        IntStream.range(1, 51)
                .forEach(n -> assertThatThrownBy(() -> changes.demandFirst(change("key-" + n, INPUT)))
                        .isInstanceOf(AlreadyMade.class));
    }

    @Test
    void changesWithoutAKeyAreNotKept() {
        var changes = new KeyedChanges(List.of());
        changes.add(change("key", INPUT), null);
        IntStream.range(0, 50).forEach(n -> changes.add(Change.by(SOMEBODY, AT), UUID.randomUUID()));
        assertThatThrownBy(() -> changes.demandFirst(change("key", INPUT))).isInstanceOf(AlreadyMade.class);
        assertThatCode(() -> changes.demandFirst(Change.by(SOMEBODY, AT))).doesNotThrowAnyException();
    }
}
