package de.smartcity.consortium.activity;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.activity.Things.ThingEvent;
import de.smartcity.consortium.activity.Things.WatchedThing;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.mongo.CollectionIndexes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** This module and those below it, with two collections of aggregates: the relay watches {@code watched}, and tests sweep {@code things}. */
@SpringBootApplication(scanBasePackages = "de.smartcity.consortium")
class ActivityApplication {

    static final EventSource THINGS = EventSource.of(
                    Things.THINGS, Thing.class, ThingEvent.class, Things.table("Thing"))
            .reasonsVisibleAs("note");
    static final EventSource WATCHED =
            EventSource.of(Things.WATCHED, WatchedThing.class, ThingEvent.class, Things.table("WatchedThing"));

    /** The relay of the service watches one of them only; tests sweep the other. */
    @Bean
    @Primary
    static EventSources bothSources() {
        return new EventSources(List.of(THINGS, WATCHED));
    }

    @Bean
    @Primary
    OutboxRelay watching(MongoDatabaseFactory databases) {
        return new OutboxRelay(databases, new EventSources(List.of(WATCHED)), Clock.systemUTC(), () -> {});
    }

    @Bean
    CollectionIndexes watchedWaiting() {
        return CollectionIndexes.of(WATCHED.collection())
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE);
    }

    @Bean
    CollectionIndexes thingsWaiting() {
        return CollectionIndexes.of(THINGS.collection())
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE);
    }

    /** Records the names of the commands that are sent to the database. */
    static final class Commands implements CommandListener {

        private final List<String> sent = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            // Relay, handlers and jobs work at any time, on threads of their own.
            if (!Thread.currentThread().getName().startsWith("background-")) {
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
                @Argument List<String> of, PageRequest page, Actor actor, Selection selection) {
            var subjects = of.stream().map(UUID::fromString).toList();
            var found = reading.of(THINGS.kind(), subjects, subject -> subject, page, actor, selection);
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
