package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** All pages together, in both directions and as every kind of actor, have exactly the partners that the predicate allows. */
@ModuleTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerPagesTest {

    private static final String PARTNERS = """
            query ($first: Int, $after: String, $last: Int, $before: String, $filter: PartnerFilter, $orderBy: PartnerOrder) {
              connection: partners(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
                totalCount totalCountIsExact nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }""";
    private static final String ACTIVITY = """
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
              partner(id: $id) { connection: activity(first: $first, after: $after, last: $last, before: $before) {
                nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              } }
            }""";

    @Autowired
    private Asked asked;

    private final List<Partner> all = new ArrayList<>();
    private final Map<String, Actor> actors = new LinkedHashMap<>();

    @BeforeAll
    void partnersInEveryStatus(@Autowired Given given, @Autowired PartnerManagement management) {
        for (var status : PartnerStatus.values()) {
            for (var n = 0; n < 11; n++) {
                all.add(given.partner(status));
            }
        }
        // The same name many times: the order must still be unique.
        for (var n = 0; n < 6; n++) {
            all.add(given.partner("twin-" + n, "Twin", PartnerStatus.ACTIVE));
        }
        var dropped = given.partner(PartnerStatus.PROSPECT);
        management.dropProspect(dropped.id(), null, Change.by(Actor.system(), Instant.now()));

        actors.put("anonymous", Actor.anonymous());
        actors.put("office", Callers.office());
        for (var status : List.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED)) {
            var partner = all.stream()
                    .filter(each -> each.status() == status)
                    .findFirst()
                    .orElseThrow();
            for (var role : Role.values()) {
                actors.put(role + " of one that is " + status, Callers.of(partner, role));
            }
        }
    }

    @Test
    void partnersByName() {
        walk(Map.of(), partner -> true);
    }

    @Test
    void partnersByNameFromTheEnd() {
        walk(Map.of("orderBy", Map.of("field", "NAME", "direction", "DESC")), partner -> true);
    }

    @Test
    void partnersOfAKind() {
        walk(
                Map.of("filter", Map.of("kinds", List.of("CHAMBER", "UNIVERSITY"))),
                partner -> partner.profile().kind() == PartnerKind.CHAMBER
                        || partner.profile().kind() == PartnerKind.UNIVERSITY);
    }

    @Test
    void partnersInAnAreaWithAWord() {
        walk(
                Map.of("filter", Map.of("areas", List.of("MOBILITY", "LIVING"), "text", "part")),
                partner -> !partner.profile().areas().contains(new AreaCode("EDUCATION"))
                        && partner.profile().name().in(List.of("en"), "en").startsWith("Partner"));
    }

    @Test
    void partnersByMembership() {
        actors.keySet().removeIf(name -> !name.equals("office") && !name.contains("ACTIVE"));
        walk(Map.of("orderBy", Map.of("field", "MEMBER_SINCE")), partner -> true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partners(filter: { statuses: [ACTIVE] }) { totalCount }",
                "partners(filter: { identifier: { type: ROR, value: \"no identifier\" }, areas: [\"no area\"] }) { totalCount }",
                "partners(orderBy: { field: MEMBER_SINCE }) { totalCount }",
                "partnerByAlias(alias: \"no alias!\") { id }"
            })
    void whatIsHiddenIsNeitherFilteredNorOrderedByWhateverIsGiven(String field) {
        assertThat(errors(Actor.anonymous(), field)).contains("code=UNAUTHENTICATED");
        assertThat(errors(Callers.office(), field)).doesNotContain("UNAUTHENTICATED", "FORBIDDEN");
    }

    private String errors(Actor actor, String field) {
        return String.valueOf(asked.ask(actor, "{ " + field + " }", Map.of()).get("errors"));
    }

    @Test
    void activityOfEachPartner() {
        actors.forEach((name, actor) -> {
            for (var partner : all.subList(0, 40)) {
                var variables = Map.<String, Object>of("id", Asked.globalId(partner));
                var mayRead = isVisible(partner, actor) && (actor.isOffice() || actor.actsFor(partner.id()));
                if (!isVisible(partner, actor)) {
                    assertThat(asked.<Object>data(actor, ACTIVITY, variables, "partner"))
                            .as(name)
                            .isNull();
                    continue;
                }
                var forwards = pages(actor, ACTIVITY, variables, "first", 2, "partner", "connection");
                assertThat(forwards.size())
                        .as("%s on %s", name, partner.alias())
                        .isEqualTo(mayRead ? expectedEvents(partner, actor) : 0);
                assertThat(forwards).doesNotHaveDuplicates();
                var backwards = pages(actor, ACTIVITY, variables, "last", 2, "partner", "connection");
                Collections.reverse(backwards);
                assertThat(backwards).isEqualTo(forwards);
            }
        });
    }

    private static boolean isVisible(Partner partner, Actor actor) {
        var audience = Objects.requireNonNull(partner.derived()).audience();
        return !audience.viewpoints(actor.tokens(List.of(Partner.OWN))).isEmpty();
    }

    private static int expectedEvents(Partner partner, Actor actor) {
        // One event for recording, two for contacts, and one for each change of status. What happened to a prospect
        // concerns
        // the office only.
        var events = switch (partner.status()) {
            case PROSPECT -> 3;
            case ONBOARDING -> 4;
            case ACTIVE -> 5;
            default -> 6;
        };
        return actor.isOffice() ? events : events - 3;
    }

    private void walk(Map<String, Object> arguments, Predicate<Partner> matches) {
        actors.forEach((name, actor) -> {
            var allowed = all.stream()
                    .filter(matches)
                    .filter(partner -> isVisible(partner, actor))
                    .map(Asked::globalId)
                    .toList();
            List<String> whole = null;
            for (var size : List.of(1, 7, 100)) {
                var forwards = pages(actor, PARTNERS, arguments, "first", size, "connection");
                assertThat(forwards).as("%s, %s a page", name, size).containsExactlyInAnyOrderElementsOf(allowed);
                var backwards = pages(actor, PARTNERS, arguments, "last", size, "connection");
                Collections.reverse(backwards);
                assertThat(backwards).as("%s, %s a page, backwards", name, size).isEqualTo(forwards);
                assertThat(whole == null || whole.equals(forwards))
                        .as("the same order whatever the size")
                        .isTrue();
                whole = forwards;
            }
            assertThat(asked.<Map<String, Object>>data(actor, PARTNERS, arguments, "connection"))
                    .containsEntry("totalCount", allowed.size())
                    .containsEntry("totalCountIsExact", true);
        });
    }

    /** The ids in the order read; backwards, each page from its end. */
    private List<String> pages(
            Actor actor, String document, Map<String, Object> arguments, String direction, int size, String... path) {
        var ids = new ArrayList<String>();
        @Nullable String cursor = null;
        for (var more = true; more; ) {
            var variables = new HashMap<String, Object>(arguments);
            variables.put(direction, size);
            variables.put(direction.equals("first") ? "after" : "before", cursor);
            Map<String, Object> connection = asked.data(actor, document, variables, path);
            var page = nodes(connection);
            if (direction.equals("last")) {
                Collections.reverse(page);
            }
            ids.addAll(page);
            var info = (Map<?, ?>) Objects.requireNonNull(connection.get("pageInfo"));
            assertThat(info.get(direction.equals("first") ? "hasPreviousPage" : "hasNextPage"))
                    .isEqualTo(cursor != null);
            more = Boolean.TRUE.equals(info.get(direction.equals("first") ? "hasNextPage" : "hasPreviousPage"));
            cursor = (String) info.get(direction.equals("first") ? "endCursor" : "startCursor");
        }
        return ids;
    }

    private static List<String> nodes(Map<String, Object> connection) {
        var ids = new ArrayList<String>();
        for (var node : (List<?>) Objects.requireNonNull(connection.get("nodes"))) {
            ids.add((String) Objects.requireNonNull(((Map<?, ?>) node).get("id")));
        }
        return ids;
    }
}
