package de.smartcity.consortium.benchmark;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.bson.Document;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the benchmark's one question as directly as Java can: the Mongo commands that the service sends for it, and the same JSON, on the
 * same Tomcat with virtual threads. No security, no GraphQL.
 */
final class BareHandler extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new JsonMapper();

    private final transient MongoDatabase database;
    private final transient List<String> tokens;

    private BareHandler(MongoDatabase database, List<String> tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** Arguments: the port to listen on, the database's URI, the audience tokens of the member who asks. */
    public static void main(String[] arguments) throws LifecycleException {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var context = tomcat.addContext("", null);
        var database = MongoClients.create(arguments[1]).getDatabase("consortium");
        Tomcat.addServlet(context, "bare", new BareHandler(database, List.of(arguments[2].split(","))))
                .addMapping("/*");
        tomcat.start();
        tomcat.getServer().await();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        var visible = Filters.and(Filters.in("audience.tokens", tokens));
        var found = database.getCollection("partners")
                .find(visible)
                .sort(Sorts.ascending("sort.name"))
                .projection(Projections.include("audience", "status", "sort.name", "name", "kind", "areas"))
                .limit(21)
                .batchSize(22)
                .into(new ArrayList<>());
        var codes = new LinkedHashSet<String>();
        found.forEach(partner -> codes.addAll(partner.getList("areas", String.class)));
        var names = new HashMap<String, String>();
        database.getCollection("areas")
                .find(Filters.in("_id", codes))
                .forEach(area -> names.put(area.getString("_id"), text(area)));
        var total = database.getCollection("partners").countDocuments(visible);

        var nodes = new ArrayList<Map<String, Object>>();
        for (var partner : found) {
            var areas = new ArrayList<Map<String, Object>>();
            for (var code : partner.getList("areas", String.class)) {
                areas.add(fields("code", code, "name", names.getOrDefault(code, code)));
            }
            var node = fields("name", text(partner), "kind", partner.getString("kind"));
            node.put("areas", areas);
            nodes.add(node);
        }
        response.setContentType("application/json");
        response.getOutputStream()
                .write(JSON.writeValueAsBytes(
                        Map.of("data", Map.of("partners", fields("totalCount", total, "nodes", nodes)))));
    }

    private static Map<String, Object> fields(String first, Object one, String second, Object two) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(first, one);
        fields.put(second, two);
        return fields;
    }

    private static String text(Document document) {
        return document.get("name", Document.class).get("texts", Document.class).getString("de");
    }
}
