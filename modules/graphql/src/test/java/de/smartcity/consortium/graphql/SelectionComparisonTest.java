package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A selection equals the engine's own selection set, for documents of all kinds. */
class SelectionComparisonTest {

    private static final String SCHEMA = """
            type Query { start: Place, any: Any }
            interface Any { leaf(n: Int = 1): Int, any(first: Int, after: String = "x", filter: Filter): Any, named: Named, either: Either }
            interface Named { name(locale: [String!]): String, any(first: Int, after: String = "x", filter: Filter): Any }
            union Either = Place | Other
            type Place implements Any & Named {
              leaf(n: Int = 1): Int, any(first: Int, after: String = "x", filter: Filter): Any, named: Named, either: Either
              name(locale: [String!]): String, owner: Other, place: Place
            }
            type Other implements Any {
              leaf(n: Int = 1): Int, any(first: Int, after: String = "x", filter: Filter): Any, named: Named, either: Either
              title: String, owner: Third
            }
            type Third implements Named {
              name(locale: [String!]): String, any(first: Int, after: String = "x", filter: Filter): Any, owner: Place
            }
            input Filter { text: String = "t", kinds: [Kind!], at: Int }
            enum Kind { A B }""";

    static IntStream documents() {
        return IntStream.range(0, 250);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aSelectionEqualsThatOfTheEngine(int seed) {
        var document = new Generator(new Random(seed)).document();

        var compared = Selections.asked(SCHEMA, document, variables(new Random(seed)), Compared::of);

        assertThat(compared)
                .as(document)
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.ours()).as(document).isEqualTo(found.engines()));
    }

    /** Omits some of the optional variables. */
    private static Map<String, @Nullable Object> variables(Random random) {
        var all = new HashMap<String, @Nullable Object>(Map.of("yes", true, "kind", "B"));
        if (random.nextBoolean()) {
            all.put("n", random.nextBoolean() ? null : random.nextInt(3));
        }
        if (random.nextBoolean()) {
            all.put("seven", random.nextInt(3));
        }
        if (random.nextBoolean()) {
            all.put("no", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            all.put("filter", Map.of("at", random.nextInt(3)));
        }
        return all;
    }

    /** The selection of each object type and each list of arguments, in a comparable form. */
    private record Compared(Object ours, Object engines) {

        static Compared of(DataFetchingEnvironment environment) {
            var schema = environment.getGraphQLSchema();
            var type = named(environment.getFieldType());
            return new Compared(
                    ours(schema, type, List.of(Selection.of(environment))),
                    engines(schema, type, List.of(environment.getSelectionSet())));
        }

        private static Map<String, Object> ours(
                GraphQLSchema schema, GraphQLNamedType type, List<Selection> selections) {
            var byType = new TreeMap<String, Object>();
            for (var object : objects(schema, type)) {
                var below = new LinkedHashMap<String, List<Selection>>();
                for (var selection : selections) {
                    selection
                            .fields()
                            .forEach((name, selected) -> selected.stream()
                                    .filter(one -> one.isOf(object.getName()))
                                    .forEach(one -> below.computeIfAbsent(
                                                    key(name, one.arguments()), absent -> new ArrayList<>())
                                            .add(one.below())));
                }
                var fields = new TreeMap<String, Object>();
                below.forEach((key, some) -> fields.put(key, ours(schema, typeOf(object, key), some)));
                byType.put(object.getName(), fields);
            }
            return byType;
        }

        private static Map<String, Object> engines(
                GraphQLSchema schema, GraphQLNamedType type, List<DataFetchingFieldSelectionSet> selections) {
            var byType = new TreeMap<String, Object>();
            for (var object : objects(schema, type)) {
                var below = new LinkedHashMap<String, List<DataFetchingFieldSelectionSet>>();
                for (var selection : selections) {
                    selection.getImmediateFields().stream()
                            .filter(field -> !field.getName().startsWith("__"))
                            .filter(field -> field.getObjectTypeNames().contains(object.getName()))
                            .forEach(field -> below.computeIfAbsent(
                                            key(field.getName(), field.getArguments()), absent -> new ArrayList<>())
                                    .add(field.getSelectionSet()));
                }
                var fields = new TreeMap<String, Object>();
                below.forEach((key, some) -> fields.put(key, engines(schema, typeOf(object, key), some)));
                byType.put(object.getName(), fields);
            }
            return byType;
        }

        private static String key(String name, Map<String, Object> arguments) {
            return name + " " + new TreeMap<>(arguments);
        }

        private static GraphQLNamedType typeOf(GraphQLObjectType object, String key) {
            return named(object.getFieldDefinition(key.substring(0, key.indexOf(' ')))
                    .getType());
        }
    }

    private static GraphQLNamedType named(GraphQLType type) {
        return (GraphQLNamedType) GraphQLTypeUtil.unwrapAll(type);
    }

    private static List<GraphQLObjectType> objects(GraphQLSchema schema, GraphQLType type) {
        return switch (type) {
            case GraphQLObjectType object -> List.of(object);
            case GraphQLInterfaceType face -> schema.getImplementations(face);
            case GraphQLUnionType union ->
                union.getTypes().stream().map(GraphQLObjectType.class::cast).toList();
            default -> List.of();
        };
    }

    /** Generates valid documents with all forms of selections. */
    private static final class Generator {

        private static final Map<String, String> VARIABLES = Map.of(
                "n", "Int",
                "seven", "Int = 7",
                "yes", "Boolean!",
                "no", "Boolean = false",
                "filter", "Filter",
                "kind", "Kind!");
        private static final Map<String, List<String>> ARGUMENTS = Map.of(
                "leaf", List.of("n: 2", "n: $n", "n: $seven"),
                "name", List.of("locale: \"de\"", "locale: [\"de\", \"en\"]"),
                "any",
                        List.of(
                                "first: 1",
                                "first: $n, after: \"y\"",
                                "first: $seven, filter: {}",
                                "filter: {text: \"z\", kinds: B, at: $n}",
                                "filter: {kinds: [A, $kind]}",
                                "filter: $filter",
                                "after: null"));
        private static final Map<String, List<String>> FIELDS = Map.of(
                "Any", List.of("leaf", "any", "named", "either"),
                "Named", List.of("name", "any"),
                "Either", List.of(),
                "Place", List.of("leaf", "any", "named", "either", "name", "owner", "place"),
                "Other", List.of("leaf", "any", "named", "either", "title", "owner"),
                "Third", List.of("name", "any", "owner"));
        private static final Map<String, Set<String>> OBJECTS = Map.of(
                "Any", Set.of("Place", "Other"),
                "Named", Set.of("Place", "Third"),
                "Either", Set.of("Place", "Other"),
                "Place", Set.of("Place"),
                "Other", Set.of("Other"),
                "Third", Set.of("Third"));

        private final Random random;
        private final Map<String, String> fragments = new LinkedHashMap<>();
        private final Set<String> used = new LinkedHashSet<>();
        private int aliases;

        Generator(Random random) {
            this.random = random;
        }

        /** The place of a selection: its possible object types, and whether it is in a named fragment, which may be used elsewhere. */
        private record Place(String type, Set<String> objects, boolean named) {

            static Place below(String type) {
                return new Place(type, Objects.requireNonNull(OBJECTS.get(type)), false);
            }

            /** The engine's selection set is wrong if nothing is left, which {@link SelectionTest} covers. */
            boolean allows(String condition) {
                var narrowed = Objects.requireNonNull(OBJECTS.get(condition));
                return named ? narrowed.containsAll(objects) : narrowed.stream().anyMatch(objects::contains);
            }

            Place narrowed(String condition) {
                var both = new TreeSet<>(objects);
                both.retainAll(Objects.requireNonNull(OBJECTS.get(condition)));
                return new Place(condition, both, named);
            }

            Place inFragment(String condition) {
                return new Place(condition, Objects.requireNonNull(OBJECTS.get(condition)), true);
            }
        }

        String document() {
            var roots = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(n -> random.nextBoolean()
                            ? "r" + n + ": start { " + selections(Place.below("Place"), 4) + " }"
                            : "r" + n + ": any { " + selections(Place.below("Any"), 4) + " }")
                    .collect(Collectors.joining(" "));
            var variables = used.stream()
                    .map(name -> "$" + name + ": " + VARIABLES.get(name))
                    .collect(Collectors.joining(", "));
            return "query " + (variables.isEmpty() ? "" : "(" + variables + ") ") + "{ " + roots + " } "
                    + String.join(" ", fragments.values());
        }

        private String selections(Place place, int depth) {
            return IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(n -> selection(place, depth))
                    .collect(Collectors.joining(" "));
        }

        private String selection(Place place, int depth) {
            var fields = Objects.requireNonNull(FIELDS.get(place.type()));
            if (depth == 0 || random.nextInt(10) == 0) {
                return "__typename";
            }
            if (fields.isEmpty() || random.nextInt(3) == 0) {
                return fragment(place, depth - 1);
            }
            return field(fields.get(random.nextInt(fields.size())), place.type(), depth - 1);
        }

        private String field(String name, String parent, int depth) {
            var arguments = ARGUMENTS.getOrDefault(name, List.of());
            // Fields under one name must not differ in their arguments.
            if (!arguments.isEmpty() && random.nextBoolean()) {
                var given = arguments.get(random.nextInt(arguments.size()));
                return "a%d: %s(%s)%s%s"
                        .formatted(aliases++, name, uses(given), directive(), below(name, parent, depth));
            }
            // Nor in their types.
            var alias = name.equals("owner") ? "owner" + parent + ": " : random.nextInt(4) == 0 ? name + "Again: " : "";
            return alias + name + directive() + below(name, parent, depth);
        }

        private String below(String name, String parent, int depth) {
            var type = switch (name) {
                case "any" -> "Any";
                case "named" -> "Named";
                case "either" -> "Either";
                case "place" -> "Place";
                case "owner" ->
                    switch (parent) {
                        case "Place" -> "Other";
                        case "Other" -> "Third";
                        default -> "Place";
                    };
                default -> null;
            };
            return type == null ? "" : " { " + selections(Place.below(type), depth) + " }";
        }

        private String fragment(Place place, int depth) {
            var conditions =
                    OBJECTS.keySet().stream().sorted().filter(place::allows).toList();
            var condition = conditions.get(random.nextInt(conditions.size()));
            return switch (random.nextInt(4)) {
                case 0 -> "..." + directive() + " { " + selections(place, depth) + " }";
                case 1 -> "..." + named(condition, place, depth) + directive();
                default ->
                    "... on " + condition + directive() + " { " + selections(place.narrowed(condition), depth) + " }";
            };
        }

        /** A fragment's selections do not depend on its first use; fragments inside it have less depth. */
        private String named(String condition, Place place, int depth) {
            var name = "F" + condition + depth;
            if (fragments.putIfAbsent(name, "") == null) {
                fragments.put(
                        name,
                        "fragment " + name + " on " + condition + " { " + selections(place.inFragment(condition), depth)
                                + " }");
            }
            return name;
        }

        private String directive() {
            return switch (random.nextInt(12)) {
                case 0 -> uses(" @skip(if: $yes)");
                case 1 -> uses(" @skip(if: $no)");
                case 2 -> uses(" @include(if: $yes)");
                case 3 -> uses(" @include(if: $no) @skip(if: false)");
                case 4 -> " @include(if: true)";
                default -> "";
            };
        }

        private String uses(String text) {
            VARIABLES.keySet().stream()
                    .filter(name -> text.matches(".*[$]" + name + "\\b.*"))
                    .forEach(used::add);
            return text;
        }
    }
}
