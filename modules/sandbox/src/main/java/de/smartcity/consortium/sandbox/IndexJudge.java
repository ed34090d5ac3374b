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
 * Judges what clients ask of MongoDB by the indexes that they made, since the embedded server uses none and explains nothing. A
 * question is served by an index whose first keys its filter pins and whose next keys are its order; further conditions may be residual; each branch
 * of an {@code $or} is judged alone. The audience selects hardly anything, since most objects are visible to most: where the filter has another
 * condition, the index must begin with that. No index may span two arrays, which MongoDB refuses. Exceptions stand in
 * {@code index-exceptions.txt} on the class path: a question as {@link #questions()} writes it, a bar, the reason.
 */
public final class IndexJudge implements CommandListener {

    private enum Pin {
        /** Equal to one of some values. */
        POINT,
        /** Between two values. */
        RANGE,
        /** Nothing that an index helps with. */
        OTHER
    }

    /** How the path of every stored audience ends. */
    private static final String AUDIENCE = "audience.tokens";

    private final Map<String, Set<List<String>>> indexes = new ConcurrentHashMap<>();
    private final Map<String, Set<List<String>>> questions = new ConcurrentHashMap<>();
    private final Map<String, String> complaints = new ConcurrentHashMap<>();
    private final Map<String, String> exceptions;

    /** A judge who admits these exceptions: question to reason. */
    IndexJudge(Map<String, String> exceptions) {
        this.exceptions = Map.copyOf(exceptions);
    }

    /** The one of this process, with the exceptions of the class path. */
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
     * Every question that was asked, such as {@code partners: audience.tokens= kind= by sort.name}, and the keys of each index that serves it;
     * none where only an exception admits it.
     */
    public Map<String, Set<List<String>>> questions() {
        return Map.copyOf(questions);
    }

    /** What no index serves, and indexes that MongoDB would refuse, one line each, since this was asked last. */
    public List<String> takeComplaints() {
        var taken = complaints.values().stream().sorted().toList();
        complaints.clear();
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
                // Asks for nothing that is stored.
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
        var asking = true;
        for (var stage : stages) {
            var name = stage.asDocument().getFirstKey();
            switch (name) {
                case "$match" -> {
                    if (asking) {
                        filter = document(stage.asDocument(), name);
                    }
                }
                case "$sort" -> {
                    if (asking) {
                        order = keys(document(stage.asDocument(), name));
                    }
                }
                case "$limit" -> limited = limited || asking;
                case "$lookup" -> {
                    asking = false;
                    var lookup = document(stage.asDocument(), name);
                    pipeline(
                            database,
                            lookup.getString("from").getValue(),
                            lookup.getArray("pipeline", new BsonArray()).getValues());
                }
                case "$project", "$skip" -> {
                    // Changes neither what is looked for nor the order.
                }
                default -> asking = false;
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
                                        case POINT -> "=";
                                        case RANGE -> "<>";
                                        case OTHER -> "?";
                                    })
                            .collect(Collectors.joining())
                    + (order.isEmpty() ? "" : " by " + String.join(" ", order))
                    + (conditions.isEmpty() && limited ? " limited" : "");
            var known = indexes.getOrDefault(database + "." + collection, Set.of());
            var serving = Stream.concat(Stream.of(List.of("_id")), known.stream())
                    .filter(index -> serves(index, conditions, order, limited))
                    .collect(Collectors.toSet());
            questions.put(question, serving);
            if (serving.isEmpty() && !exceptions.containsKey(question)) {
                complaints.putIfAbsent(question, "No index serves   " + question + "   of " + known);
            }
        }
    }

    private static boolean serves(
            List<String> index, Map<String, Pin> conditions, List<String> order, boolean limited) {
        var selecting = conditions.entrySet().stream()
                .filter(condition -> condition.getValue() != Pin.OTHER)
                .map(Map.Entry::getKey)
                .filter(path -> !path.endsWith(AUDIENCE) && !order.contains(path) && !order.contains("-" + path))
                .toList();
        if (index.getFirst().endsWith(AUDIENCE) && !selecting.isEmpty()) {
            return false;
        }
        if (order.isEmpty()) {
            var first = conditions.get(index.getFirst());
            return first == Pin.POINT || first == Pin.RANGE;
        }
        // An index is read from either end, and so serves an order of one direction only.
        var oneWay = order.stream().allMatch(key -> key.startsWith("-"))
                || order.stream().noneMatch(key -> key.startsWith("-"));
        var plain = order.stream().map(key -> key.replaceFirst("^-", "")).toList();
        var pinned = 0;
        while (pinned < index.size()
                && !index.get(pinned).equals(plain.getFirst())
                && conditions.get(index.get(pinned)) == Pin.POINT) {
            pinned++;
        }
        var rest = index.subList(pinned, index.size());
        var ordered = oneWay
                && rest.size() >= plain.size()
                && rest.subList(0, plain.size()).equals(plain);
        var selective = pinned > 0
                || conditions.get(plain.getFirst()) == Pin.POINT
                || conditions.get(plain.getFirst()) == Pin.RANGE
                || (conditions.isEmpty() && limited);
        return ordered && selective;
    }

    /** The filter as what each branch of its {@code $or}s demands. */
    private static List<Map<String, Pin>> alternatives(BsonDocument filter) {
        List<Map<String, Pin>> alternatives = List.of(new TreeMap<>());
        for (var entry : filter.entrySet()) {
            List<Map<String, Pin>> more = switch (entry.getKey()) {
                case "$and" -> {
                    List<Map<String, Pin>> all = List.of(new TreeMap<>());
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
                default -> List.of(Map.of(entry.getKey(), pin(entry.getValue())));
            };
            alternatives = product(alternatives, more);
        }
        return alternatives;
    }

    private static List<Map<String, Pin>> product(List<Map<String, Pin>> some, List<Map<String, Pin>> others) {
        var product = new ArrayList<Map<String, Pin>>();
        for (var one : some) {
            for (var other : others) {
                var both = new TreeMap<>(one);
                other.forEach((path, pin) -> both.merge(path, pin, (a, b) -> a.compareTo(b) <= 0 ? a : b));
                product.add(both);
            }
        }
        return product;
    }

    private static Map<String, Pin> expression(BsonValue expression) {
        if (expression.isDocument() && expression.asDocument().containsKey("$eq")) {
            var first = expression.asDocument().getArray("$eq").getFirst();
            if (first.isString() && first.asString().getValue().matches("\\$[^$].*")) {
                return Map.of(first.asString().getValue().substring(1), Pin.POINT);
            }
        }
        return Map.of("$expr", Pin.OTHER);
    }

    private static Pin pin(BsonValue condition) {
        if (condition.isRegularExpression()) {
            return Pin.OTHER;
        }
        if (!condition.isDocument()
                || condition.asDocument().isEmpty()
                || !condition.asDocument().getFirstKey().startsWith("$")) {
            return Pin.POINT;
        }
        var operators = condition.asDocument().keySet();
        if (operators.contains("$eq") || operators.contains("$in")) {
            return Pin.POINT;
        }
        return Set.of("$gt", "$gte", "$lt", "$lte").containsAll(operators) ? Pin.RANGE : Pin.OTHER;
    }

    private void checkArrays(String database, String collection, BsonDocument document) {
        for (var index : indexes.getOrDefault(database + "." + collection, Set.of())) {
            var arrays =
                    index.stream().filter(path -> array(document, path) != null).toList();
            // Paths through the same array are one array to MongoDB.
            if (new HashSet<>(arrays.stream().map(path -> array(document, path)).toList()).size() > 1) {
                complaints.putIfAbsent(
                        collection + index, "The index " + index + " of " + collection + " spans the arrays " + arrays);
            }
        }
    }

    /** The path of the array on the way to, or at, this path. */
    private static @Nullable String array(BsonDocument document, String path) {
        BsonValue value = document;
        var way = new StringBuilder();
        for (var step : path.split("\\.")) {
            value = value != null && value.isDocument() ? value.asDocument().get(step) : null;
            way.append('.').append(step);
            if (value != null && value.isArray()) {
                return way.toString();
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
