package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ude", "a1", "city-of-duisburg", "x2-y3"})
    void anAliasIsLowerCaseWordsJoinedByHyphens(String alias) {
        assertThat(new PartnerAlias(alias).value()).isEqualTo(alias);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "UDE", "1a", "-a", "a-", "a--b", "a b", "ä1", "a_b"})
    void anythingElseIsNoAlias(String alias) {
        assertThatThrownBy(() -> new PartnerAlias(alias)).satisfies(Violations.rule("alias.syntax"));
    }

    @Test
    void anAliasHasAtMostSixtyThreeCharacters() {
        assertThat(new PartnerAlias("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> new PartnerAlias("a".repeat(64))).satisfies(Violations.rule("alias.syntax"));
    }

    @Test
    void aViolationSaysWhereItStands() {
        assertThatThrownBy(() ->
                        RuleViolation.at("identifiers", () -> RuleViolation.at("0", () -> new PartnerAlias("NO"))))
                .satisfies(Violations.rule("alias.syntax", "identifiers", "0"));
    }

    @Test
    void aChangeLeavesSetsOrClears() {
        assertThat(Change.<String>absent().over("old")).isEqualTo("old");
        assertThat(Change.to("new").over("old")).isEqualTo("new");
        assertThat(Change.<String>cleared().over("old")).isNull();
        assertThat(Change.<String>absent().isAbsent()).isTrue();
        assertThat(Change.<String>cleared().isAbsent()).isFalse();
    }

    @Test
    void anOutboxHoldsTwoHundredEventsAndThenRefuses() {
        var outbox = new Outbox(List.of());
        var event = Event.by(Actor.system(), "SomethingHappened", Instant.EPOCH, List.of("name"), null);
        IntStream.range(0, Outbox.CAPACITY).forEach(n -> outbox.add(event));
        assertThat(outbox.events()).hasSize(200);
        assertThatThrownBy(() -> outbox.add(event)).isInstanceOf(Outbox.OutboxFull.class);
        assertThat(outbox.events()).hasSize(200);
    }

    @Test
    void anEventTellsWhoCausedItAndIsUnlikeAnyOther() {
        var one = Event.by(Actor.system(), "SomethingHappened", Instant.EPOCH, List.of(), "A reason");
        var two = Event.by(Actor.system(), "SomethingHappened", Instant.EPOCH, List.of(), "A reason");
        assertThat(one.account()).isEqualTo(AccountId.SYSTEM);
        assertThat(one.partner()).isNull();
        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @Test
    void laterIdsComeAfterEarlierOnes() {
        var ids = IntStream.range(0, 1_000)
                .mapToObj(n -> TimeOrderedIds.next().toString())
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.charAt(14) == '7');
    }
}
