package de.smartcity.consortium.graphql;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

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
    ErrorMapping errorMapping() {
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
            ObjectProvider<Reference<?, ?, ?>> references, ObjectProvider<DefaultLocale> defaultLocale) {
        Supplier<String> locale = () -> {
            var known = defaultLocale.getIfAvailable();
            return known == null ? "en" : known.tag();
        };
        // A type's view is called as the type, and View.
        var types = new ClassNameTypeResolver();
        types.setClassNameExtractor(view -> view.getSimpleName().replaceFirst("View$", ""));
        return builder -> builder.defaultTypeResolver(types)
                .typeVisitors(
                        List.of(new Wiring(new References(references.stream().toList()), locale)));
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
