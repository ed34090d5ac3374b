package de.smartcity.consortium.graphql;

import de.smartcity.consortium.graphql.TaskSource.Waiting;
import de.smartcity.consortium.kernel.Actor;
import java.util.Comparator;
import java.util.List;

/** Reads the tasks that an actor sees, of all capabilities, with one Mongo command for each source. */
final class Tasks {

    private static final String NAME = "tasks";

    private final List<TaskSource> sources;
    private final Pages pages;

    /** @throws IllegalStateException for a source whose tasks have a subject that nothing finds */
    Tasks(List<TaskSource> sources, Nodes nodes, Pages pages) {
        sources.stream().map(TaskSource::type).filter(type -> !nodes.has(type)).forEach(type -> {
            throw new IllegalStateException("Tasks wait because of a " + type + ", which has no NodeSource");
        });
        this.sources = sources;
        this.pages = pages;
    }

    private record Found(TaskSource source, Waiting waiting) {

        String position() {
            return waiting.task().position();
        }

        TaskView view(Actor actor) {
            var task = waiting.task();
            return new TaskView(
                    task.kind(), source.subject(waiting), task.since(), task.due(), task.role(), actor.isFor(task));
        }
    }

    /** A page of the tasks, ordered by due date, without one last. @throws BadRequest for a cursor of another list */
    Connection<TaskView> page(PageRequest page, Actor actor) {
        var after = page.after() == null ? null : pages.position(page.after(), NAME);
        var holders = actor.taskHolders();
        if (holders.isEmpty()) {
            return Connection.empty();
        }
        // One more than requested shows whether there is a next page.
        var limit = page.size() + 1;
        var found = sources.stream()
                .flatMap(source ->
                        source.find(holders, actor, after, limit).stream().map(waiting -> new Found(source, waiting)))
                .sorted(Comparator.comparing(Found::position))
                .limit(limit)
                .toList();
        return pages.page(found, page, NAME, Found::position, task -> task.view(actor));
    }

    /** The number of tasks, counted up to {@link Connection.Total#LIMIT}. */
    int count(Actor actor) {
        var holders = actor.taskHolders();
        if (holders.isEmpty()) {
            return 0;
        }
        var counted = sources.stream()
                .mapToInt(source -> source.count(holders, actor, Connection.Total.LIMIT))
                .sum();
        return Math.min(counted, Connection.Total.LIMIT);
    }
}
