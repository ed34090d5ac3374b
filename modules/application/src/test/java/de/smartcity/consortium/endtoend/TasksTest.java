package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What waits for an organisation; the partners of Duisburg have no contacts. */
@EndToEnd
class TasksTest {

    private static final String TASKS = """
            { viewer { taskCount tasks(first: 10) { pageInfo { hasNextPage endCursor }
                nodes { kind since due role isMine subject { id ... on Partner { name(locale: "en") version } } } } } }""";

    @Autowired
    private Api api;

    @Autowired
    private World world;

    private JsonNode viewer(Caller caller) {
        var answer = api.ask(caller, TASKS);
        assertThat(answer.failed()).as("%s", answer.body()).isFalse();
        return answer.data("/viewer");
    }

    private String partnerId(String alias) {
        return new GlobalId("Partner", world.id(alias).value()).text();
    }

    @ParameterizedTest
    @EnumSource(
            value = Caller.class,
            names = {"VIEWER", "EDITOR", "SIGNATORY", "ADMIN"})
    void eachOfAMembersPeopleSeesItsTaskAndTheAdminIsAsked(Caller caller) {
        var viewer = viewer(caller);
        assertThat(viewer.at("/taskCount").asInt()).isEqualTo(1);
        assertThat(viewer.at("/tasks/nodes").size()).isEqualTo(1);
        assertThat(viewer.at("/tasks/pageInfo/hasNextPage").asBoolean()).isFalse();
        var task = viewer.at("/tasks/nodes/0");
        assertThat(task.at("/kind").asString()).isEqualTo("COMPLETE_PROFILE");
        assertThat(task.at("/role").asString()).isEqualTo("PARTNER_ADMIN");
        assertThat(task.at("/due").isNull()).isTrue();
        assertThat(task.at("/isMine").asBoolean()).isEqualTo(caller == Caller.ADMIN);
        assertThat(task.at("/subject/id").asString()).isEqualTo(partnerId("ude"));
        assertThat(task.at("/subject/name").asString()).isEqualTo("University of Duisburg-Essen");
        assertThat(task.at("/subject/version").isNull()).isEqualTo(caller != Caller.ADMIN);
    }

    @Test
    void aFellowMemberAndAnOnboardingPartnerSeeTheirOwn() {
        assertThat(viewer(Caller.STRANGER).at("/tasks/nodes/0/subject/id").asString())
                .isEqualTo(partnerId("huawei"));
        var onboarding = viewer(Caller.ONBOARDING);
        assertThat(onboarding.at("/tasks/nodes/0/subject/id").asString()).isEqualTo(partnerId("harbour"));
        assertThat(onboarding.at("/taskCount").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Caller.class,
            names = {"ANONYMOUS", "SUSPENDED", "OFFICE"})
    void nothingWaitsForOthers(Caller caller) {
        var viewer = viewer(caller);
        assertThat(viewer.at("/taskCount").asInt()).isZero();
        assertThat(viewer.at("/tasks/nodes").size()).isZero();
        assertThat(viewer.at("/tasks/pageInfo/endCursor").isNull()).isTrue();
    }

    /** A certificate in the institute's loaded profile ends soon. */
    @Test
    void theTasksAreThoseOfTheOrganisationThatTheRequestNames() {
        var token = Api.token("liaison@consortium.sandbox");
        assertThat(api.ask(token, Map.of(), TASKS, Map.of())
                        .data("/viewer/taskCount")
                        .asInt())
                .isZero();
        var id = partnerId("ims");
        assertThat(api.ask(token, Map.of("X-Acting-Organisation", "ims"), TASKS, Map.of())
                        .data("/viewer/tasks/nodes")
                        .valueStream()
                        .map(task -> task.at("/kind").asString() + " "
                                + task.at("/subject/id").asString() + " "
                                + task.at("/due").isNull()))
                .containsExactly(
                        "RENEW_CERTIFICATE " + Target.as("CompetenceProfile", id) + " false",
                        "COMPLETE_PROFILE " + id + " true");
    }

    @Test
    void theTaskGoesWhenTheProfileIsComplete() {
        var id = partnerId("recycling");
        var admin = "admin@recycling.sandbox";
        assertThat(api.ask(admin, TASKS).data("/viewer/taskCount").asInt()).isEqualTo(1);
        var added = api.ask(Api.token(admin), Map.of(), """
                mutation ($id: ID!) { addPartnerContact(input: { partnerId: $id, function: [{ locale: "en", text: "Press" }],
                    email: "press@example.org", visibleToMembers: true }) { contact { id } userErrors { rule } } }""", Map.of("id", id));
        var contact = added.data("/addPartnerContact/contact/id").asString();
        try {
            assertThat(api.ask(admin, TASKS).data("/viewer/taskCount").asInt()).isZero();
        } finally {
            api.ask(
                    Api.token(admin),
                    Map.of(),
                    "mutation ($input: RemovePartnerContactInput!) { removePartnerContact(input: $input) { userErrors { rule } } }",
                    Map.of("input", Map.of("partnerId", id, "contactId", contact)));
        }
        assertThat(api.ask(admin, TASKS).data("/viewer/taskCount").asInt()).isEqualTo(1);
    }
}
