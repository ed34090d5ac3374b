package de.smartcity.consortium.activity;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.mongo.CollectionIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** This module and those below it, with two collections of aggregates: the relay watches {@code watched}, and tests sweep {@code things}. */
@SpringBootApplication(scanBasePackages = "de.smartcity.consortium")
class ActivityApplication {

    static final OutboxSource THINGS = new OutboxSource("things");

    @Bean
    OutboxSource watched() {
        return new OutboxSource("watched");
    }

    @Bean
    CollectionIndexes watchedWaiting(OutboxSource watched) {
        return CollectionIndexes.of(watched.collection()).on(OutboxSource.WAITING_SINCE);
    }

    @Bean
    CollectionIndexes thingsWaiting() {
        return CollectionIndexes.of(THINGS.collection()).on(OutboxSource.WAITING_SINCE);
    }

    /** Records the names of the commands that are sent to the database. */
    static final class Commands implements CommandListener {

        private final List<String> sent = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            // The relay's own thread polls for waiting events at any time.
            if (!Thread.currentThread().getName().equals("outbox-relay")) {
                sent.add(event.getCommandName());
            }
        }

        long count(String name) {
            return sent.stream().filter(name::equals).count();
        }

        void clear() {
            sent.clear();
        }
    }

    @Bean
    static Commands commands() {
        return new Commands();
    }

    @Bean
    MongoClientSettingsBuilderCustomizer commandListener(Commands commands) {
        return settings -> settings.addCommandListener(commands);
    }

    @Controller
    static class Activities {

        private final ActivityReading reading;

        Activities(ActivityReading reading) {
            this.reading = reading;
        }

        /** A page for each id; null where no aggregate has it. */
        @QueryMapping
        List<@Nullable Connection<ActivityView>> activities(
                @Argument List<String> of, PageRequest page, Selection selection) {
            var subjects = of.stream().map(UUID::fromString).toList();
            var found = reading.of(THINGS.collection(), subjects, subject -> subject, page, selection);
            var inOrder = new ArrayList<@Nullable Connection<ActivityView>>();
            subjects.forEach(subject -> inOrder.add(found.get(subject)));
            return inOrder;
        }

        /** The type {@code Mutation} needs at least one field. */
        @MutationMapping
        boolean nothing() {
            return true;
        }
    }
}
