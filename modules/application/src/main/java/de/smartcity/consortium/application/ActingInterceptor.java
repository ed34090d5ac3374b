package de.smartcity.consortium.application;

import de.smartcity.consortium.graphql.ActorOfRequest;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.graphql.WantedLocales;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.keycloak.Actors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts the request's actor, wanted languages and idempotency key into the GraphQL context. */
@Component
class ActingInterceptor implements WebGraphQlInterceptor {

    private final Actors actors;

    ActingInterceptor(Actors actors) {
        this.actors = actors;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var actingOrganisation = Actors.named(request.getHeaders().getOrDefault(Actors.ACTING_ORGANISATION, List.of()));
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        ActorOfRequest actor = () -> actors.of(authentication, actingOrganisation);
        var locales = WantedLocales.of(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
        var key = new IdempotencyKey(request.getHeaders().getOrDefault(IdempotencyKey.HEADER, List.of()));
        var context = Map.of(
                Actor.class,
                actor.now(),
                ActorOfRequest.class,
                actor,
                WantedLocales.class,
                locales,
                IdempotencyKey.class,
                key);
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(context)
                // The engine has no English bundle: with ENGLISH, its messages are in the language of the machine.
                .locale(Locale.ROOT)
                .build());
        return chain.next(request);
    }
}
