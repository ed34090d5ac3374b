package de.smartcity.consortium.keycloak;

import de.smartcity.consortium.kernel.PartnerDirectory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** The security chain: a request has a valid access token or none, and what it may do is asked of its Actor. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(KeycloakSettings.class)
class KeycloakSecurity {

    private static final String BEARER = "Bearer";

    /** Verifies bearer tokens, over HTTP and WebSocket alike. */
    @Bean
    AuthenticationManager accessTokens(KeycloakSettings settings, Clock clock) {
        return new AccessTokens(settings.issuer(), clock);
    }

    @Bean
    Actors actors(PartnerDirectory directory) {
        return new Actors(directory);
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            AuthenticationManager accessTokens,
            KeycloakSettings settings,
            @Value("${spring.graphql.http.path:/graphql}") String graphQl) {
        var refusals = new GraphQlRefusals();
        var bearer = new BearerTokenAuthenticationFilter(accessTokens, KeycloakSecurity::bearer);
        bearer.setAuthenticationEntryPoint(refusals);
        bearer.setAuthenticationFailureHandler(refusals);
        return http.authorizeHttpRequests(requests -> requests
                        // What went wrong has been let in before, and is told as what it is, not as a refusal.
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(graphQl, "/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .addFilterBefore(bearer, AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .cors(cors -> cors.configurationSource(cors(settings.allowedOrigins())))
                // A browser never adds the token by itself, as it does with a cookie, so no other site can ride on it.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        // Answers are data: whoever shows one as a page gets nothing to run, and in no frame.
                        .contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** Without Spring's pattern, which costs more than all else about a token that is known already: what is no token is refused by its parser. */
    private static @Nullable Authentication bearer(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        var token = header.substring(BEARER.length()).strip();
        if (token.isEmpty()) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("The access token is missing."));
        }
        return new BearerTokenAuthenticationToken(token);
    }

    private static CorsConfigurationSource cors(List<String> allowedOrigins) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(allowedOrigins);
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(
                List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, Actors.ACTING_ORGANISATION));
        cors.setExposedHeaders(List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER));
        cors.setMaxAge(Duration.ofHours(1));
        return request -> cors;
    }
}
