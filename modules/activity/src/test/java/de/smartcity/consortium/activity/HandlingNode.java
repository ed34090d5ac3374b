package de.smartcity.consortium.activity;

import java.util.Date;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** A node in its own process, whose handler writes down what it has handled. */
final class HandlingNode {

    static final String HANDLER = "writer";
    static final String HANDLED = "handled";

    private static final long MILLIS_PER_EVENT = 3;

    private HandlingNode() {}

    /** @param arguments the node's name and further arguments of Spring Boot */
    public static void main(String[] arguments) {
        var node = arguments[0];
        new SpringApplicationBuilder(ActivityApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                HANDLER,
                                EventHandler.class,
                                () -> handler(node, context.getBeanFactory().getBean(MongoDatabaseFactory.class))))
                .run(arguments);
    }

    private static EventHandler handler(String node, MongoDatabaseFactory databases) {
        var handled = databases.getMongoDatabase().getCollection(HANDLED);
        return new EventHandler(HANDLER, event -> {
            try {
                Thread.sleep(MILLIS_PER_EVENT);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
            handled.insertOne(
                    new Document("node", node).append("number", event.number()).append("at", new Date()));
        });
    }
}
