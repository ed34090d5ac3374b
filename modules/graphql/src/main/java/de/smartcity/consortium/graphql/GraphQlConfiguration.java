package de.smartcity.consortium.graphql;

import java.util.List;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.ClassNameTypeResolver;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.util.function.SingletonSupplier;

/** Puts the mechanisms that all capabilities share into Spring for GraphQL. */
@Configuration(proxyBeanMethods = false)
class GraphQlConfiguration {

    @Bean
    Pages pages(@Value("${consortium.cursor-key:}") String key) {
        if (key.isBlank()) {
            LoggerFactory.getLogger(Pages.class)
                    .warn("consortium.cursor-key is not set: cursors are good for this process only");
        }
        return new Pages(new Cursors(key.isBlank() ? UUID.randomUUID().toString() : key));
    }

    @Bean
    DataFetcherExceptionResolver errors() {
        return new ErrorMapping();
    }

    @Bean
    HandlerMethodArgumentResolver consortiumArguments() {
        return new Arguments();
    }

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring -> wiring.scalar(IsoScalar.dateTime()).scalar(IsoScalar.date());
    }

    @Bean
    GraphQlSourceBuilderCustomizer wiring(
            ObjectProvider<Reference<?, ?, ?>> references,
            ObjectProvider<DefaultLocale> defaultLocale,
            @Value("${consortium.limits.depth:15}") int deepest,
            @Value("${consortium.limits.fields:1000}") int mostFields) {
        // Looked up once, at the first text that is shown; by then all capabilities are there.
        var locale = SingletonSupplier.of(() -> defaultLocale.getIfAvailable(() -> () -> "en"));
        // A type's view is called as the type, and View.
        var types = new ClassNameTypeResolver();
        types.setClassNameExtractor(view -> view.getSimpleName().replaceFirst("View$", ""));
        return builder -> builder.defaultTypeResolver(types)
                .typeVisitors(List.of(new Wiring(
                        new References(references.stream().toList()),
                        () -> locale.obtain().tag())))
                .configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(new Documents(deepest, mostFields))
                        // Set here rather than declared, since what Spring collects is called through a chain, several
                        // times a field.
                        .instrumentation(new CodedErrors()));
    }

    /**
     * A request has a virtual thread of its own: its controllers run on that one. A further thread for each method would
     * only add a hand-over.
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
