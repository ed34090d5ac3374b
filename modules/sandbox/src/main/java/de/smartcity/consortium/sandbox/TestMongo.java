package de.smartcity.consortium.sandbox;

import java.nio.file.Path;
import java.util.UUID;

/** The MongoDB that tests use: one for each test process, each test class with a database of its own. */
public final class TestMongo {

    private static final MongoChoice.Running CHOSEN = new MongoChoice(
                    Path.of(System.getProperty("java.io.tmpdir"), "consortium-test-" + UUID.randomUUID()),
                    0,
                    System.getenv("MONGODB_URI"),
                    System.getenv("MONGOD"),
                    System.out::println)
            .choose(MongoChoice.demanded());

    private TestMongo() {}

    /** The URI of a database that nobody else uses. */
    public static String newDatabase() {
        return CHOSEN.uri().apply("test" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Whether it is a real MongoDB, with transactions, indexes and {@code explain}. */
    public static boolean isReal() {
        return CHOSEN.limits().isEmpty();
    }

    /** Why a test that needs a real MongoDB cannot run here. */
    public static String whyNotReal() {
        return "No MongoDB but the embedded one is here: give MONGODB_URI, a Docker engine or a mongod";
    }
}
