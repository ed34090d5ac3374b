package de.smartcity.consortium.application;

import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.filter.RequestContextFilter;
import tools.jackson.databind.json.JsonMapper;

/** Replaces those parts of Spring's web layer that hostile requests make fail. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    GraphQlHttpHandler graphQlHttpHandler(WebGraphQlHandler handler, JsonMapper mapper) {
        return new GraphQlHttpHandler(handler, new RequestReading(mapper));
    }

    /** Not used, and it lets Tomcat parse Accept-Language, which fails on some values. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    /** Spring fails on the body {@code null}. */
    private static final class RequestReading extends JacksonJsonHttpMessageConverter {

        RequestReading(JsonMapper mapper) {
            super(mapper);
        }

        @Override
        protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
            Object body = super.readInternal(type, message);
            if (body == null) {
                throw new HttpMessageNotReadableException("The body is null", message);
            }
            return body;
        }
    }
}
