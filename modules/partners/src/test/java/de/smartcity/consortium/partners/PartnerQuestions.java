package de.smartcity.consortium.partners;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The questions about partners, by filter, order and kind of actor, and the indexes that serve them. */
final class PartnerQuestions {

    private PartnerQuestions() {}

    enum Filter {
        NONE("", Set.of()),
        KINDS("kinds: [CHAMBER, UNIVERSITY]", Set.of(DerivedPaths.FACETS)),
        AREAS("areas: [\"MOBILITY\"]", Set.of(DerivedPaths.FACETS)),
        STATUSES("statuses: [ACTIVE, PROSPECT]", Set.of(DerivedPaths.FACETS)),
        IDENTIFIER("identifier: { type: WIKIDATA, value: \"Q2100\" }", Set.of(DerivedPaths.FACETS)),
        TEXT("text: \"part 1\"", Set.of(DerivedPaths.SEARCH)),
        KINDS_AND_AREAS("kinds: [CHAMBER], areas: [\"MOBILITY\"]", Set.of(DerivedPaths.FACETS)),
        KINDS_AND_TEXT("kinds: [CHAMBER], text: \"part\"", Set.of(DerivedPaths.FACETS, DerivedPaths.SEARCH));

        private final String argument;
        private final Set<String> selecting;

        Filter(String argument, Set<String> selecting) {
            this.argument = argument;
            this.selecting = selecting;
        }

        /** The first key of each index that serves it. */
        Set<String> leading() {
            return selecting.isEmpty() ? Set.of(DerivedPaths.AUDIENCE) : selecting;
        }

        /** Its conditions without that of the audience, as IndexJudge writes them. */
        String conditions() {
            var conditions = new TreeSet<>(selecting);
            if (selecting.contains(DerivedPaths.SEARCH)) {
                conditions.add(DerivedPaths.SEARCH_ENTRIES + ".tokens");
            }
            return conditions.stream().map(path -> " " + path + "=").reduce("", String::concat);
        }
    }

    enum Order {
        NAME("name", false),
        NAME_DESCENDING("name", true),
        MEMBER_SINCE("memberSince", false),
        MEMBER_SINCE_DESCENDING("memberSince", true);

        private final String key;
        private final boolean descending;

        Order(String key, boolean descending) {
            this.key = key;
            this.descending = descending;
        }

        String path() {
            return DerivedPaths.sort(key);
        }

        /** The path as IndexJudge writes it. */
        String key() {
            return descending ? "-" + path() : path();
        }

        private String argument() {
            return "field: " + (key.equals("name") ? "NAME" : "MEMBER_SINCE") + ", direction: "
                    + (descending ? "DESC" : "ASC");
        }
    }

    enum Asker {
        ANONYMOUS,
        ONBOARDING,
        SUSPENDED,
        MEMBER,
        OFFICE;

        /** Whether it filters by a field that the actor sees of no object, or orders by one that it does not see of all. */
        boolean isRefused(Filter filter, Order order) {
            var byHidden = filter == Filter.STATUSES || filter == Filter.IDENTIFIER;
            return switch (this) {
                case ANONYMOUS -> byHidden || order.key.equals("memberSince");
                // By fields that the public does not see, they find only their own partner.
                case ONBOARDING, SUSPENDED -> order.key.equals("memberSince") && !byHidden;
                case MEMBER, OFFICE -> false;
            };
        }
    }

    /** One of each kind, each with its own partner. */
    static Map<Asker, Actor> actors(Given given) {
        return Map.of(
                Asker.ANONYMOUS, Actor.anonymous(),
                Asker.ONBOARDING, Callers.of(given.partner(PartnerStatus.ONBOARDING), Role.VIEWER),
                Asker.SUSPENDED, Callers.of(given.partner(PartnerStatus.SUSPENDED), Role.VIEWER),
                Asker.MEMBER, Callers.of(given.partner(PartnerStatus.ACTIVE), Role.VIEWER),
                Asker.OFFICE, Callers.office());
    }

    static String document(Filter filter, Order order) {
        var arguments =
                List.of("first: 10", "filter: { " + filter.argument + " }", "orderBy: { " + order.argument() + " }");
        return "{ partners(" + String.join(", ", arguments) + ") { nodes { name } } }";
    }
}
