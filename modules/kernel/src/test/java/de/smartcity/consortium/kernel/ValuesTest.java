package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.elsewhere.Elsewhere;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ude", "a1", "city-of-duisburg", "x2-y3"})
    void anAliasIsLowerCaseWordsJoinedByHyphens(String alias) {
        assertThat(PartnerAlias.parse(alias).value()).isEqualTo(alias);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "UDE", "1a", "-a", "a-", "a--b", "a b", "ä1", "a_b"})
    void anInvalidAliasIsRefused(String alias) {
        assertThatThrownBy(() -> PartnerAlias.parse(alias)).satisfies(Broken.rule("alias.syntax"));
    }

    @Test
    void anAliasHasAtMostSixtyThreeCharacters() {
        assertThat(PartnerAlias.parse("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> PartnerAlias.parse("a".repeat(64))).satisfies(Broken.rule("alias.syntax"));
    }

    @Test
    void anAliasOfADroppedProspectIsReserved() {
        assertThatThrownBy(() -> PartnerAlias.parse("dropped-by-us")).satisfies(Broken.rule("alias.reserved"));
        assertThat(PartnerAlias.parse("dropped").value()).isEqualTo("dropped");
        var id = PartnerId.next();
        assertThat(PartnerAlias.dropped(id).value()).isEqualTo("dropped-" + id.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"o", "8c965e0e-3f0a-4c9b-9d6c-5d2c1f0a7b11", "f:9a1c:Jürgen Müller", " padded "})
    void anIdOfKeycloakIsTakenAsItIs(String id) {
        assertThat(AccountId.parse(id).value()).isEqualTo(id);
        assertThat(OrganisationId.parse(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void anIdOfKeycloakIsNotBlank(String id) {
        assertThatThrownBy(() -> AccountId.parse(id)).satisfies(Broken.rule("account.blank"));
        assertThatThrownBy(() -> OrganisationId.parse(id)).satisfies(Broken.rule("organisation.blank"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202eb", "a\ud800"})
    void anIdOfKeycloakBreaksNoLineOfALog(String id) {
        assertThatThrownBy(() -> AccountId.parse(id)).satisfies(Broken.rule("account.syntax"));
        assertThatThrownBy(() -> OrganisationId.parse(id)).satisfies(Broken.rule("organisation.syntax"));
    }

    @Test
    void anIdOfKeycloakIsBounded() {
        var longest = "x".repeat(255);
        assertThat(AccountId.parse(longest).value()).isEqualTo(longest);
        assertThatThrownBy(() -> AccountId.parse(longest + "x")).satisfies(Broken.rule("account.syntax"));
        assertThatThrownBy(() -> OrganisationId.parse("x".repeat(100_000)))
                .satisfies(Broken.rule("organisation.syntax"));
    }

    @Test
    void violationsAreCollectedWithTheirPaths() {
        var violations = new Violations();
        assertThat(violations.at("alias", () -> PartnerAlias.parse("NO"))).isNull();
        assertThat(violations.<String, PartnerAlias>at("none", null, PartnerAlias::parse))
                .isNull();
        assertThat(violations.at("fine", "ude", PartnerAlias::parse)).isEqualTo(new PartnerAlias("ude"));
        assertThat(violations.at("list", () -> {
                    var inner = new Violations();
                    inner.each(List.of("ude", "NO", "x"), PartnerAlias::parse);
                    inner.throwIfAny();
                    return true;
                }))
                .isNull();
        violations.demand(true, "holds", "It holds.");
        violations.demand(false, "whole.wrong", "It is wrong.");
        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream()
                                        .map(violation -> violation.rule() + " " + violation.path()))
                                .containsExactly(
                                        "alias.syntax [alias]",
                                        "alias.syntax [list, 1]",
                                        "alias.syntax [list, 2]",
                                        "whole.wrong []"));
        new Violations().throwIfAny();
    }

    @Test
    void validElementsOfAListKeepTheirOrder() {
        var violations = new Violations();
        assertThat(violations.each(List.of("b1", "NO", "a1"), PartnerAlias::parse))
                .containsExactly(new PartnerAlias("b1"), new PartnerAlias("a1"));
    }

    @Test
    void aMissingValueIsAViolationUnlessItAlreadyHasOne() {
        var violations = new Violations();
        violations.demandPresent(
                "alias", violations.at("alias", () -> PartnerAlias.parse("NO")), "An alias is needed.");
        violations.demandPresent("name", null, "A name is needed.");
        violations.demandPresent("kind", "a kind", "A kind is needed.");
        violations.demand(false, "whole.wrong", "It is wrong.");
        violations.demandPresent("status", null, "A status is needed.");
        assertThatThrownBy(violations::throwIfAny)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream().map(Violation::rule))
                                .containsExactly("alias.syntax", "name.required", "whole.wrong", "status.required"));
    }

    record Described(@Nullable String name, @Nullable Integer size, boolean open) {}

    @Test
    void anEditReplacesGivenComponentsOnly() {
        var before = new Described("old", 1, true);
        var edit = new Edit<>(Set.of("name", "open"), violations -> new Described(null, 7, false));
        assertThat(edit.over(before, new Violations())).isEqualTo(new Described(null, 1, false));
        assertThat(new Edit<>(Set.of(), violations -> new Described("new", 7, false)).over(before, new Violations()))
                .isEqualTo(before);
    }

    @Test
    void anEditGivesOnlyComponentsThatExist() {
        var edit = new Edit<>(Set.of("name", "colour"), violations -> new Described("new", 7, false));
        assertThatThrownBy(() -> edit.over(new Described("old", 1, true), new Violations()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }

    @Test
    void aStoredEventMayLackItsChangedFields() {
        assertThat(stored(null).changed()).isEmpty();
        assertThat(stored(null).details()).isEmpty();
        assertThat(stored(List.of("name")).changed()).containsExactly("name");
    }

    @SuppressWarnings("NullAway")
    private static Event stored(@Nullable List<String> changed) {
        return new Event(
                UUID.randomUUID(),
                "CHANGED",
                1,
                Instant.EPOCH,
                null,
                new AccountId("account"),
                changed,
                null,
                changed == null ? null : Map.of("name", "new"),
                null);
    }

    private record Unseen(String name, int size) {}

    @Test
    void aRecordNeedNotBePublic() {
        var edit = new Edit<>(Set.of("name"), violations -> new Unseen("new", 7));
        assertThat(edit.over(new Unseen("old", 1), new Violations())).isEqualTo(new Unseen("new", 1));
        assertThat(Edit.changed(Elsewhere.record("a"), Elsewhere.record("b"))).containsExactly("name");
    }

    @Test
    void changedComponentsAreNamedInTheirOrder() {
        var before = new Described("old", 1, true);
        assertThat(Edit.changed(before, new Described(null, 1, false))).containsExactly("name", "open");
        assertThat(Edit.changed(before, new Described("old", 1, true))).isEmpty();
    }

    @Test
    void aReasonIsNeitherBlankNorLong() {
        assertThat(Reason.parse(" why ").value()).isEqualTo("why");
        assertThat(Reason.parse("🏙".repeat(500)).value()).hasSize(1000);
        assertThatThrownBy(() -> Reason.parse(" ")).satisfies(Broken.rule("reason.blank", "reason"));
        assertThatThrownBy(() -> Reason.parse("x".repeat(501))).satisfies(Broken.rule("reason.long", "reason"));
    }

    @Test
    void aTextIsStrippedAndItsCodePointsCount() {
        assertThat(BoundedText.parse(" 🏙🏙 ", 3, "text")).isEqualTo("🏙🏙");
        assertThat(BoundedText.parse("🏙🏙🏙", 3, "text")).isEqualTo("🏙🏙🏙");
        assertThatThrownBy(() -> BoundedText.parse("abcd", 3, "text")).satisfies(Broken.rule("text.long"));
        assertThatThrownBy(() -> BoundedText.parse("      ", 3, "text")).satisfies(Broken.rule("text.blank"));
    }

    @Test
    void aTextThatCannotFitIsRefusedBeforeItIsRead() {
        assertThat(BoundedText.parse("   abc", 3, "text")).isEqualTo("abc");
        assertThatThrownBy(() -> BoundedText.parse("    abc", 3, "text")).satisfies(Broken.rule("text.long"));
        assertThatThrownBy(() -> BoundedText.parse("       ", 3, "text")).satisfies(Broken.rule("text.long"));
    }

    @Test
    void aSortKeyIsTheTextAndTheIdAndBounded() {
        var id = new UUID(1, 2);
        assertThat(SortKey.of("name", id)).isEqualTo("name\u0001" + id);
        assertThat(SortKey.of("name", id)).isLessThan(SortKey.of("name more", id));
        for (var letter : List.of("a", "ä", "港", "🏙")) {
            assertThat(SortKey.of(letter.repeat(121), id)).isEqualTo(SortKey.of(letter.repeat(1_000), id));
            var key = SortKey.of(letter.repeat(1_000), id);
            var bytes = key.getBytes(StandardCharsets.UTF_8).length;
            assertThat(bytes)
                    .isLessThanOrEqualTo(SortKey.MAX_LENGTH)
                    .isGreaterThan(SortKey.MAX_LENGTH - letter.getBytes(StandardCharsets.UTF_8).length);
            assertThat(key).endsWith("\u0001" + id).startsWith(letter);
        }
        assertThat(SortKey.of("a".repeat(120), id)).hasSize(157);
        assertThat(SortKey.of("", id)).isEqualTo("\u0001" + id);
    }

    @Test
    void daysAndTimesSortAsTexts() {
        var days = List.of(LocalDate.of(999, 12, 31), LocalDate.of(2026, 2, 3), LocalDate.of(2026, 11, 30));
        assertThat(days).extracting(SortKey::text).isSorted().allMatch(text -> text.length() == 10);
        assertThat(SortKey.text(days.getLast())).isLessThan(SortKey.text((LocalDate) null));
        assertThat(SortKey.text((LocalDate) null)).isEqualTo("9999-12-31");
        var times = List.of(Instant.EPOCH, Instant.EPOCH.plusMillis(20), Instant.EPOCH.plusMillis(100));
        assertThat(times)
                .extracting(SortKey::text)
                .isSorted()
                .startsWith("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.020Z");
    }

    private enum Happening {
        SOMETHING_HAPPENED
    }

    private static final Change CHANGE = Change.by(Actor.system(), Instant.EPOCH);

    private static Event event() {
        return Event.of(CHANGE, Happening.SOMETHING_HAPPENED, List.of("name"));
    }

    private static final EventAudience NOBODY = new EventAudience(List.of(), List.of(), List.of(), Map.of());

    @Test
    void anOutboxHoldsTwoHundredEventsAndFiftyEssentialOnesMore() {
        var outbox = new Outbox(List.of());
        IntStream.range(0, 200).forEach(n -> {
            var added = new NewEvents();
            added.add(NewEvent.of(event()), outbox);
            added.moveTo(outbox, each -> NOBODY);
        });
        assertThatThrownBy(() -> new NewEvents().add(NewEvent.of(event()), outbox))
                .isInstanceOf(Outbox.OutboxFull.class);
        IntStream.range(0, 50).forEach(n -> {
            var added = new NewEvents();
            added.add(NewEvent.of(event()).asEssential(), outbox);
            added.moveTo(outbox, each -> NOBODY);
        });
        assertThatThrownBy(() -> new NewEvents().add(NewEvent.of(event()).asEssential(), outbox))
                .isInstanceOf(Outbox.OutboxFull.class);
        assertThatThrownBy(() -> outbox.add(event())).isInstanceOf(Outbox.OutboxFull.class);
        assertThat(outbox.events()).hasSize(250);
    }

    @Test
    void newEventsAreRefusedWhileTheOutboxHasNoRoomForThem() {
        var outbox = new Outbox(List.of());
        IntStream.range(0, Outbox.CAPACITY - 2).forEach(n -> outbox.add(event()));
        var added = new NewEvents();
        added.add(NewEvent.of(event()), outbox);
        added.add(NewEvent.of(event()), outbox);
        assertThatThrownBy(() -> added.add(NewEvent.of(event()), outbox)).isInstanceOf(Outbox.OutboxFull.class);
        added.moveTo(outbox, each -> NOBODY);
        assertThat(outbox.events()).hasSize(200);
    }

    @Test
    void aSaveMovesNewEventsToTheOutboxWithThoseWhomTheyConcern() {
        var outbox = new Outbox(List.of(event()));
        var added = new NewEvents();
        assertThat(added.isEmpty()).isTrue();
        var event = event();
        added.add(NewEvent.of(event).with(Map.of("name", List.of("a part"))).asEssential(), outbox);
        assertThat(added.isEmpty()).isFalse();

        var audience = new EventAudience(List.of("office"), List.of(), List.of("public"), Map.of());
        added.moveTo(outbox, each -> {
            assertThat(each.parts()).containsOnlyKeys("name");
            return audience;
        });

        assertThat(added.isEmpty()).isTrue();
        assertThat(outbox.events()).hasSize(2).last().isEqualTo(event.concerning(audience));
    }

    @Test
    void aSaveKeepsToTheBudgetUnlessItHasEssentialEventsOnlyOrNone() {
        var ordinary = NewEvent.of(event());
        var essential = NewEvent.of(event()).asEssential();
        var outbox = new Outbox(List.of());
        var added = new NewEvents();
        assertThat(added.isBudgeted()).isFalse();
        for (var events : List.of(List.of(ordinary), List.of(ordinary, essential), List.of(essential, ordinary))) {
            events.forEach(event -> added.add(event, outbox));
            added.moveTo(outbox, each -> NOBODY);
            assertThat(added.isBudgeted()).isTrue();
        }
        added.add(essential, outbox);
        added.moveTo(outbox, each -> NOBODY);
        assertThat(added.isBudgeted()).as("after a second save").isFalse();
        added.add(essential.with(Map.of("name", List.of("a part"))), outbox);
        added.moveTo(outbox, each -> NOBODY);
        assertThat(added.isBudgeted()).as("whatever comes first").isFalse();
        added.add(ordinary, outbox);
        added.moveTo(outbox, each -> NOBODY);
        added.moveTo(outbox, each -> NOBODY);
        assertThat(added.isBudgeted()).as("without new events").isFalse();
    }

    @Test
    @SuppressWarnings("NullAway")
    void theAudienceOfAStoredEventMayLackAllButTheTokens() {
        var audience = new EventAudience(List.of("office"), null, null, null);
        assertThat(audience).isEqualTo(new EventAudience(List.of("office"), List.of(), List.of(), Map.of()));
        var full = new EventAudience(List.of("a"), List.of("b"), List.of("c"), Map.of("d", List.of("e")));
        assertThat(full.gained()).containsExactly("b");
        assertThat(full.lost()).containsExactly("c");
        assertThat(full.partViewpoints()).containsOnlyKeys("d");
    }

    @Test
    void anEventNamesItsCauserAndHasAUniqueId() {
        var one = event();
        assertThat(one.account()).isEqualTo(AccountId.SYSTEM);
        assertThat(one.partner()).isNull();
        assertThat(one.at()).isEqualTo(Instant.EPOCH);
        assertThat(one.type()).isEqualTo("SOMETHING_HAPPENED");
        assertThat(one.shape()).isEqualTo(1);
        assertThat(one.id()).isNotEqualTo(event().id());
        var full = one.because(new Reason("A reason")).with(Map.of("name", "new"));
        assertThat(full.reason()).isEqualTo("A reason");
        assertThat(full.details()).containsExactly(Map.entry("name", "new"));
        assertThat(full.changed()).containsExactly("name");
        assertThat(one.because(null).reason()).isNull();
    }

    @Test
    void detailsOfAnEventAreShort() {
        assertThat(event().with(Map.of("name", "x".repeat(100))).details()).hasSize(1);
        var free = Map.of("name", "x".repeat(101));
        assertThatThrownBy(() -> event().with(free))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void daysAreThoseOfTheZoneAndBeginWhenTheyBeginThere() {
        var berlin = ZoneId.of("Europe/Berlin");
        var moment = new Moment(Instant.parse("2026-10-24T22:30:00Z"), berlin);
        assertThat(moment.today()).isEqualTo(LocalDate.of(2026, 10, 25));
        assertThat(moment.startOf(LocalDate.of(2026, 10, 25))).isEqualTo(Instant.parse("2026-10-24T22:00:00Z"));
        assertThat(moment.startOf(LocalDate.of(2026, 10, 26))).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
    }

    @Test
    void aTokenIsOfOneViewpoint() {
        var own = Viewpoint.relation("own", PartnerStatus.ACTIVE);
        assertThat(own.isOf(own.token(PartnerId.next()))).isTrue();
        assertThat(own.isOf("owner:" + UUID.randomUUID())).isFalse();
        assertThat(Viewpoint.OFFICE.isOf("office")).isTrue();
        assertThat(Viewpoint.OFFICE.isOf("offices")).isFalse();
        assertThat(Viewpoint.OFFICE.isOf("public")).isFalse();
    }

    @Test
    void aConflictNamesTheObjectAndItsVersion() {
        var conflict = new Conflict("the object", 7);
        assertThat(conflict.aggregate()).isEqualTo("the object");
        assertThat(conflict.currentVersion()).isEqualTo(7);
    }

    @Test
    void aVersionThatIsNotCurrentIsAConflict() {
        Conflict.unlessVersion(7, 7L, "the object");
        Conflict.unlessVersion(0, null, "the object");
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> Conflict.unlessVersion(7, 8L, "the object"))
                .satisfies(conflict -> assertThat(conflict.currentVersion()).isEqualTo(8));
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> Conflict.unlessVersion(7, null, "the object"))
                .satisfies(conflict -> assertThat(conflict.currentVersion()).isZero());
    }

    @Test
    void laterIdsComeAfterEarlierOnes() {
        var ids = IntStream.range(0, 1_000)
                .mapToObj(n -> TimeOrderedIds.next().toString())
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.charAt(14) == '7');
    }
}
