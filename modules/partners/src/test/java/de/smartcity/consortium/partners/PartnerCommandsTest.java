package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The number of commands of a query does not depend on the size of its response. */
@ModuleTest
@Import(ModuleCommands.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerCommandsTest {

    private static final String EVERYTHING = """
            query ($n: Int!) { partners(first: $n) { totalCount totalCountIsExact pageInfo { hasNextPage endCursor }
              edges { cursor node { id name areas { code name } } }
              nodes { id alias name(locale: ["de"]) status areas { code name(locale: "en") }
                contacts { function email } identifiers { value } address { city }
                activity(first: 3) { nodes { id type at partner { name kind areas { code } } } pageInfo { hasNextPage } } } } }""";

    @Autowired
    private Asked asked;

    @Autowired
    private Sent sent;

    private List<Partner> members = List.of();

    @BeforeAll
    void aHundredMembers(@Autowired Given given) {
        members = given.members(101);
    }

    @Test
    void aPageOfTwoAndAPageOfAHundredTakeTheSameCommands() {
        var member = Callers.of(members.getFirst(), Role.VIEWER);
        assertThat(commands(() -> asked.data(member, EVERYTHING, Map.of("n", 2))))
                .isEqualTo(commands(() -> asked.data(member, EVERYTHING, Map.of("n", 100))));
    }

    @Test
    void aPageOfTwoAndAPageOfAHundredTakeTheSameCommandsForTheOffice() {
        var two = commands(() -> asked.data(Callers.office(), EVERYTHING, Map.of("n", 2)));
        var hundred = commands(() -> asked.data(Callers.office(), EVERYTHING, Map.of("n", 100)));
        assertThat(hundred).isEqualTo(two);
        assertThat(two)
                .containsExactlyInAnyOrder("find partners", "find areas", "aggregate partners", "aggregate partners");
    }

    @Test
    void manyNodesTakeOneCommand() {
        var ids = members.stream().limit(100).map(Asked::globalId).toList();
        assertThat(commands(() -> asked.data(
                        Callers.office(),
                        "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Partner { name } } }",
                        Map.of("ids", ids))))
                .containsExactly("find partners");
    }

    @Test
    void aTotalAloneReadsNoPartner() {
        assertThat(commands(() -> asked.data(Callers.office(), "{ partners { totalCount } }", Map.of())))
                .containsExactly("aggregate partners");
    }

    @Test
    void tasksAndTheirSubjectsTakeOneCommandEach() {
        var member = Callers.of(members.getFirst(), Role.VIEWER);
        var document =
                "{ viewer { taskCount tasks { nodes { kind subject { ... on Partner { name areas { name } } } } } } }";
        assertThat(commands(() -> asked.data(member, document, Map.of())))
                .containsExactly("aggregate partners", "aggregate partners", "find areas", "find partners");
        assertThat(commands(() -> asked.data(member, "{ viewer { tasks(first: 0) { nodes { kind } } } }", Map.of())))
                .containsExactly("aggregate partners");
    }

    @Test
    void aPartnerThatDoesNotExistUnderManyNamesIsLookedForOnce() {
        var absent = new GlobalId("Partner", new UUID(0, 1)).text();
        assertThat(commands(() -> asked.data(
                        Callers.office(),
                        "query ($id: ID!) { a: partner(id: $id) { id } b: partner(id: $id) { name } c: node(id: $id) { id }"
                                + " d: node(id: $id) { id } }",
                        Map.of("id", absent))))
                .containsExactly("find partners", "find partners");
    }

    @Test
    void theSamePartnerUnderTwoNamesIsReadOnce() {
        var id = Asked.globalId(members.getFirst());
        var document = "query ($id: ID!) { partner(id: $id) { a: areas { code } b: areas { name } name } }";
        assertThat(commands(() -> asked.data(Callers.office(), document, Map.of("id", id))))
                .containsExactly("find areas", "find partners");
    }

    private List<String> commands(Runnable question) {
        return sent.of(asked, question);
    }
}
