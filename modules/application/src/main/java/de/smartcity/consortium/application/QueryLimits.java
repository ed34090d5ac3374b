package de.smartcity.consortium.application;

import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Refuses a document that asks too deep or too much, before any of it is answered. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class QueryLimits {

    @Bean
    MaxQueryDepthInstrumentation depthLimit(Limits limits) {
        return new MaxQueryDepthInstrumentation(limits.depth());
    }

    @Bean
    MaxQueryComplexityInstrumentation fieldLimit(Limits limits) {
        return new MaxQueryComplexityInstrumentation(limits.fields());
    }
}
