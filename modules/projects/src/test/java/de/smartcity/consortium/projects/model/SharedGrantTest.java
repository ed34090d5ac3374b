package de.smartcity.consortium.projects.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.EventAudience;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.StoredTask;
import de.smartcity.consortium.projects.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedGrantTest {

    private static final String NUMBER = "16KIS1234";
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Change CHANGE = Change.by(Actor.system(), Instant.parse("2026-02-01T00:00:00Z"));

    private static List<ProjectId> projects(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new ProjectId(new UUID(0, n)))
                .toList();
    }

    /** As read, of version 3. */
    private static SharedGrant stored(@Nullable List<ProjectId> projects) {
        return new SharedGrant(
                SharedGrantId.of(NUMBER), 3L, NUMBER, projects, BEFORE, BEFORE, null, new Outbox(List.of()));
    }

    private static List<NewEvent> newEvents(SharedGrant grant) {
        var events = new ArrayList<NewEvent>();
        grant.newEvents().moveTo(grant.outbox(), event -> {
            events.add(event);
            return new EventAudience(List.of(), List.of(), List.of(), Map.of());
        });
        return events;
    }

    private static List<StoredTask> tasks(SharedGrant grant) {
        grant.derive("en");
        return Objects.requireNonNull(Objects.requireNonNull(grant.derived()).tasks());
    }

    @Test
    void aGrantBeginsWithTheSecondProject() {
        var grant = SharedGrant.of(NUMBER, BEFORE);
        assertThat(grant.id()).isEqualTo(SharedGrantId.of(NUMBER));
        assertThat(grant).extracting("number").isEqualTo(NUMBER);
        for (var few : List.of(projects(0), projects(1))) {
            grant.follow(CHANGE, few);
            assertThat(grant.newEvents().isEmpty()).isTrue();
            assertThat(grant.projects()).isEmpty();
        }
        grant.follow(CHANGE, projects(2));
        assertThat(grant.projects()).isEqualTo(projects(2));
        assertThat(newEvents(grant)).singleElement().satisfies(added -> {
            assertThat(added.event().type()).isEqualTo("SHARED_GRANT_CHANGED");
            assertThat(added.event().changed()).containsExactly("projects");
            assertThat(added.event().account()).isEqualTo(AccountId.SYSTEM);
        });
    }

    @Test
    void eachNumberHasItsGrant() {
        assertThat(SharedGrantId.of(NUMBER)).isEqualTo(SharedGrantId.of(NUMBER)).isNotEqualTo(SharedGrantId.of("A"));
    }

    @Test
    void aStoredGrantFollowsAlsoToFewerProjects() {
        var grant = stored(projects(3));
        grant.follow(CHANGE, projects(1));
        assertThat(grant.projects()).isEqualTo(projects(1));
        assertThat(grant).extracting("updatedAt", "createdAt").containsExactly(CHANGE.at(), BEFORE);
        grant.follow(CHANGE, List.of());
        assertThat(grant.projects()).isEmpty();
        assertThat(newEvents(grant)).hasSize(2);
    }

    @Test
    void aRepetitionChangesNothing() {
        var grant = stored(projects(2));
        grant.follow(CHANGE, projects(2));
        assertThat(grant.newEvents().isEmpty()).isTrue();
        assertThat(grant).extracting("updatedAt").isEqualTo(BEFORE);
    }

    @Test
    void theFirstHundredProjectsAreKept() {
        var grant = stored(projects(2));
        grant.follow(CHANGE, projects(101));
        assertThat(grant.projects()).isEqualTo(projects(100));
    }

    @Test
    void onlyTheServiceItselfFollows() {
        var office = Actor.unattached(
                Actor.Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
        for (var stranger : List.of(office, Actor.anonymous())) {
            var grant = stored(projects(2));
            assertThatThrownBy(() -> grant.follow(Change.by(stranger, CHANGE.at()), projects(3)))
                    .isInstanceOf(Forbidden.class);
            assertThat(grant).usingRecursiveComparison().isEqualTo(stored(projects(2)));
        }
    }

    @Test
    void onlyTheOfficeSeesIt() {
        var grant = stored(projects(2));
        grant.derive("en");
        var derived = Objects.requireNonNull(grant.derived());
        assertThat(derived.audience().tokens()).containsExactly("office");
        assertThat(derived.sort()).isNull();
        assertThat(derived.facets()).isNull();
        assertThat(derived.search()).isNull();
    }

    @Test
    void theOfficeHasATaskWhileSeveralProjectsNameTheNumber() {
        assertThat(tasks(stored(projects(0)))).isEmpty();
        assertThat(tasks(stored(projects(1)))).isEmpty();
        var grant = stored(projects(2));
        assertThat(tasks(grant)).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("CHECK_SHARED_GRANT");
            assertThat(task.holder()).isEqualTo(StoredTask.OFFICE);
            assertThat(task.since()).isEqualTo(BEFORE);
            assertThat(task.due()).isNull();
            assertThat(task.role()).isNull();
            assertThat(task.account()).isNull();
        });
        grant.follow(CHANGE, projects(3));
        assertThat(tasks(grant))
                .as("it has waited since")
                .extracting(StoredTask::since)
                .containsExactly(BEFORE);
        grant.follow(CHANGE, projects(1));
        assertThat(tasks(grant)).isEmpty();
        grant.follow(CHANGE, projects(2));
        assertThat(tasks(grant)).extracting(StoredTask::since).containsExactly(CHANGE.at());
    }

    @Test
    void aStoredGrantMayLackItsProjects() {
        assertThat(stored(null).projects()).isEmpty();
    }
}
