package de.smartcity.consortium.application;

import com.mongodb.MongoException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** Whether the database answers within a second; part of readiness. */
@Component
class DatabaseHealthIndicator extends AbstractHealthIndicator {

    private final MongoDatabaseFactory databases;

    DatabaseHealthIndicator(MongoDatabaseFactory databases) {
        this.databases = databases;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws MongoException {
        databases.getMongoDatabase().withTimeout(1, TimeUnit.SECONDS).runCommand(new Document("ping", 1));
        builder.up();
    }
}
