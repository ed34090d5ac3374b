package de.smartcity.consortium.partners;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Listens to the commands that MongoDB is sent. */
@TestConfiguration
public class ModuleCommands {

    @Bean
    Sent sentCommands() {
        return new Sent();
    }

    @Bean
    MongoClientSettingsBuilderCustomizer listeningToCommands(Sent sentCommands) {
        return settings -> settings.addCommandListener(sentCommands);
    }

    /** The commands that were sent. */
    public static final class Sent implements CommandListener {

        private final List<String> commands = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            // Relay, handlers and jobs work at any time, on threads of their own.
            if (!Thread.currentThread().getName().startsWith("background-")) {
                var name = event.getCommandName();
                var of = event.getCommand().get(name);
                commands.add(name + " "
                        + (of != null && of.isString() ? of.asString().getValue() : ""));
            }
        }

        /** The commands of a question, such as {@code find partners}, sorted. */
        public List<String> of(Asked asked, Runnable question) {
            // The first query also reads the consortium's language.
            asked.data(Callers.office(), "{ areasOfActivity { name } }", Map.of());
            commands.clear();
            question.run();
            return commands.stream().sorted().toList();
        }
    }
}
