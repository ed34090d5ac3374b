package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import de.smartcity.consortium.sandbox.MongoChoice.Running;
import de.smartcity.consortium.sandbox.MongoChoice.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoChoiceTest {

    @TempDir
    private Path folder;

    private final List<String> messages = new ArrayList<>();

    private MongoChoice choice(@Nullable String uri, @Nullable String mongod) {
        return new MongoChoice(folder, 0, uri, mongod, messages::add);
    }

    @Test
    void aUriThatAnswersIsUsed() throws Exception {
        try (var server = EmbeddedMongo.start(null, 0)) {
            var running = choice(server.uri("given"), null).choose(null);
            assertThat(running.source()).isEqualTo(Source.URI);
            assertThat(running.database()).isEqualTo("given");
            assertThat(running.uri().apply("other")).isEqualTo(server.uri("other"));
            assertThat(messages).isEmpty();
        }
    }

    @Test
    void aUriThatDoesNotAnswerIsSkippedWithAReason() throws Exception {
        var dead = "mongodb://127.0.0.1:" + Ports.free() + "/given";
        var running = choice(dead, null).choose(null);
        try (var server = running.server()) {
            assertThat(server).isNotNull();
            assertThat(running.source()).isNotEqualTo(Source.URI);
            assertThat(messages.getFirst()).contains("URI skipped", "does not answer");
        }
    }

    @Test
    void aRequiredUriThatDoesNotAnswerIsAnError() {
        var dead = "mongodb://127.0.0.1:" + Ports.free() + "/given";
        assertThatThrownBy(() -> choice(dead, null).choose(Source.URI))
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void aMongodThatIsTooOldIsSkippedWithItsVersion() throws Exception {
        var running = withMongod("echo 'db version v4.4.29'");
        try (var server = running.server()) {
            assertThat(server).isNotNull();
            assertThat(running.source()).isEqualTo(Source.EMBEDDED);
            assertThat(messages).anyMatch(line -> line.contains("MONGOD skipped") && line.contains("version 4"));
        }
    }

    @Test
    void aMongodThatExitsIsSkipped() throws Exception {
        var running = withMongod(
                "if [ \"$1\" = --version ]; then echo 'db version v8.0.4'; else echo 'illegal instruction'; exit 1; fi");
        try (var server = running.server()) {
            assertThat(server).isNotNull();
            assertThat(running.source()).isEqualTo(Source.EMBEDDED);
            assertThat(messages).anyMatch(line -> line.contains("MONGOD skipped"));
        }
    }

    @Test
    void aRequiredMongodThatFailsIsAnError() throws IOException {
        var mongod = script("echo 'db version v4.4.29'");
        assertThatThrownBy(() -> choice(null, mongod).choose(Source.MONGOD))
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("version 4");
    }

    @Test
    void theEmbeddedServerStatesItsLimits() throws Exception {
        var running = choice(null, null).choose(Source.EMBEDDED);
        try (var server = running.server();
                var client = MongoClients.create(running.uri().apply("some"))) {
            assertThat(server).isNotNull();
            assertThat(running.limits()).contains("no transactions", "only unique indexes");
            client.getDatabase("some").getCollection("things").insertOne(new Document("a", 1));
            assertThat(client.getDatabase("some").getCollection("things").countDocuments())
                    .isEqualTo(1);
        }
    }

    @Test
    void theEmbeddedServerKeepsItsDataInAFile() throws Exception {
        var port = Ports.free();
        for (var start = 1; start <= 2; start++) {
            var running = new MongoChoice(folder, port, null, null, messages::add).choose(Source.EMBEDDED);
            try (var server = running.server();
                    var client = MongoClients.create(running.uri().apply("lasting"))) {
                assertThat(server).isNotNull();
                var things = client.getDatabase("lasting").getCollection("things");
                things.insertOne(new Document("a", start));
                assertThat(things.countDocuments()).isEqualTo(start);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            mongodb://a:1,                         mongodb://a:1/new
            mongodb://a:1/,                        mongodb://a:1/new
            mongodb://a:1/old,                     mongodb://a:1/new
            mongodb://a:1/old?w=majority,          mongodb://a:1/new?w=majority
            mongodb://u:p@a:1/old,                 mongodb://u:p@a:1/new?authSource=old
            mongodb://u:p@a:1,                     mongodb://u:p@a:1/new?authSource=admin
            mongodb://u:p@a:1/old?authSource=x,    mongodb://u:p@a:1/new?authSource=x
            mongodb+srv://u:p@a/?retryWrites=true, mongodb+srv://u:p@a/new?retryWrites=true&authSource=admin
            """)
    void theDatabaseOfAUriIsReplacedAndTheAuthSourceKept(String given, String expected) {
        assertThat(MongoChoice.withDatabase(given, "new")).isEqualTo(expected);
    }

    private Running withMongod(String script) throws IOException {
        // Starts mongod directly, because choose() would take Docker first.
        var choice = choice(null, script(script));
        try {
            return choice.start(Source.MONGOD);
        } catch (SandboxFailure expected) {
            messages.add("MONGOD skipped: " + expected.getMessage());
            return choice.start(Source.EMBEDDED);
        }
    }

    private String script(String lines) throws IOException {
        var file = Files.writeString(folder.resolve("mongod"), "#!/bin/sh\n" + lines + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }
}
