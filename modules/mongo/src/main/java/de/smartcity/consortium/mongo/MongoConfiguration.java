package de.smartcity.consortium.mongo;

import com.mongodb.MongoClientSettings;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PhoneNumber;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.Website;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/** Stores values the same way through Spring Data and through the driver, creates indexes and provides leases. */
@Configuration(proxyBeanMethods = false)
class MongoConfiguration {

    @Bean
    static StoredValues kernelValues() {
        return new StoredValues(List.of(
                PartnerId.class,
                AccountId.class,
                OrganisationId.class,
                PartnerAlias.class,
                EmailAddress.class,
                PhoneNumber.class,
                Website.class));
    }

    @Bean
    static MongoCustomConversions mongoCustomConversions(List<StoredValues> declared) {
        var converters = new ArrayList<Object>();
        values(declared).forEach(value -> {
            converters.add(new SingleValueConverter.Writing(value));
            converters.add(new SingleValueConverter.Reading(value));
        });
        converters.add(DateWriting.INSTANCE);
        converters.add(DateReading.INSTANCE);
        converters.add(PrefixReading.INSTANCE);
        return new MongoCustomConversions(converters);
    }

    @Bean
    MongoClientSettingsBuilderCustomizer standardUuids() {
        return settings -> settings.uuidRepresentation(UuidRepresentation.STANDARD);
    }

    /** Before Boot's customizer, so that what the URI says wins. */
    @Bean
    @Order(-1)
    MongoClientSettingsBuilderCustomizer timeouts() {
        var heartbeat = CommandTimeouts.HEARTBEAT.toMillis();
        return settings -> settings.timeout(CommandTimeouts.BACKGROUND.toMillis(), TimeUnit.MILLISECONDS)
                .applyToSocketSettings(
                        sockets -> sockets.connectTimeout(Math.toIntExact(heartbeat), TimeUnit.MILLISECONDS))
                .applyToServerSettings(servers -> servers.heartbeatFrequency(heartbeat, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxConnecting(CommandTimeouts.MAX_CONNECTING));
    }

    /** Boot's factory is replaced here, since it does not create the client for a factory that an application declares. */
    @Bean
    static BeanPostProcessor databasesOfRequests() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof MongoDatabaseFactory databases ? new RequestDatabases(databases) : bean;
            }
        };
    }

    @Bean
    RecordCollections recordCollections(MongoDatabaseFactory databases, List<StoredValues> declared) {
        return new RecordCollections(
                databases,
                CodecRegistries.withUuidRepresentation(
                        CodecRegistries.fromRegistries(
                                CodecRegistries.fromProviders(new ValueCodecs(values(declared))),
                                MongoClientSettings.getDefaultCodecRegistry()),
                        UuidRepresentation.STANDARD));
    }

    /** After the runner, which refuses data of a newer version before any of its indexes is changed. */
    @Bean
    @DependsOn("migrationRunner")
    IndexCreation indexCreation(MongoDatabaseFactory databases, ObjectProvider<CollectionIndexes> declared) {
        return new IndexCreation(databases, declared.stream().toList());
    }

    @Bean
    Leases leases(MongoDatabaseFactory databases, ObjectProvider<Clock> clock) {
        return new Leases(
                databases,
                clock.getIfAvailable(Clock::systemUTC),
                ManagementFactory.getRuntimeMXBean().getName());
    }

    /** For changes that load the aggregate again after a concurrent save. The retries suffice for as many concurrent writers of one aggregate; none begins after the deadline. */
    @Bean
    RetryTemplate staleWrites() {
        var retries = new RetryTemplate(RetryPolicy.builder()
                .includes(OptimisticLockingFailureException.class)
                .maxRetries(100)
                .delay(Duration.ZERO)
                .build());
        retries.setRetryListener(new RetryListener() {
            @Override
            public void beforeRetry(RetryPolicy policy, Retryable<?> change, RetryState state) {
                Deadline.beginWork();
            }
        });
        return retries;
    }

    private static List<SingleValue> values(List<StoredValues> declared) {
        return declared.stream()
                .flatMap(values -> values.types().stream())
                .map(SingleValue::new)
                .toList();
    }

    /** As text, because a BSON date is an instant and would be another day in another time zone; the text sorts the same. */
    @WritingConverter
    enum DateWriting implements Converter<LocalDate, String> {
        INSTANCE;

        @Override
        public String convert(LocalDate date) {
            return date.toString();
        }
    }

    @ReadingConverter
    enum DateReading implements Converter<String, LocalDate> {
        INSTANCE;

        @Override
        public LocalDate convert(String text) {
            return LocalDate.parse(text);
        }
    }

    /** Earlier versions stored prefixes without entries. They find nothing any more, but must not keep an aggregate from being loaded and saved anew. */
    @ReadingConverter
    enum PrefixReading implements Converter<String, SearchEntry> {
        INSTANCE;

        @Override
        public SearchEntry convert(String prefix) {
            return new SearchEntry(List.of(), Set.of(prefix));
        }
    }
}
