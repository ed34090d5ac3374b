package de.smartcity.consortium.activity;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.UUID;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Erases from the log what people have written. The events themselves stay: that something happened, when, and who did it. */
public final class ActivityErasure {

    private final MongoDatabaseFactory databases;

    ActivityErasure(MongoDatabaseFactory databases) {
        this.databases = databases;
    }

    /** Erases the reasons of all published events of an aggregate. May be repeated. */
    public void eraseReasons(UUID aggregate) {
        databases
                .getMongoDatabase()
                .getCollection(ActivityReading.LOG)
                .updateMany(Filters.eq(ActivityReading.SUBJECT, aggregate), Updates.unset(ActivityReading.REASON));
    }
}
