package de.smartcity.consortium.benchmarks;

import de.smartcity.consortium.sandbox.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * One of the two that are compared.
 *
 * @param name what the output calls it
 * @param commands the file into which its proxy prints each new command that it sends to MongoDB
 */
record Server(String name, Child process, GraphQl graphQl, Path commands) {

    /** What else is sent has other reasons: watching the server, keeping a lease. */
    private static final Set<String> READS = Set.of("find", "aggregate", "count", "distinct", "getMore");

    /** An answer, and the commands that were sent meanwhile to read something, and never before. */
    record Answered(String body, Set<String> commands) {}

    Answered ask(String token, String body) throws InterruptedException {
        try {
            var before = Files.readAllLines(commands).size();
            var answer = graphQl.answer(token, body);
            var sent = Files.readAllLines(commands);
            return new Answered(
                    answer,
                    List.copyOf(sent.subList(before, sent.size())).stream()
                            .map(BsonDocument::parse)
                            .filter(command -> READS.contains(command.getFirstKey()))
                            .map(command -> inOrder(command).toString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException unreadable) {
            throw new BenchmarkFailure(commands + " cannot be read", unreadable);
        }
    }

    /** Whose values for $in are sorted: they come out of sets, and mean the same in any order. */
    private static BsonValue inOrder(BsonValue value) {
        if (value instanceof BsonArray array) {
            return new BsonArray(array.stream().map(Server::inOrder).toList());
        }
        if (value instanceof BsonDocument document) {
            var ordered = new BsonDocument();
            document.forEach((name, below) -> ordered.append(
                    name,
                    name.equals("$in")
                            ? new BsonArray(below.asArray().stream()
                                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                                    .toList())
                            : inOrder(below)));
            return ordered;
        }
        return value;
    }
}
