package de.smartcity.consortium.benchmarks;

import static de.smartcity.consortium.benchmarks.JsonBytes.ascii;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClients;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;

/**
 * Answers the benchmark's queries with as little Java as possible: the service's Mongo commands, results read from bytes into objects of two
 * or three fields, hand-written JSON, virtual threads. No security, no GraphQL, no framework; the caller is fixed.
 */
final class BareHandler {

    private static final byte[] AREAS = BenchmarkQuery.AREAS.body().getBytes(StandardCharsets.UTF_8);
    private static final byte[] ACTIVITY = BenchmarkQuery.ACTIVITY.body().getBytes(StandardCharsets.UTF_8);

    private static final byte[] TOTAL = ascii("{\"data\":{\"partners\":{\"totalCount\":");
    private static final byte[] NODES = ascii(",\"nodes\":[");
    private static final byte[] ONLY_NODES = ascii("{\"data\":{\"partners\":{\"nodes\":[");
    private static final byte[] NAME = ascii("{\"name\":");
    private static final byte[] KIND = ascii(",\"kind\":");
    private static final byte[] AREAS_START = ascii(",\"areas\":[");
    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] AREA_NAME = ascii(",\"name\":");
    private static final byte[] ACTIVITY_START = ascii(",\"activity\":{\"nodes\":[");
    private static final byte[] TYPE = ascii("{\"type\":");
    private static final byte[] NEXT = ascii("},");
    private static final byte[] NEXT_AFTER_ACTIVITY = ascii("}},");
    private static final byte[] END_OF_AREAS = ascii(BenchmarkQuery.AREAS.end());
    private static final byte[] END_OF_ACTIVITY = ascii(BenchmarkQuery.ACTIVITY.end());

    private final Commands commands;
    private final Bson visibleToMember;
    private final Bson visibleToOffice;

    private BareHandler(Commands commands, String member) {
        this.commands = commands;
        this.visibleToMember = commands.visibleToMember(member);
        this.visibleToOffice = commands.visibleToOffice();
    }

    /** Arguments: the port to listen on, the database's URI, the alias of the calling member. */
    public static void main(String[] arguments) {
        var uri = new ConnectionString(arguments[1]);
        var client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        var database = client.getDatabase(Objects.requireNonNull(uri.getDatabase()));
        var handler = new BareHandler(new Commands(database), arguments[2]);
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.post("/graphql", handler::handle))
                .build()
                .start();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        var body = request.content().as(byte[].class);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        if (Arrays.equals(body, AREAS)) {
            response.send(partnersWithAreas());
        } else if (Arrays.equals(body, ACTIVITY)) {
            response.send(partnersWithActivity());
        } else {
            response.status(Status.BAD_REQUEST_400).send();
        }
    }

    private byte[] partnersWithAreas() {
        var found = commands.partnersWithAreas(visibleToMember);
        var codes = new LinkedHashSet<String>();
        for (var partner : found) {
            codes.addAll(partner.areas);
        }
        var names = commands.areaNames(codes);
        var json = new JsonBytes()
                .add(TOTAL)
                .number(commands.total(visibleToMember))
                .add(NODES);
        for (var partner : found) {
            json.add(NAME).string(partner.name).add(KIND).string(partner.kind).add(AREAS_START);
            for (var code : partner.areas) {
                json.add(CODE)
                        .string(code)
                        .add(AREA_NAME)
                        .string(names.get(code))
                        .add(NEXT);
            }
            json.endList().add(NEXT);
        }
        return json.endList().add(END_OF_AREAS).bytes();
    }

    private byte[] partnersWithActivity() {
        var found = commands.partnersWithActivity(visibleToOffice);
        var ids = new ArrayList<UUID>(found.size());
        for (var partner : found) {
            ids.add(partner.id);
        }
        var activity = commands.activity(ids);
        var json = new JsonBytes().add(ONLY_NODES);
        for (var partner : found) {
            json.add(NAME).string(partner.name).add(ACTIVITY_START);
            for (var event : activity.getOrDefault(partner.id, List.of())) {
                json.add(TYPE).string(event.type).add(NEXT);
            }
            json.endList().add(NEXT_AFTER_ACTIVITY);
        }
        return json.endList().add(END_OF_ACTIVITY).bytes();
    }
}
