package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Actor;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Serves what waits for the caller's organisation. */
@Controller
class TaskController {

    private final Tasks tasks;

    TaskController(Tasks tasks) {
        this.tasks = tasks;
    }

    @Bean
    static TypeTable<TaskView> taskTable() {
        return TypeTable.ofRecord(TaskView.class, "Task").build();
    }

    @Bean
    static Reference<GlobalId, Object> subjectOfTask(Nodes nodes) {
        return Reference.byRow(
                Set.of("Task"), "subject", (ids, arguments, actor, selection) -> nodes.find(ids, actor, selection));
    }

    @SchemaMapping(typeName = "Viewer")
    Connection<TaskView> tasks(PageRequest page, Actor actor) {
        return tasks.page(page, actor);
    }

    @SchemaMapping(typeName = "Viewer")
    int taskCount(Actor actor) {
        return tasks.count(actor);
    }
}
