package de.smartcity.consortium.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Task} among an aggregate's derived fields, where queries find it.
 *
 * @param kind the name of the task's kind
 * @param holder for whom it waits: a partner as {@link #holder(PartnerId)} writes it, or {@value #OFFICE}
 * @param position a {@link SortKey} that orders tasks by due date, without one last, and then by {@code since} and kind
 * @param since the time of the change with which it began to wait
 * @param due the last day to do it; null if there is none
 * @param role the role that it takes; null if it names none
 * @param account the account that is asked; null if it names none
 */
public record StoredTask(
        String kind,
        String holder,
        String position,
        Instant since,
        @Nullable LocalDate due,
        @Nullable Role role,
        @Nullable AccountId account) {

    /** The holder of the office's tasks. */
    public static final String OFFICE = "office";

    /** The holder of a partner's tasks. */
    public static String holder(PartnerId partner) {
        return partner.value().toString();
    }

    /**
     * What to store of the tasks that wait now. One that waited at the last save keeps its {@code since}, also if its due date changed.
     *
     * @param subject the id of the aggregate
     * @param updatedAt the time of the aggregate's last change, with which the others began to wait
     * @param before the derived fields of the last save; null if there was none
     */
    public static List<StoredTask> of(
            UUID subject, Collection<Task> waiting, Instant updatedAt, @Nullable DerivedFields before) {
        // Stored fields may lack them.
        var known = before == null || before.tasks() == null ? List.<StoredTask>of() : before.tasks();
        return waiting.stream()
                .map(task -> {
                    var since = known.stream()
                            .filter(stored -> stored.isOf(task))
                            .map(StoredTask::since)
                            .findFirst()
                            .orElse(updatedAt);
                    return of(subject, task, since);
                })
                .toList();
    }

    private static StoredTask of(UUID subject, Task task, Instant since) {
        var kind = task.kind().name();
        var holder = holderOf(task);
        // In few bytes, since its parts together are longer than a sort key.
        var identity =
                UUID.nameUUIDFromBytes((kind + " " + subject + " " + holder + " " + task.role() + " " + task.account())
                        .getBytes(StandardCharsets.UTF_8));
        var position = SortKey.of(SortKey.text(task.due()) + " " + SortKey.text(since) + " " + kind, identity);
        return new StoredTask(kind, holder, position, since, task.due(), task.role(), task.account());
    }

    private static String holderOf(Task task) {
        return task.holder() == null ? OFFICE : holder(task.holder());
    }

    private boolean isOf(Task task) {
        return kind.equals(task.kind().name())
                && holder.equals(holderOf(task))
                && role == task.role()
                && Objects.equals(account, task.account());
    }
}
