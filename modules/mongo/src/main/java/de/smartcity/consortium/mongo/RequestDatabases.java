package de.smartcity.consortium.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Gives each user of the database, Spring Data above all, one whose commands end by the deadline of the request that it serves. */
record RequestDatabases(MongoDatabaseFactory databases) implements MongoDatabaseFactory {

    @Override
    public MongoDatabase getMongoDatabase() {
        return CommandTimeouts.bound(databases.getMongoDatabase());
    }

    @Override
    public MongoDatabase getMongoDatabase(String name) {
        return CommandTimeouts.bound(databases.getMongoDatabase(name));
    }

    @Override
    public PersistenceExceptionTranslator getExceptionTranslator() {
        return databases.getExceptionTranslator();
    }

    @Override
    public ClientSession getSession(ClientSessionOptions options) {
        return databases.getSession(options);
    }

    @Override
    public MongoDatabaseFactory withSession(ClientSession session) {
        return new RequestDatabases(databases.withSession(session));
    }

    @Override
    public boolean isTransactionActive() {
        return databases.isTransactionActive();
    }
}
