package de.smartcity.consortium.files;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** This module and those below it, with a capability that owns files. */
@SpringBootApplication(scanBasePackages = "de.smartcity.consortium")
class FilesApplication {

    @Bean
    SettableClock clock() {
        return new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Things that refer to files, as if they were stored; those who are not anonymous see them. */
    static final class Things implements FileOwner {

        static final String KIND = "Thing";

        private final Map<UUID, Set<FileId>> stored = new ConcurrentHashMap<>();

        void save(UUID thing, Set<FileId> files) {
            stored.put(thing, Set.copyOf(files));
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Set<FileId> visible(Collection<FileId> files, Actor actor) {
            var visible = new HashSet<FileId>();
            if (actor.kind() != Actor.Kind.ANONYMOUS) {
                stored.values().forEach(visible::addAll);
            }
            visible.retainAll(files);
            return visible;
        }

        @Override
        public Set<FileId> referred(UUID thing) {
            return stored.getOrDefault(thing, Set.of());
        }
    }

    @Bean
    Things things() {
        return new Things();
    }

    /** How many chunks commands read at a time. */
    static final class ChunkReads implements CommandListener {

        private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            var command = event.getCommand();
            if (command.getString("find", new BsonString("")).getValue().endsWith(".chunks")
                    || command.getString("collection", new BsonString(""))
                            .getValue()
                            .endsWith(".chunks")) {
                batchSizes.add(command.getNumber("batchSize", new BsonInt32(0)).intValue());
            }
        }

        void forget() {
            batchSizes.clear();
        }

        List<Integer> batchSizes() {
            return batchSizes;
        }
    }

    @Bean
    static ChunkReads chunkReads() {
        return new ChunkReads();
    }

    @Bean
    MongoClientSettingsBuilderCustomizer listenToChunkReads(ChunkReads reads) {
        return settings -> settings.addCommandListener(reads);
    }

    @Controller
    static class DummyMutation {
        @MutationMapping
        boolean nothing() {
            return true;
        }
    }
}
