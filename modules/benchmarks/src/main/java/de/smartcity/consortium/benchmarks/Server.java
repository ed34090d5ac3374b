package de.smartcity.consortium.benchmarks;

import de.smartcity.consortium.sandbox.ChildProcess;
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
 * One of the two servers that are compared.
 *
 * @param name its name in the output
 * @param commands the file into which its proxy prints each new command that it sends to MongoDB
 */
record Server(String name, ChildProcess process, GraphQl graphQl, Path commands) {

    /** Other commands do not belong to a request: monitoring the server, renewing a lease. */
    private static final Set<String> READS = Set.of("find", "aggregate", "count", "distinct", "getMore");

    /** A response, and the new read commands that were sent for it. */
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
                            .map(command -> withSortedIn(command).toString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException unreadable) {
            throw new BenchmarkFailure(commands + " cannot be read", unreadable);
        }
    }

    /** Sorts the values of $in, which come from sets and have no order. */
    private static BsonValue withSortedIn(BsonValue value) {
        if (value instanceof BsonArray array) {
            return new BsonArray(array.stream().map(Server::withSortedIn).toList());
        }
        if (value instanceof BsonDocument document) {
            var ordered = new BsonDocument();
            document.forEach((name, below) -> ordered.append(
                    name,
                    name.equals("$in")
                            ? new BsonArray(below.asArray().stream()
                                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                                    .toList())
                            : withSortedIn(below)));
            return ordered;
        }
        return value;
    }
}
