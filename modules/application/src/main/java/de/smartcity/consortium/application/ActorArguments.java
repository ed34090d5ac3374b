package de.smartcity.consortium.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.keycloak.Actors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Supplies the {@link Actor} of a request to controllers beside GraphQL. */
@Component
class ActorArguments implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final Actors actors;

    ActorArguments(Actors actors) {
        this.actors = actors;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Actor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var named = Objects.requireNonNullElse(request.getHeaderValues(Actors.ACTING_ORGANISATION), new String[0]);
        return actors.of(SecurityContextHolder.getContext().getAuthentication(), Actors.named(Arrays.asList(named)));
    }
}
