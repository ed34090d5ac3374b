package de.smartcity.consortium.sandbox;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an index that the client created serves each of its commands, since the embedded server neither uses indexes nor explains
 * queries. A question is served by an index whose first keys are fixed by the filter and whose next keys are the order; further conditions
 * may be residual; each branch of an {@code $or} is judged alone, and the conditions of an {@code $elemMatch} are conditions on the paths inside.
 * What is found by {@code _id} may be sorted in memory: it is no more than the ids that were given.
 * An audience is not selective, since most objects are visible to most: where the filter has another condition, the index must begin with that. No index may span two arrays, which MongoDB refuses. Exceptions
 * are in {@code index-exceptions.txt} on the class path: a question as {@link #questions()} writes it, a bar, the reason.
 */
public final class IndexJudge implements CommandListener {

    private enum Condition {
        /** Equality with one or more values. */
        EQUALITY,
        /** A range of values. */
        RANGE,
        /** A condition that no index serves. */
        OTHER
    }

    /** The end of the path of every stored audience: of objects, of events and of the texts of a search. */
    private static final String AUDIENCE = ".tokens";

    private static final List<String> ID = List.of("_id");

    private static final Set<String> BRANCHES = Set.of("$and", "$or");

    private final Map<String, Set<List<String>>> indexes = new ConcurrentHashMap<>();
    private final Map<String, Set<List<String>>> questions = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Map<String, String> exceptions;

    /** @param exceptions reasons by question */
    IndexJudge(Map<String, String> exceptions) {
        this.exceptions = Map.copyOf(exceptions);
    }

    /** The instance of this process, with the exceptions on the class path. */
    public static IndexJudge ofThisProcess() {
        return OfThisProcess.JUDGE;
    }

    private static final class OfThisProcess {
        static final IndexJudge JUDGE = new IndexJudge(readExceptions());
    }

    private static Map<String, String> readExceptions() {
        var exceptions = new TreeMap<String, String>();
        try {
            for (URL url : Collections.list(IndexJudge.class.getClassLoader().getResources("index-exceptions.txt"))) {
                try (var stream = url.openStream()) {
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.split("\\|", 2))
                            .forEach(parts -> exceptions.put(parts[0].strip(), parts[1].strip()));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return exceptions;
    }

    /**
     * The questions so far, such as {@code partners: audience.tokens= kind= by sort.name}, with the keys of each index that serves them; no
     * keys if the question is an exception.
     */
    public Map<String, Set<List<String>>> questions() {
        return Map.copyOf(questions);
    }

    /** The questions that no index serves and the indexes that MongoDB would refuse, since the last call; one line each. */
    public List<String> takeProblems() {
        var taken = problems.values().stream().sorted().toList();
        problems.clear();
        return taken;
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        var command = event.getCommand();
        var database = event.getDatabaseName();
        switch (event.getCommandName()) {
            case "createIndexes" -> declare(database, command);
            case "insert" ->
                documents(command, "documents")
                        .forEach(document -> checkArrays(
                                database, command.getString("insert").getValue(), document));
            case "update" ->
                documents(command, "updates").forEach(update -> {
                    var collection = command.getString("update").getValue();
                    ask(database, collection, update.getDocument("q"), List.of(), true);
                    if (update.isDocument("u")) {
                        checkArrays(database, collection, update.getDocument("u"));
                    }
                });
            case "delete" ->
                documents(command, "deletes")
                        .forEach(delete -> ask(
                                database,
                                command.getString("delete").getValue(),
                                delete.getDocument("q"),
                                List.of(),
                                true));
            case "findAndModify" ->
                ask(
                        database,
                        command.getString("findAndModify").getValue(),
                        document(command, "query"),
                        keys(document(command, "sort")),
                        true);
            case "find" ->
                ask(
                        database,
                        command.getString("find").getValue(),
                        document(command, "filter"),
                        keys(document(command, "sort")),
                        command.containsKey("limit"));
            case "count", "distinct" ->
                ask(
                        database,
                        command.getString(event.getCommandName()).getValue(),
                        document(command, "query"),
                        List.of(),
                        false);
            case "aggregate" ->
                pipeline(
                        database,
                        command.getString("aggregate").getValue(),
                        command.getArray("pipeline").getValues());
            default -> {
                // Reads and writes no documents.
            }
        }
    }

    private void declare(String database, BsonDocument command) {
        var collection = command.getString("createIndexes").getValue();
        documents(command, "indexes")
                .forEach(index -> indexes.computeIfAbsent(
                                database + "." + collection, absent -> ConcurrentHashMap.newKeySet())
                        .add(List.copyOf(index.getDocument("key").keySet())));
    }

    private void pipeline(String database, String collection, List<BsonValue> stages) {
        var filter = new BsonDocument();
        List<String> order = List.of();
        var limited = false;
        var reading = true;
        for (var stage : stages) {
            var name = stage.asDocument().getFirstKey();
            switch (name) {
                case "$match" -> {
                    if (reading) {
                        filter = document(stage.asDocument(), name);
                    }
                }
                case "$sort" -> {
                    if (reading) {
                        order = keys(document(stage.asDocument(), name));
                    }
                }
                case "$limit" -> limited = limited || reading;
                case "$lookup" -> {
                    reading = false;
                    var lookup = document(stage.asDocument(), name);
                    pipeline(
                            database,
                            lookup.getString("from").getValue(),
                            lookup.getArray("pipeline", new BsonArray()).getValues());
                }
                case "$project", "$skip" -> {
                    // Changes neither filter nor order.
                }
                default -> reading = false;
            }
        }
        ask(database, collection, filter, order, limited);
    }

    private void ask(String database, String collection, BsonDocument filter, List<String> order, boolean limited) {
        for (var conditions : alternatives(filter)) {
            var question = collection + ":"
                    + conditions.entrySet().stream()
                            .map(condition -> " " + condition.getKey()
                                    + switch (condition.getValue()) {
                                        case EQUALITY -> "=";
                                        case RANGE -> "<>";
                                        case OTHER -> "?";
                                    })
                            .collect(Collectors.joining())
                    + (order.isEmpty() ? "" : " by " + String.join(" ", order))
                    + (conditions.isEmpty() && limited ? " limited" : "");
            var known = indexes.getOrDefault(database + "." + collection, Set.of());
            var serving = Stream.concat(Stream.of(ID), known.stream())
                    .filter(index -> serves(index, conditions, order, limited))
                    .collect(Collectors.toSet());
            questions.put(question, serving);
            if (serving.isEmpty() && !exceptions.containsKey(question)) {
                problems.putIfAbsent(question, "No index serves   " + question + "   of " + known);
            }
        }
    }

    private static boolean serves(
            List<String> index, Map<String, Condition> conditions, List<String> order, boolean limited) {
        var selecting = conditions.entrySet().stream()
                .filter(condition -> condition.getValue() != Condition.OTHER)
                .map(Map.Entry::getKey)
                .filter(path -> !path.endsWith(AUDIENCE) && !order.contains(path) && !order.contains("-" + path))
                .toList();
        if (index.getFirst().endsWith(AUDIENCE) && !selecting.isEmpty()) {
            return false;
        }
        if (order.isEmpty()) {
            var first = conditions.get(index.getFirst());
            return first == Condition.EQUALITY || first == Condition.RANGE;
        }
        if (index.equals(ID) && conditions.get("_id") == Condition.EQUALITY) {
            return true;
        }
        // An index can be read in both directions, but only in one per query.
        var oneWay = order.stream().allMatch(key -> key.startsWith("-"))
                || order.stream().noneMatch(key -> key.startsWith("-"));
        var plain = order.stream().map(key -> key.replaceFirst("^-", "")).toList();
        var pinned = 0;
        while (pinned < index.size()
                && !index.get(pinned).equals(plain.getFirst())
                && conditions.get(index.get(pinned)) == Condition.EQUALITY) {
            pinned++;
        }
        var rest = index.subList(pinned, index.size());
        var ordered = oneWay
                && rest.size() >= plain.size()
                && rest.subList(0, plain.size()).equals(plain);
        var selective = pinned > 0
                || conditions.get(plain.getFirst()) == Condition.EQUALITY
                || conditions.get(plain.getFirst()) == Condition.RANGE
                || (conditions.isEmpty() && limited);
        return ordered && selective;
    }

    /** The conditions of each branch of the filter, with {@code $or} expanded. */
    private static List<Map<String, Condition>> alternatives(BsonDocument filter) {
        List<Map<String, Condition>> alternatives = List.of(new TreeMap<>());
        for (var entry : filter.entrySet()) {
            List<Map<String, Condition>> more = switch (entry.getKey()) {
                case "$and" -> {
                    List<Map<String, Condition>> all = List.of(new TreeMap<>());
                    for (var part : entry.getValue().asArray()) {
                        all = product(all, alternatives(part.asDocument()));
                    }
                    yield all;
                }
                case "$or" ->
                    entry.getValue().asArray().stream()
                            .flatMap(branch -> alternatives(branch.asDocument()).stream())
                            .toList();
                case "$expr" -> List.of(expression(entry.getValue()));
                default -> conditions(entry.getKey(), entry.getValue());
            };
            alternatives = product(alternatives, more);
        }
        return alternatives;
    }

    /** The conditions on a path, or on those inside the elements of an array. */
    private static List<Map<String, Condition>> conditions(String path, BsonValue condition) {
        if (condition.isDocument() && condition.asDocument().isDocument("$elemMatch")) {
            var element = condition.asDocument().getDocument("$elemMatch");
            return element.keySet().stream().allMatch(key -> key.startsWith("$") && !BRANCHES.contains(key))
                    ? List.of(Map.of(path, condition(element)))
                    : alternatives(element).stream()
                            .map(inside -> inside(path, inside))
                            .toList();
        }
        return List.of(Map.of(path, condition(condition)));
    }

    private static Map<String, Condition> inside(String path, Map<String, Condition> conditions) {
        return conditions.entrySet().stream()
                .collect(Collectors.toMap(condition -> path + "." + condition.getKey(), Map.Entry::getValue));
    }

    private static List<Map<String, Condition>> product(
            List<Map<String, Condition>> some, List<Map<String, Condition>> others) {
        var product = new ArrayList<Map<String, Condition>>();
        for (var one : some) {
            for (var other : others) {
                var both = new TreeMap<>(one);
                other.forEach((path, condition) -> both.merge(path, condition, (a, b) -> a.compareTo(b) <= 0 ? a : b));
                product.add(both);
            }
        }
        return product;
    }

    private static Map<String, Condition> expression(BsonValue expression) {
        if (expression.isDocument() && expression.asDocument().containsKey("$eq")) {
            var first = expression.asDocument().getArray("$eq").getFirst();
            if (first.isString() && first.asString().getValue().matches("\\$[^$].*")) {
                return Map.of(first.asString().getValue().substring(1), Condition.EQUALITY);
            }
        }
        return Map.of("$expr", Condition.OTHER);
    }

    private static Condition condition(BsonValue condition) {
        if (condition.isRegularExpression()) {
            return Condition.OTHER;
        }
        if (!condition.isDocument()
                || condition.asDocument().isEmpty()
                || !condition.asDocument().getFirstKey().startsWith("$")) {
            return Condition.EQUALITY;
        }
        var operators = condition.asDocument().keySet();
        if (Stream.of("$eq", "$in", "$all").anyMatch(operators::contains)) {
            return Condition.EQUALITY;
        }
        return Set.of("$gt", "$gte", "$lt", "$lte").containsAll(operators) ? Condition.RANGE : Condition.OTHER;
    }

    private void checkArrays(String database, String collection, BsonDocument document) {
        for (var index : indexes.getOrDefault(database + "." + collection, Set.of())) {
            var arrays =
                    index.stream().filter(path -> array(document, path) != null).toList();
            // MongoDB counts paths through the same array as one.
            if (new HashSet<>(arrays.stream().map(path -> array(document, path)).toList()).size() > 1) {
                problems.putIfAbsent(
                        collection + index, "The index " + index + " of " + collection + " spans the arrays " + arrays);
            }
        }
    }

    /** The path of the first array on this path. */
    private static @Nullable String array(BsonDocument document, String path) {
        BsonValue value = document;
        var prefix = new StringBuilder();
        for (var step : path.split("\\.")) {
            value = value != null && value.isDocument() ? value.asDocument().get(step) : null;
            prefix.append('.').append(step);
            if (value != null && value.isArray()) {
                return prefix.toString();
            }
        }
        return null;
    }

    private static List<BsonDocument> documents(BsonDocument command, String field) {
        return command.getArray(field, new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .toList();
    }

    private static BsonDocument document(BsonDocument command, String field) {
        return command.getDocument(field, new BsonDocument());
    }

    private static List<String> keys(BsonDocument order) {
        return order.entrySet().stream()
                .map(key -> key.getValue().asNumber().intValue() < 0 ? "-" + key.getKey() : key.getKey())
                .toList();
    }
}
