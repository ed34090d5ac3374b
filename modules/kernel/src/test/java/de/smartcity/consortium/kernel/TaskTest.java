package de.smartcity.consortium.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final PartnerId PARTNER = PartnerId.next();
    private static final PartnerId OTHER = PartnerId.next();
    private static final UUID SUBJECT = TimeOrderedIds.next();
    private static final Instant EARLIER = Instant.parse("2026-11-24T09:30:00Z");
    private static final Instant LATER = Instant.parse("2026-11-24T09:30:00.123456Z");
    private static final LocalDate DAY = LocalDate.of(2026, 12, 24);
    private static final AccountId ACCOUNT = new AccountId("somebody");

    private enum Kind {
        ANSWER,
        REPORT,
        A_KIND_WITH_A_NAME_THAT_IS_AS_LONG_AS_NO_KIND_WILL_EVER_BE_AND_THEN_SOMEWHAT_LONGER_TO_BE_ON_THE_SAFE_SIDE
    }

    private static Task answer(@Nullable PartnerId holder) {
        return new Task(Kind.ANSWER, holder, null, null, null);
    }

    private static DerivedFields with(@Nullable List<StoredTask> tasks) {
        return new DerivedFields(Audience.office(), null, null, null, tasks);
    }

    private static List<StoredTask> stored(Instant updatedAt, @Nullable DerivedFields before, Task... waiting) {
        return StoredTask.of(SUBJECT, List.of(waiting), updatedAt, before);
    }

    @Test
    void aTaskIsStoredWithItsHolderAndTheTimeOfTheChangeThatMadeIt() {
        var task = new Task(Kind.REPORT, PARTNER, DAY, Role.EDITOR, ACCOUNT);
        for (var before : new DerivedFields[] {null, with(null), with(List.of())}) {
            assertThat(stored(LATER, before, task)).singleElement().satisfies(stored -> {
                assertThat(stored.kind()).isEqualTo("REPORT");
                assertThat(stored.holder()).isEqualTo(PARTNER.value().toString());
                assertThat(stored.since()).isEqualTo(LATER);
                assertThat(stored.due()).isEqualTo(DAY);
                assertThat(stored.role()).isEqualTo(Role.EDITOR);
                assertThat(stored.account()).isEqualTo(ACCOUNT);
            });
        }
        assertThat(stored(LATER, null, answer(null)))
                .extracting(StoredTask::holder)
                .containsExactly("office");
    }

    @Test
    void aTaskThatWaitedAtTheLastSaveKeepsItsTimeAlsoIfItsDueDateChanges() {
        var task = new Task(Kind.REPORT, PARTNER, null, Role.EDITOR, ACCOUNT);
        var before = with(stored(EARLIER, null, answer(PARTNER), task));
        var postponed = new Task(Kind.REPORT, PARTNER, DAY, Role.EDITOR, ACCOUNT);

        assertThat(stored(LATER, before, postponed, task))
                .extracting(StoredTask::since)
                .containsExactly(EARLIER, EARLIER);
        assertThat(stored(LATER, before, postponed))
                .extracting(StoredTask::position)
                .containsExactlyElementsOf(stored(EARLIER, null, postponed).stream()
                        .map(StoredTask::position)
                        .toList());
    }

    @Test
    void aTaskThatDiffersInKindHolderRoleOrAccountIsNew() {
        var before = with(stored(EARLIER, null, new Task(Kind.REPORT, PARTNER, DAY, Role.EDITOR, ACCOUNT)));
        assertThat(Stream.of(
                                new Task(Kind.ANSWER, PARTNER, DAY, Role.EDITOR, ACCOUNT),
                                new Task(Kind.REPORT, OTHER, DAY, Role.EDITOR, ACCOUNT),
                                new Task(Kind.REPORT, null, DAY, Role.EDITOR, ACCOUNT),
                                new Task(Kind.REPORT, PARTNER, DAY, Role.SIGNATORY, ACCOUNT),
                                new Task(Kind.REPORT, PARTNER, DAY, null, ACCOUNT),
                                new Task(Kind.REPORT, PARTNER, DAY, Role.EDITOR, new AccountId("another")),
                                new Task(Kind.REPORT, PARTNER, DAY, Role.EDITOR, null))
                        .map(task -> stored(LATER, before, task).getFirst().since()))
                .containsOnly(LATER);
    }

    @Test
    void aTaskThatWentAwayAndCameBackIsNew() {
        var before = with(stored(EARLIER, null, answer(PARTNER)));
        var between = with(stored(EARLIER, before));
        assertThat(stored(LATER, between, answer(PARTNER)))
                .extracting(StoredTask::since)
                .containsExactly(LATER);
    }

    /** A stored time has milliseconds, and a text without them would be greater than one with them. */
    @Test
    void tasksSortByDueDateWithoutOneLastThenByTimeAndKind() {
        var inOrder = List.of(
                stored(LATER, null, new Task(Kind.REPORT, PARTNER, LocalDate.of(999, 1, 1), null, null)),
                stored(EARLIER, null, new Task(Kind.ANSWER, PARTNER, DAY, null, null)),
                stored(EARLIER, null, new Task(Kind.REPORT, PARTNER, DAY, null, null)),
                stored(LATER, null, new Task(Kind.ANSWER, PARTNER, DAY, null, null)),
                stored(EARLIER, null, new Task(Kind.ANSWER, PARTNER, DAY.plusDays(10), null, null)),
                stored(EARLIER, null, answer(PARTNER)),
                stored(LATER, null, answer(PARTNER)));
        var tasks = new ArrayList<>(inOrder.stream().flatMap(List::stream).toList());
        Collections.shuffle(tasks, new Random(7));
        tasks.sort(Comparator.comparing(StoredTask::position));
        assertThat(tasks)
                .containsExactlyElementsOf(
                        inOrder.stream().flatMap(List::stream).toList());
    }

    @Test
    void positionsOfDifferentTasksDifferAndAreBounded() {
        var longest = Kind.values()[Kind.values().length - 1];
        var positions = Stream.of(Kind.ANSWER, Kind.REPORT, longest)
                .flatMap(kind -> Stream.of(
                        new Task(kind, PARTNER, DAY, Role.PARTNER_ADMIN, ACCOUNT),
                        new Task(kind, OTHER, DAY, Role.PARTNER_ADMIN, ACCOUNT),
                        new Task(kind, null, DAY, Role.PARTNER_ADMIN, ACCOUNT),
                        new Task(kind, PARTNER, DAY, Role.EDITOR, ACCOUNT),
                        new Task(kind, PARTNER, DAY, Role.PARTNER_ADMIN, new AccountId("x".repeat(200))),
                        new Task(kind, PARTNER, null, Role.PARTNER_ADMIN, ACCOUNT)))
                .flatMap(task -> Stream.of(SUBJECT, UUID.randomUUID())
                        .flatMap(subject -> StoredTask.of(subject, List.of(task), LATER, null).stream()))
                .map(StoredTask::position)
                .toList();
        assertThat(positions)
                .hasSize(36)
                .doesNotHaveDuplicates()
                .allSatisfy(position -> assertThat(position.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(SortKey.MAX_LENGTH));
    }
}
