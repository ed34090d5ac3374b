package de.smartcity.consortium.application;

import com.mongodb.MongoException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** Whether the database answers within a second; part of readiness. */
@Component
class DatabaseHealthIndicator implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealthIndicator.class);

    private final MongoDatabaseFactory databases;

    DatabaseHealthIndicator(MongoDatabaseFactory databases) {
        this.databases = databases;
    }

    @Override
    public Health health() {
        try {
            databases.getMongoDatabase().withTimeout(1, TimeUnit.SECONDS).runCommand(new Document("ping", 1));
            return Health.up().build();
        } catch (MongoException failed) {
            // Without a stack trace, since probes repeat it every few seconds of an outage.
            LOG.warn("The database does not answer: {}", failed.toString());
            return Health.down().build();
        }
    }
}
