package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.kernel.Task;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.sandbox.IndexJudge;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The tasks of two small capabilities, letters and projects. */
@SpringBootTest(
        classes = {GraphQlConfiguration.class, TasksTest.Capabilities.class},
        properties = {
            "spring.graphql.schema.locations=classpath:tasks/",
            "spring.graphql.schema.additional-files=classpath:graphql/base.graphqls",
            "consortium.strict-look-ahead=true"
        })
@DirtiesContext
class TasksTest {

    private static final String LETTERS = "letters";
    private static final String PROJECTS = "projects";
    private static final PartnerId P = Callers.partner(1);
    private static final PartnerId Q = Callers.partner(2);
    private static final Viewpoint PARTY = Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);
    private static final Audience PARTIES =
            Audience.office().with(PARTY.token(P)).with(PARTY.token(Q));
    private static final Instant SINCE = Instant.parse("2026-11-24T09:30:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 12, 24);
    private static final Actor EDITOR = Callers.of(P, PartnerStatus.ACTIVE);

    private static final String PAGE = """
            query ($first: Int, $after: String) { viewer { tasks(first: $first, after: $after) {
              edges { cursor node { since } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              nodes { kind since due role isMine subject { __typename id ... on Letter { name hiddenFields } ... on Project { name } } } } } }""";

    enum LetterTask {
        ANSWER,
        SEND
    }

    enum ProjectTask {
        REPORT
    }

    public record Stored(
            @BsonId UUID id,
            DerivedFields derived,
            @Nullable String name) {}

    /** Records the commands that are sent to the database. */
    static final class Sent implements CommandListener {

        private final List<String> commands = new CopyOnWriteArrayList<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            var name = event.getCommandName();
            commands.add(name + " " + event.getCommand().getString(name).getValue());
        }
    }

    @Test
    void aSubjectThatNothingFindsStopsTheStart(@Autowired List<TaskSource> sources, @Autowired Pages pages) {
        assertThatThrownBy(() -> new Tasks(sources, new Nodes(Stream.of()), pages))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NodeSource");
    }

    @TestConfiguration
    @EnableAutoConfiguration
    @ComponentScan("de.smartcity.consortium.mongo")
    @Import({Api.class, NodeController.class, ViewerController.class, TaskController.class, Lists.class})
    static class Capabilities {

        @Bean
        DynamicPropertyRegistrar databaseOfItsOwn() {
            var uri = TestMongo.newDatabase();
            return properties -> properties.add("spring.mongodb.uri", (Supplier<Object>) () -> uri);
        }

        @Bean
        Sent sent() {
            return new Sent();
        }

        @Bean
        MongoClientSettingsBuilderCustomizer listening(Sent sent) {
            return settings -> settings.addCommandListener(sent);
        }

        @Bean
        TypeTable<Stored> letterTable() {
            return table("Letter");
        }

        @Bean
        TypeTable<Stored> projectTable() {
            return table("Project");
        }

        private static TypeTable<Stored> table(String type) {
            return TypeTable.of(type, Stored.class, Stored::derived, List.of(PARTY))
                    .key(Stored::id)
                    .everybody("name", "name", Stored::name)
                    .build();
        }

        @Bean
        CollectionIndexes letterIndexes() {
            return CollectionIndexes.of(LETTERS).on(DerivedPaths.TASK_HOLDERS);
        }

        @Bean
        CollectionIndexes projectIndexes() {
            return CollectionIndexes.of(PROJECTS).on(DerivedPaths.TASK_HOLDERS);
        }

        @Bean
        TaskSource letterTasks(TypeTable<Stored> letterTable, RecordCollections collections) {
            return TaskSource.of(LETTERS, LetterTask.class, letterTable, collections);
        }

        @Bean
        TaskSource projectTasks(TypeTable<Stored> projectTable, RecordCollections collections) {
            return TaskSource.of(PROJECTS, ProjectTask.class, projectTable, collections);
        }

        @Bean
        NodeSource<UUID> letterNodes(TypeTable<Stored> letterTable, RecordCollections collections, Pages pages) {
            return nodes("Letter", pages.of(letterTable, collections.of(LETTERS, Stored.class)));
        }

        @Bean
        NodeSource<UUID> projectNodes(TypeTable<Stored> projectTable, RecordCollections collections, Pages pages) {
            return nodes("Project", pages.of(projectTable, collections.of(PROJECTS, Stored.class)));
        }

        private static NodeSource<UUID> nodes(String type, TypeReading<Stored> reading) {
            return NodeSource.byUuid(
                    type, id -> id, (ids, actor, selection) -> reading.find("_id", ids, Stored::id, actor, selection));
        }
    }

    @Controller
    static class Lists {

        private final Pages pages;

        Lists(Pages pages) {
            this.pages = pages;
        }

        /** A list of another name, with the cursor of one object. */
        @QueryMapping
        Connection<String> list(PageRequest page) {
            return pages.page(List.of("position"), page, "list", position -> position, position -> position);
        }

        @MutationMapping
        boolean nothing() {
            return true;
        }
    }

    @Autowired
    private Api api;

    @Autowired
    private Sent sent;

    @Autowired
    private RecordCollections collections;

    /** A stored task as a test expects it. */
    private record Expected(
            String kind,
            String subject,
            Instant since,
            @Nullable LocalDate due) {

        static Expected of(Map<String, Object> node) {
            var due = node.get("due");
            return new Expected(
                    (String) Objects.requireNonNull(node.get("kind")),
                    name(node),
                    Instant.parse((String) Objects.requireNonNull(node.get("since"))),
                    due == null ? null : LocalDate.parse((String) due));
        }
    }

    private static String name(Map<String, Object> node) {
        return (String) Objects.requireNonNull(map(node, "subject").get("name"));
    }

    @BeforeEach
    void empty() {
        for (var collection : List.of(LETTERS, PROJECTS)) {
            collections.of(collection, Stored.class).deleteMany(Filters.gte("_id", new UUID(0, 0)));
        }
        // Neither has stored tasks.
        collections
                .of(LETTERS, Stored.class)
                .insertMany(List.of(
                        new Stored(
                                UUID.randomUUID(), new DerivedFields(PARTIES, null, null, null, null), "before tasks"),
                        new Stored(
                                UUID.randomUUID(),
                                new DerivedFields(PARTIES, null, null, null, List.of()),
                                "without tasks")));
    }

    private static Stored stored(String name, Audience audience, Instant since, Task... tasks) {
        var id = UUID.randomUUID();
        var stored = StoredTask.of(id, List.of(tasks), since, null);
        return new Stored(id, new DerivedFields(audience, null, null, null, stored), name);
    }

    private UUID store(String collection, String name, Audience audience, Instant since, Task... tasks) {
        var stored = stored(name, audience, since, tasks);
        collections.of(collection, Stored.class).insertOne(stored);
        return stored.id();
    }

    private static Task waiting(Enum<?> kind, @Nullable PartnerId holder) {
        return new Task(kind, holder, null, null, null);
    }

    /** Letters 1, 3, … and projects 2, 4, …, in no order of their tasks; each also has a task for another partner and one for the office. */
    private List<Expected> store(int count) {
        var expected = new ArrayList<Expected>();
        var numbers = new ArrayList<>(IntStream.rangeClosed(1, count).boxed().toList());
        Collections.shuffle(numbers, new Random(7));
        for (var n : numbers) {
            var isLetter = n % 2 == 1;
            var name = (isLetter ? "Letter " : "Project ") + n;
            var since = SINCE.plusSeconds(n % 5 * 60).plusMillis(n);
            var due = n % 3 == 0 ? null : DAY.plusDays(n % 4 * 7);
            Enum<?> kind = isLetter ? LetterTask.ANSWER : ProjectTask.REPORT;
            store(
                    isLetter ? LETTERS : PROJECTS,
                    name,
                    PARTIES,
                    since,
                    waiting(kind, Q),
                    new Task(kind, P, due, null, null),
                    waiting(kind, null));
            expected.add(new Expected(kind.name(), name, since, due));
        }
        expected.sort(Comparator.comparing(Expected::due, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Expected::since)
                .thenComparing(Expected::kind));
        return expected;
    }

    private Map<String, Object> page(Actor actor, @Nullable Integer first, @Nullable String after) {
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("after", after);
        if (first != null) {
            variables.put("first", first);
        }
        var answer = api.ask(PAGE, variables, actor);
        assertThat(answer).doesNotContainKey("errors");
        return map(map(map(answer, "data"), "viewer"), "tasks");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> page, String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get(field));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String field) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(field));
    }

    private static Map<String, Object> info(Map<String, Object> page) {
        return map(page, "pageInfo");
    }

    private List<Map<String, Object>> tasks(Actor actor) {
        return list(page(actor, 100, null), "nodes");
    }

    private static List<String> names(List<Map<String, Object>> tasks) {
        return tasks.stream().map(TasksTest::name).toList();
    }

    private Map<String, Object> count(Actor actor) {
        return api.ask("{ viewer { taskCount } }", Map.of(), actor);
    }

    private static Map<String, Object> counted(int count) {
        return Map.of("data", Map.of("viewer", Map.of("taskCount", count)));
    }

    private static Object code(Map<String, Object> answer) {
        var first = ((List<?>) Objects.requireNonNull(answer.get("errors"))).getFirst();
        var extensions = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) first).get("extensions"));
        return Objects.requireNonNull(extensions.get("code"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20, 100})
    void pagesOfEachSizeShowAllTasksOfBothSourcesInOrder(int size) {
        var expected = store(21);
        var shown = new ArrayList<Expected>();
        String after = null;
        for (var more = true; more; ) {
            var page = page(EDITOR, size, after);
            var nodes = list(page, "nodes");
            assertThat(info(page)).containsEntry("hasPreviousPage", after != null);
            nodes.forEach(node -> shown.add(Expected.of(node)));
            more = (Boolean) Objects.requireNonNull(info(page).get("hasNextPage"));
            assertThat(nodes).hasSize(more ? size : expected.size() - (expected.size() - 1) / size * size);
            after = (String) info(page).get("endCursor");
        }
        assertThat(shown).isEqualTo(expected);
        assertThat(count(EDITOR)).isEqualTo(counted(expected.size()));
    }

    @Test
    void aPageHasTwentyTasksByDefault() {
        var expected = store(21);
        var page = page(EDITOR, null, null);
        assertThat(list(page, "nodes").stream().map(Expected::of)).isEqualTo(expected.subList(0, 20));
        assertThat(info(page)).containsEntry("hasNextPage", true);
    }

    @Test
    void aPageOfNoneShowsWhetherThereAreTasks() {
        assertThat(info(page(EDITOR, 0, null))).containsEntry("hasNextPage", false);
        store(1);
        var page = page(EDITOR, 0, null);
        assertThat(list(page, "nodes")).isEmpty();
        assertThat(info(page)).containsEntry("hasNextPage", true).containsEntry("endCursor", null);
    }

    @Test
    void tasksWithTheSameDayTimeAndKindAreAllShown() {
        for (var n = 0; n < 5; n++) {
            store(
                    LETTERS,
                    "Letter",
                    PARTIES,
                    SINCE,
                    waiting(LetterTask.ANSWER, P),
                    new Task(LetterTask.ANSWER, P, null, null, new AccountId("account")));
        }
        var cursors = new ArrayList<Object>();
        for (var page = page(EDITOR, 1, null); !list(page, "edges").isEmpty(); ) {
            var edge = list(page, "edges").getFirst();
            assertThat(info(page)).containsEntry("startCursor", edge.get("cursor"));
            cursors.add(Objects.requireNonNull(edge.get("cursor")));
            page = page(EDITOR, 1, (String) edge.get("cursor"));
        }
        assertThat(cursors).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void theSameTaskHasTheSameCursorForAllItsOrganisationsPeople() {
        store(3);
        assertThat(list(page(Callers.officeOf(P), 100, null), "edges"))
                .containsAll(list(page(EDITOR, 100, null), "edges"));
    }

    @Test
    void aCursorOfAnotherListAndAMalformedOneAreRefusedForEverybody() {
        var list = api.ask("{ list { pageInfo { endCursor } } }");
        var cursor = String.valueOf(list).replaceAll(".*endCursor=([^}]+)}.*", "$1");
        assertThat(api.ask(
                        "query ($after: String) { list(after: $after) { pageInfo { endCursor } } }",
                        Map.of("after", cursor),
                        EDITOR))
                .doesNotContainKey("errors");
        for (var actor : List.of(EDITOR, Callers.office(), Actor.anonymous())) {
            for (var after : List.of(cursor, "nonsense")) {
                assertThat(code(api.ask(PAGE, Map.of("after", after), actor))).isEqualTo("BAD_REQUEST");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void aSizeOutsideZeroToAHundredIsRefused(int first) {
        assertThat(code(api.ask(PAGE, Map.of("first", first), EDITOR))).isEqualTo("BAD_REQUEST");
    }

    @Test
    void anOrganisationSeesItsOwnTasksWhileItIsOnboardingOrActive() {
        store(LETTERS, "of P", PARTIES, SINCE, waiting(LetterTask.ANSWER, P));
        store(LETTERS, "of Q", PARTIES, SINCE, waiting(LetterTask.ANSWER, Q));
        store(LETTERS, "of the office", PARTIES, SINCE, waiting(LetterTask.ANSWER, null));
        for (var status : PartnerStatus.values()) {
            var sees = Set.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE).contains(status);
            var actor = Callers.of(P, status);
            assertThat(names(tasks(actor))).isEqualTo(sees ? List.of("of P") : List.of());
            assertThat(count(actor)).isEqualTo(counted(sees ? 1 : 0));
        }
    }

    @Test
    void theOfficeSeesItsOwnTasksAndAnOfficeOfAnOrganisationBoth() {
        store(LETTERS, "of P", PARTIES, SINCE, waiting(LetterTask.ANSWER, P));
        store(LETTERS, "of Q", PARTIES, SINCE, waiting(LetterTask.ANSWER, Q));
        store(PROJECTS, "of the office", PARTIES, SINCE, new Task(ProjectTask.REPORT, null, DAY, null, null));
        store(LETTERS, "of both", PARTIES, SINCE, waiting(LetterTask.SEND, null), waiting(LetterTask.SEND, P));

        assertThat(names(tasks(Callers.office()))).containsExactly("of the office", "of both");
        assertThat(names(tasks(Callers.officeOf(P)))).containsExactly("of the office", "of P", "of both", "of both");
        assertThat(count(Callers.office())).isEqualTo(counted(2));
        assertThat(count(Callers.officeOf(P))).isEqualTo(counted(4));
    }

    @Test
    void whoActsForNoOrganisationSeesNoTaskAndCostsNoCommand() {
        store(LETTERS, "public", Audience.everybody(), SINCE, waiting(LetterTask.ANSWER, P));
        sent.commands.clear();
        for (var actor : List.of(Actor.anonymous(), Callers.unattached(NoActingOrganisation.SEVERAL_ORGANISATIONS))) {
            assertThat(tasks(actor)).isEmpty();
            assertThat(info(page(actor, 100, null)))
                    .containsEntry("hasNextPage", false)
                    .containsEntry("endCursor", null);
            assertThat(count(actor)).isEqualTo(counted(0));
        }
        assertThat(sent.commands).isEmpty();
    }

    @Test
    void aTaskBecauseOfAHiddenObjectIsNeitherShownNorCounted() {
        store(LETTERS, "visible", PARTIES, SINCE, waiting(LetterTask.ANSWER, P), waiting(LetterTask.SEND, null));
        store(LETTERS, "hidden", Audience.office(), SINCE, waiting(LetterTask.ANSWER, P));
        store(LETTERS, "of nobody", Audience.nobody(), SINCE, waiting(LetterTask.SEND, null));

        assertThat(names(tasks(EDITOR))).containsExactly("visible");
        assertThat(count(EDITOR)).isEqualTo(counted(1));
        assertThat(names(tasks(Callers.office()))).containsExactly("visible");
        assertThat(count(Callers.office())).isEqualTo(counted(1));
    }

    @Test
    void aTaskIsMineByRoleOrAccountOrWhereItNamesNeither() {
        store(
                LETTERS,
                "Letter",
                PARTIES,
                SINCE,
                new Task(LetterTask.ANSWER, P, DAY, null, null),
                new Task(LetterTask.ANSWER, P, DAY.plusDays(1), Role.EDITOR, null),
                new Task(LetterTask.ANSWER, P, DAY.plusDays(2), Role.SIGNATORY, null),
                new Task(LetterTask.ANSWER, P, DAY.plusDays(3), null, new AccountId("account")),
                new Task(LetterTask.ANSWER, P, DAY.plusDays(4), null, new AccountId("another")));

        var tasks = tasks(EDITOR);
        assertThat(tasks).extracting(task -> task.get("isMine")).containsExactly(true, true, false, true, false);
        assertThat(tasks).extracting(task -> task.get("role")).containsExactly(null, "EDITOR", "SIGNATORY", null, null);
    }

    @Test
    void aTaskShowsItsSubjectAsTheActorSeesIt() {
        var id = store(PROJECTS, "Project", PARTIES, SINCE, new Task(ProjectTask.REPORT, P, DAY, Role.EDITOR, null));
        assertThat(tasks(EDITOR))
                .containsExactly(Map.of(
                        "kind",
                        "REPORT",
                        "since",
                        "2026-11-24T09:30:00Z",
                        "due",
                        "2026-12-24",
                        "role",
                        "EDITOR",
                        "isMine",
                        true,
                        "subject",
                        Map.of("__typename", "Project", "id", new GlobalId("Project", id).text(), "name", "Project")));
    }

    /** During an upgrade, a newer node may store kinds that this one's schema does not have. */
    @Test
    void aTaskOfAnUnknownKindIsNeitherShownNorCounted() {
        var id = store(LETTERS, "Letter", PARTIES, SINCE, waiting(LetterTask.ANSWER, P), waiting(LetterTask.SEND, P));
        collections
                .of(LETTERS, Stored.class)
                .updateOne(Filters.eq("_id", id), Updates.set(DerivedPaths.TASKS + ".0.kind", "FROM_THE_FUTURE"));
        assertThat(tasks(EDITOR)).extracting(task -> task.get("kind")).containsExactly("SEND");
        assertThat(count(EDITOR)).isEqualTo(counted(1));
    }

    @Test
    void tasksAreCountedToTenThousand() {
        for (var collection : List.of(LETTERS, PROJECTS)) {
            Enum<?> kind = collection.equals(LETTERS) ? LetterTask.ANSWER : ProjectTask.REPORT;
            var fifty = IntStream.range(0, 50)
                    .mapToObj(n -> new Task(kind, P, null, null, new AccountId("account-" + n)))
                    .toArray(Task[]::new);
            collections
                    .of(collection, Stored.class)
                    .insertMany(IntStream.range(0, 101)
                            .mapToObj(n -> stored("Many", PARTIES, SINCE, fifty))
                            .toList());
        }
        assertThat(count(EDITOR)).isEqualTo(counted(10_000));
    }

    @Test
    void aPageTakesOneCommandForEachSourceAndForEachKindOfSubjectWhateverItsSize() {
        store(40);
        for (var size : List.of(10, 40)) {
            sent.commands.clear();
            page(Callers.officeOf(P), size, null);
            assertThat(sent.commands)
                    .containsExactlyInAnyOrder(
                            "aggregate letters", "aggregate projects", "find letters", "find projects");
        }
        sent.commands.clear();
        count(Callers.officeOf(P));
        assertThat(sent.commands).containsExactlyInAnyOrder("aggregate letters", "aggregate projects");
    }

    @Test
    void theIndexOfHoldersServesBothCommands() {
        page(EDITOR, 1, (String) info(page(EDITOR, 1, null)).get("endCursor"));
        count(EDITOR);
        assertThat(IndexJudge.ofThisProcess().questions())
                .containsEntry(
                        "letters: " + DerivedPaths.AUDIENCE + "= " + DerivedPaths.TASK_HOLDERS + "=",
                        Set.of(List.of(DerivedPaths.TASK_HOLDERS)));
    }
}
