package de.smartcity.consortium.application;

import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.ErrorResponse;
import de.smartcity.consortium.mongo.DatabaseOutage;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Binds the deadline of a request, from what the other interceptors look up on, and answers 503 if that cannot be looked up. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestDeadline implements WebGraphQlInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDeadline.class);

    /** The request's attribute with its {@link Deadline}, which begins before authentication. */
    static final String ATTRIBUTE = Deadline.class.getName();

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var answer = Mono.defer(() -> chain.next(request))
                .onErrorMap(
                        failed -> failed instanceof DeadlineExceeded || DatabaseOutage.isBehind(failed),
                        failed -> unavailable(request, failed));
        // The request is executed on this thread while the answer is subscribed to.
        var deadline = (Deadline) Objects.requireNonNull(request.getAttributes().get(ATTRIBUTE));
        return Mono.from(subscriber -> deadline.run(() -> answer.subscribe(subscriber)));
    }

    private static ResponseStatusException unavailable(WebGraphQlRequest request, Throwable failed) {
        LOG.warn("Request {} is answered with 503: {}", request.getId(), failed.toString());
        return new Unavailable();
    }

    private static final class Unavailable extends ResponseStatusException {

        private static final long serialVersionUID = 1L;

        Unavailable() {
            super(HttpStatus.SERVICE_UNAVAILABLE);
        }

        @Override
        public HttpHeaders getHeaders() {
            var headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, ErrorResponse.RETRY_AFTER_SECONDS);
            return headers;
        }
    }
}
