package de.smartcity.consortium.keycloak;

import de.smartcity.consortium.kernel.AccountNames;
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
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** The security chain: it verifies access tokens; what a request may do depends on its Actor. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(KeycloakSettings.class)
class KeycloakSecurity {

    private static final String BEARER = "Bearer ";

    @Bean
    AuthenticationManager accessTokens(KeycloakSettings settings, Clock clock) {
        return new AccessTokens(settings.issuer(), clock);
    }

    @Bean
    AccountNames accountNames(KeycloakSettings settings) {
        return new UserinfoNames(settings.issuer());
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
        var errorResponses = new GraphQlErrorResponses();
        var bearer = new BearerTokenAuthenticationFilter(accessTokens, KeycloakSecurity::bearer);
        bearer.setAuthenticationEntryPoint(errorResponses);
        bearer.setAuthenticationFailureHandler(errorResponses);
        return http.authorizeHttpRequests(requests -> requests
                        // The original request was authorized; without this, its error would be answered with 403, and
                        // one
                        // that comes after the answer would be logged as a failure.
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.INCLUDE)
                        .permitAll()
                        .requestMatchers(graphQl, "/files", "/files/*", "/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .addFilterBefore(bearer, AnonymousAuthenticationFilter.class)
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(errorResponses).accessDeniedHandler(errorResponses))
                .cors(cors -> cors.configurationSource(cors(settings.allowedOrigins())))
                // Browsers do not send the token by themselves, unlike cookies, so there is no CSRF.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        // Responses are data: opened as a page, they must not run scripts or be framed.
                        .contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** Spring's pattern takes most of the time for a cached token. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(KeycloakSecurity::isHeaderValue);
        return firewall;
    }

    /** Accepts what Spring's pattern accepts: assigned characters, of which only a tab is a control character. */
    static boolean isHeaderValue(String value) {
        return value.codePoints()
                .allMatch(character ->
                        Character.isDefined(character) && (!Character.isISOControl(character) || character == '\t'));
    }

    /**
     * Replaces Spring's resolver, whose pattern takes long, too; the parser refuses malformed tokens. A header without
     * a usable token is refused too: the caller would take the public view for its own.
     */
    private static @Nullable Authentication bearer(HttpServletRequest request) {
        var headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
        if (!headers.hasMoreElements()) {
            return null;
        }
        var header = headers.nextElement();
        var token = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
        if (token.isEmpty() || headers.hasMoreElements()) {
            throw new OAuth2AuthenticationException(
                    BearerTokenErrors.invalidToken("Send one header Authorization, with Bearer and the access token."));
        }
        return new BearerTokenAuthenticationToken(token);
    }

    private static CorsConfigurationSource cors(List<String> allowedOrigins) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(allowedOrigins);
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.CONTENT_DISPOSITION,
                HttpHeaders.IF_NONE_MATCH,
                HttpHeaders.RANGE,
                Actors.ACTING_ORGANISATION,
                "Idempotency-Key"));
        cors.setExposedHeaders(List.of(
                HttpHeaders.WWW_AUTHENTICATE,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.CONTENT_DISPOSITION,
                HttpHeaders.CONTENT_RANGE,
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION));
        cors.setMaxAge(Duration.ofHours(1));
        return request -> cors;
    }
}
