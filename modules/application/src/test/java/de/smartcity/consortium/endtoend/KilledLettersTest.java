package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.SentCommands.claim;
import static de.smartcity.consortium.endtoend.SentCommands.inTurn;
import static de.smartcity.consortium.endtoend.SentCommands.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.letters.LetterHistory;
import de.smartcity.consortium.letters.LetterVerb;
import de.smartcity.consortium.letters.LetterVerb.Kind;
import de.smartcity.consortium.letters.LetterVerb.Party;
import de.smartcity.consortium.letters.LetterVerb.Person;
import de.smartcity.consortium.letters.RandomVerbs;
import de.smartcity.consortium.letters.RandomVerbs.Shown;
import de.smartcity.consortium.sandbox.DatabaseProcess;
import de.smartcity.consortium.sandbox.TcpProxy;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service is killed while twelve partners send random verbs to one letter, with files, each with a key of its own. After its restart they repeat
 * what was not answered. The letter is what the rules make of the verbs that were accepted, once each, and of those that were interrupted nothing is
 * visible, or left.
 */
@OwnProcess
class KilledLettersTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIN_ANSWERS = 20;
    private static final int MAX_ANSWERS = 80;

    private static final String JOINT = "chamber";

    /** The initiator first. */
    private static final List<String> PARTNERS = List.of(
            "duisburg",
            "ude",
            "ims",
            JOINT,
            "huawei",
            "utilities",
            "recycling",
            "housing",
            "employers",
            "economy",
            "harbour",
            "tourism");

    /** When the service is killed. */
    private enum Moment {
        /** What is offered is stored, and its letter is not. */
        OFFERED(proxy -> proxy.stallBefore(inTurn(update("letterEditions"), update("letters")))),
        /** A letter has claimed files and is not stored. */
        CLAIMED(proxy -> proxy.stallBefore(inTurn(claim(), update("letters")))),
        /** A letter is stored, and nobody has been told. */
        SAVED(proxy -> proxy.stallAfter(save())),
        ANY(proxy -> new CompletableFuture<>());

        private final Function<TcpProxy, CompletableFuture<Void>> trap;

        Moment(Function<TcpProxy, CompletableFuture<Void>> trap) {
            this.trap = trap;
        }

        /** Not what takes published events from the letter. */
        private static Predicate<String> save() {
            return update("letters").and(sent -> !sent.contains("$pull"));
        }
    }

    @Test
    void aLetterIsWhatTheRulesMakeOfTheVerbsThroughKills(@TempDir Path folder) throws Exception {
        assertThroughKills(folder, 1, 12);
    }

    @Test
    @Tag("long")
    void lettersAreWhatTheRulesMakeOfTheVerbsThroughManyKills(@TempDir Path folder) throws Exception {
        assertThroughKills(folder, 4, 48);
    }

    /**
     * @param letters during each of which the service is killed at each moment
     * @param atMost all kills; those after which nothing is left that is typical of their moment prove nothing
     */
    private static void assertThroughKills(Path folder, int letters, int atMost) throws Exception {
        try (var database = DatabaseProcess.start(folder);
                var proxy = TcpProxy.inFrontOf(database.uri());
                var client = client(database.uri())) {
            var stored = client.getDatabase(String.valueOf(new ConnectionString(database.uri()).getDatabase()));
            var world = new World(folder, proxy, stored);
            var all = new ArrayList<Letter>();
            for (var n = 0; n < letters; n++) {
                all.add(new Letter(stored, new Random().nextInt(1_000_000)));
                world.killThrough(all.getLast(), atMost / letters);
            }
            world.end(all);
        }
    }

    private static MongoClient client(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    /** The service in one life after the other. */
    private record World(Path folder, TcpProxy proxy, MongoDatabase stored) {

        private interface Life {
            void live(ServiceProcess service) throws Exception;
        }

        private void start(Map<String, String> environment, Life life) throws Exception {
            proxy.restore();
            try (var service = ServiceProcess.start(folder, proxy.uri(), environment)) {
                service.awaitReady();
                life.live(service);
            }
        }

        void killThrough(Letter letter, int atMost) throws Exception {
            var outstanding = EnumSet.allOf(Moment.class);
            for (var kills = 0; !outstanding.isEmpty(); kills++) {
                assertThat(kills)
                        .as("kills, of which none came at %s", outstanding)
                        .isLessThan(atMost);
                var moment = outstanding.iterator().next();
                start(Map.of(), service -> {
                    letter.goOn(service);
                    if (letter.sendUntil(service, proxy, moment)) {
                        outstanding.remove(moment);
                    }
                });
                letter.assertFormsAreThere();
            }
        }

        /** At last, an hour and a day later, what nothing refers to is gone. */
        void end(List<Letter> letters) throws Exception {
            start(Map.of("CONSORTIUM_JOBS_INTERVAL", "100ms"), service -> {
                for (var letter : letters) {
                    letter.goOn(service);
                    letter.assertVerified(service);
                }
                assertNothingIsLeft();
            });
        }

        private void assertNothingIsLeft() {
            stored.getCollection("files")
                    .updateMany(Filters.gt("dueAt", new Date(0)), Updates.set("dueAt", Date.from(Instant.now())));
            var referred = stored.getCollection("letters").find().into(new ArrayList<>()).stream()
                    .flatMap(letter -> letter.getList("files", UUID.class, List.of()).stream())
                    .collect(Collectors.toSet());
            assertThat(referred).isNotEmpty();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(ids("files", "_id")).isEqualTo(referred);
                assertThat(ids("fileContents.files", "_id")).isEqualTo(referred);
                assertThat(ids("fileContents.chunks", "files_id")).isEqualTo(referred);
                assertThat(stored.getCollection("files").countDocuments(Filters.gt("dueAt", new Date(0))))
                        .isZero();
            });
        }

        private Set<Object> ids(String collection, String field) {
            return stored.getCollection(collection).find().into(new ArrayList<>()).stream()
                    .map(document -> Objects.requireNonNull(document.get(field)))
                    .collect(Collectors.toSet());
        }
    }

    private static String username(String role, String alias) {
        return role + "@" + alias + ".sandbox";
    }

    /** The id of an account: the subject of its tokens. */
    private static String account(String username) {
        var payload = Api.token(username).split("\\.")[1];
        return JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .path("sub")
                .asString();
    }

    /** A letter and those who send verbs to it. */
    private static final class Letter {

        private final MongoDatabase stored;
        private final long seed;
        private final List<Party> parties = new ArrayList<>();
        private final List<Person> people = new ArrayList<>();
        private final List<Sender> senders = new ArrayList<>();
        private final List<String> unexpected = new CopyOnWriteArrayList<>();
        private final Shown shown = new Shown();
        private @Nullable LetterHistory history;
        private String id = "";

        Letter(MongoDatabase stored, long seed) {
            this.stored = stored;
            this.seed = seed;
        }

        /** One person. */
        private final class Sender {

            private final String username;
            private final RandomVerbs verbs;
            private @Nullable Pending pending;

            private record Pending(LetterVerb verb, String key, LocalDate today, int since) {}

            Sender(String username, Person person) {
                this.username = username;
                this.verbs = new RandomVerbs(seed, people.size(), person, PARTNERS.size(), false);
                people.add(person);
            }

            void send(ServiceProcess service) {
                var files = new FileClient(service.at("/").toString());
                var verb = withFiles(verbs.next(shown, today()), files);
                pending = new Pending(
                        verb, UUID.randomUUID().toString(), today(), history().now());
                repeat(service.api());
            }

            private LetterVerb withFiles(LetterVerb verb, FileClient files) {
                if (verb.kind() == Kind.EDIT) {
                    return verb.attaching(
                            IntStream.range(0, verbs.chance(50) ? 2 : 0)
                                    .mapToObj(n -> upload(files))
                                    .toList(),
                            verbs.chance(50) ? upload(files) : null,
                            null);
                }
                return verb.kind().isSignature()
                        ? verb.attaching(
                                List.of(),
                                verbs.chance(60) ? upload(files) : null,
                                verbs.chance(60) ? upload(files) : null)
                        : verb;
            }

            private String upload(FileClient files) {
                var answer = files.upload(username, FileClient.PDF);
                if (answer.statusCode() != 201) {
                    unexpected.add("Upload: " + new String(answer.body(), StandardCharsets.UTF_8));
                }
                return FileClient.json(answer).path("id").asString();
            }

            /** Sends what was not answered. */
            void repeat(Api api) {
                var sent = pending;
                if (sent == null) {
                    return;
                }
                var verb = sent.verb();
                var answer = api.ask(
                        Api.token(username),
                        Map.of("Idempotency-Key", sent.key()),
                        verb.request(),
                        Map.of("input", verb.input(id, parties)));
                if (answer.code().equals("UNAVAILABLE")) {
                    return;
                }
                var mutation = verb.kind().mutation();
                var outcome = answer.outcome(mutation);
                if (answer.failed() && !Set.of("FORBIDDEN", "NOT_FOUND").contains(answer.code())) {
                    unexpected.add(verb + ": " + answer.body());
                }
                see(answer, mutation);
                history()
                        .answered(
                                verb,
                                sent.today(),
                                sent.since(),
                                outcome.equals("done") ? LetterHistory.MADE : outcome);
                pending = null;
            }
        }

        private static LocalDate today() {
            return LocalDate.now(BERLIN);
        }

        private LetterHistory history() {
            return Objects.requireNonNull(history);
        }

        private void see(Api.Answer answer, String mutation) {
            var letter = answer.data("/" + mutation + "/letter");
            if (letter.isObject()) {
                var digests = new HashMap<Integer, String>();
                letter.path("editions")
                        .valueStream()
                        .filter(edition -> edition.path("digest").isString())
                        .forEach(edition -> digests.put(
                                edition.path("number").asInt(),
                                edition.path("digest").asString()));
                var inForce = letter.path("editions")
                        .valueStream()
                        .filter(edition -> edition.path("state").asString().equals("IN_FORCE"))
                        .map(edition -> edition.path("digest").asString())
                        .findFirst()
                        .orElse(null);
                shown.see(letter.path("version").asInt(), digests, inForce);
            }
        }

        private void draft(ServiceProcess service) {
            for (var alias : PARTNERS) {
                var partner = Objects.requireNonNull(stored.getCollection("partners")
                        .find(Filters.eq("alias", alias))
                        .limit(1)
                        .first());
                parties.add(new Party(
                        new GlobalId("Partner", partner.get("_id", UUID.class)).text(), alias.equals(JOINT) ? 2 : 1));
            }
            add(0, username("editor", PARTNERS.getFirst()), true);
            for (var number = 0; number < PARTNERS.size(); number++) {
                add(number, username("signatory", PARTNERS.get(number)), false);
            }
            // Two people sign for it.
            add(PARTNERS.indexOf(JOINT), username("signatory2", JOINT), false);
            var draft = senders.getFirst().verbs.draft(today());
            history = new LetterHistory(parties, people, draft);
            var answer = service.api()
                    .ask(
                            Api.token(senders.getFirst().username),
                            Map.of(),
                            draft.request(),
                            Map.of("input", draft.input("", parties)));
            assertThat(answer.outcome("draftLetter")).isEqualTo("done");
            id = answer.data("/draftLetter/letter/id").asString();
        }

        private void add(int partner, String username, boolean edits) {
            senders.add(new Sender(username, new Person(partner, account(username), edits, !edits)));
        }

        /** Looks at what a kill has left, and repeats all that was not answered, before there is anything new. */
        void goOn(ServiceProcess service) throws Exception {
            if (id.isEmpty()) {
                draft(service);
            }
            assertThat(unexpected).isEmpty();
            assertAbandonedFilesAreHidden(service);
            together(sender -> sender.repeat(service.api()));
            assertThat(senders).allMatch(sender -> sender.pending == null);
            check();
        }

        /** Sends verbs until the service is killed at this moment. @return whether it was */
        boolean sendUntil(ServiceProcess service, TcpProxy proxy, Moment moment) throws Exception {
            var random = new Random();
            var dead = new AtomicBoolean();
            var answers = new Semaphore(0);
            var reached = moment.trap.apply(proxy);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                senders.forEach(sender -> threads.submit(() -> {
                    try {
                        while (!dead.get()) {
                            sender.send(service);
                            answers.release();
                        }
                    } catch (UncheckedIOException killed) {
                        if (!dead.get()) {
                            unexpected.add(killed.toString());
                        }
                    } catch (RuntimeException failed) {
                        unexpected.add(failed.toString());
                    }
                }));
                if (moment == Moment.ANY) {
                    answers.acquire(random.nextInt(MIN_ANSWERS, MAX_ANSWERS));
                    Thread.sleep(random.nextInt(20));
                    reached.complete(null);
                }
                try {
                    reached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                } catch (TimeoutException | ExecutionException notReached) {
                    // Another life may have it.
                }
                dead.set(true);
                service.kill();
            }
            return reached.isDone() && hasLeft(moment);
        }

        /** Whether what a kill at this moment leaves is there; a save that came too late leaves nothing, for example. */
        private boolean hasLeft(Moment moment) {
            return switch (moment) {
                case OFFERED ->
                    stored.getCollection("letterEditions").countDocuments(Filters.eq("letter", uuid()))
                            > digests().size();
                case CLAIMED -> !abandonedFiles().isEmpty();
                case SAVED ->
                    now().getLong("version")
                            > history().made().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum();
                case ANY -> true;
            };
        }

        private void together(Consumer<Sender> act) throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var done : senders.stream()
                        .map(sender -> threads.submit(() -> act.accept(sender)))
                        .toList()) {
                    done.get();
                }
            }
        }

        private UUID uuid() {
            return GlobalId.parse(id, "LetterOfIntent");
        }

        private Document now() {
            return Objects.requireNonNull(stored.getCollection("letters")
                    .find(Filters.eq("_id", uuid()))
                    .limit(1)
                    .first());
        }

        /** When nothing waits for an answer. */
        private void check() {
            assertThat(unexpected).isEmpty();
            try {
                history().check(stored, uuid(), today(), false);
            } catch (AssertionError failed) {
                throw new AssertionError("Seed " + seed + ": " + history().outcomes(), failed);
            }
        }

        void assertFormsAreThere() {
            assertThat(stored.getCollection("letterEditions").countDocuments(Filters.in("_id", digests())))
                    .isEqualTo(digests().size());
        }

        private List<String> digests() {
            return now().getList("editions", Document.class).stream()
                    .map(edition -> edition.getString("digest"))
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** What the letter has claimed and does not refer to. */
        private List<Document> abandonedFiles() {
            var referred = now().getList("files", UUID.class, List.of());
            return stored
                    .getCollection("files")
                    .find(Filters.eq("claim.aggregate", uuid()))
                    .into(new ArrayList<>())
                    .stream()
                    .filter(file -> !referred.contains(file.get("_id", UUID.class)))
                    .toList();
        }

        /** They are neither visible nor can they be attached elsewhere, also for their owner. */
        private void assertAbandonedFilesAreHidden(ServiceProcess service) {
            var files = new FileClient(service.at("/").toString());
            for (var file : abandonedFiles()) {
                var alias = alias(file.get("owner", UUID.class));
                var url = "/files/" + new GlobalId("File", file.get("_id", UUID.class)).text();
                for (var username : List.of(
                        username("editor", alias),
                        username("signatory", PARTNERS.getFirst()),
                        username("viewer", "ims"),
                        "office@consortium.sandbox")) {
                    assertThat(files.download(username, url, Map.of()).statusCode())
                            .as("%s of %s for %s", url, alias, username)
                            .isEqualTo(404);
                }
                var elsewhere = service.api()
                        .ask(
                                Api.token(username("editor", alias)),
                                Map.of(),
                                "mutation ($file: ID!) { draftLetter(input: { title: [{ locale: \"de\", text: \"Elsewhere\" }], document: $file })"
                                        + " { letter { id } userErrors { rule } } }",
                                Map.of("file", url.substring("/files/".length())));
                assertThat(elsewhere.outcome("draftLetter")).isEqualTo("file.unknown");
            }
        }

        private String alias(UUID partner) {
            return Objects.requireNonNull(stored.getCollection("partners")
                            .find(Filters.eq("_id", partner))
                            .limit(1)
                            .first())
                    .getString("alias");
        }

        /** All that was offered is what was signed, and the files that are shown are there. */
        void assertVerified(ServiceProcess service) {
            var answer = service.api()
                    .ask(
                            "office@consortium.sandbox",
                            "{ verifyLetter(letterId: \"" + id + "\") { verified } letter(id: \"" + id
                                    + "\") { editions { document { url } annexes { url } } } }");
            assertThat(answer.data("/verifyLetter/verified").asBoolean()).isTrue();
            var files = new FileClient(service.at("/").toString());
            answer.data("/letter/editions").valueStream().forEach(edition -> {
                var urls = new ArrayList<String>();
                edition.path("annexes")
                        .forEach(annex -> urls.add(annex.path("url").asString()));
                if (edition.path("document").isObject()) {
                    urls.add(edition.at("/document/url").asString());
                }
                urls.forEach(url -> assertThat(files.download("office@consortium.sandbox", url, Map.of())
                                .body())
                        .isEqualTo(FileClient.PDF));
            });
        }
    }
}
