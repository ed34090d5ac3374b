package de.smartcity.consortium.mongo;

import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** Collects the migrations of all capabilities and applies them. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    SchemaHistory schemaHistory(MongoDatabaseFactory databases, ObjectProvider<Migration> migrations) {
        return new SchemaHistory(databases, migrations.stream().toList());
    }

    @Bean
    MigrationProgress migrationProgress(SchemaHistory history) {
        return new MigrationProgress(history.count());
    }

    @Bean
    MigrationRunner migrationRunner(
            MongoDatabaseFactory databases,
            SchemaHistory history,
            Leases leases,
            ObjectProvider<Clock> clock,
            MongoConverter converter,
            BeanFactory beans,
            MigrationProgress progress) {
        return new MigrationRunner(
                databases,
                history,
                leases,
                clock.getIfAvailable(Clock::systemUTC),
                new Resaving(converter, EntityCallbacks.create(beans)),
                progress);
    }
}
