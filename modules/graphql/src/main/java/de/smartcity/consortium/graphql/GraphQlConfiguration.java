package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Translation;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.util.function.SingletonSupplier;

/** Configures Spring for GraphQL for all capabilities. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphQlLimits.class)
class GraphQlConfiguration {

    /** @param keys the newest first; older ones only read cursors */
    @Bean
    Pages pages(@Value("${consortium.cursor-keys:}") List<String> keys) {
        if (keys.isEmpty()) {
            LoggerFactory.getLogger(Pages.class)
                    .warn("consortium.cursor-keys is not set: cursors are good for this process only");
        }
        return new Pages(new Cursors(keys.isEmpty() ? List.of(UUID.randomUUID().toString()) : keys));
    }

    @Bean
    Nodes nodes(ObjectProvider<NodeSource<?>> sources) {
        return new Nodes(sources.stream());
    }

    @Bean
    Tasks tasks(ObjectProvider<TaskSource> sources, Nodes nodes, Pages pages) {
        return new Tasks(sources.stream().toList(), nodes, pages);
    }

    @Bean
    DataFetcherExceptionResolver errors() {
        return new ErrorMapping();
    }

    @Bean
    HandlerMethodArgumentResolver consortiumArguments(ObjectProvider<Clock> clock) {
        return new Arguments(clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring -> wiring.scalar(IsoScalar.dateTime()).scalar(IsoScalar.date());
    }

    @Bean
    RecordTypes sharedRecords() {
        return RecordTypes.of(Translation.class, UserError.class);
    }

    @Bean
    GraphQlSourceBuilderCustomizer wiring(
            ObjectProvider<TypeTable<?>> tables,
            ObjectProvider<RecordTypes> records,
            ObjectProvider<Reference<?, ?>> references,
            ObjectProvider<DefaultLocale> defaultLocale,
            ObjectProvider<GraphQlSource> source,
            GraphQlLimits limits,
            @Value("${consortium.strict-look-ahead:false}") boolean strict) {
        // Looked up at the first text, when the beans of all capabilities exist.
        var locale = SingletonSupplier.of(() -> defaultLocale.getIfAvailable(() -> () -> "en"));
        return builder -> {
            var known = new TypeTables(
                    Stream.concat(tables.stream(), records.stream().flatMap(types -> types.tables().stream()))
                            .toList());
            var wiring = new Wiring(known, references.stream().toList(), new Texts(locale::obtain), strict);
            builder.defaultTypeResolver(
                            environment -> environment.getSchema().getObjectType(known.typeOf(environment.getObject())))
                    .typeVisitors(List.of(wiring))
                    .configureGraphQl(graphQl -> {
                        wiring.demandComplete();
                        graphQl.preparsedDocumentProvider(new QueryLimits(
                                        () -> source.getObject().schema(),
                                        new DocumentBounds(limits.depth(), limits.fields()),
                                        limits.cost()))
                                // Set here and not declared as a bean, since Spring calls beans through a chain,
                                // several times for each field.
                                .instrumentation(new AnswerCompletion(
                                        limits.cost(), limits.answerSize().toBytes()));
                    });
        };
    }

    /**
     * A request has its own virtual thread, on which its controllers run. Another thread for each method would
     * only add a context switch.
     */
    @Bean
    static BeanPostProcessor controllersOnTheRequestsThread() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AnnotatedControllerConfigurer configurer) {
                    configurer.setBlockingMethodPredicate(method -> false);
                }
                return bean;
            }
        };
    }
}
