package de.smartcity.consortium.sandbox;

import java.nio.file.Path;
import java.util.UUID;

/** The MongoDB of tests: one for each test process; each test class has its own database. */
public final class TestMongo {

    private static final MongoChoice.Running CHOSEN = new MongoChoice(
                    Path.of(System.getProperty("java.io.tmpdir"), "consortium-test-" + UUID.randomUUID()),
                    0,
                    System.getenv("MONGODB_URI"),
                    System.getenv("MONGOD"),
                    System.out::println)
            .choose(MongoChoice.required());

    private TestMongo() {}

    /** The URI of a new database. */
    public static String newDatabase() {
        return CHOSEN.uri().apply("test" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Whether it is not the embedded server, but one with transactions, indexes and {@code explain}. */
    public static boolean isReal() {
        return CHOSEN.limits().isEmpty();
    }

    /** Why a test that needs a real MongoDB cannot run here. */
    public static String whyNotReal() {
        return "Only the embedded MongoDB is available: provide MONGODB_URI, a Docker engine or a mongod";
    }
}
