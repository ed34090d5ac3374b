package de.smartcity.consortium.keycloak;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code consortium}.
 *
 * @param issuer the realm's issuer, exactly as in its tokens, such as {@code https://id.example.org/realms/consortium}; required
 * @param allowedOrigins the origins of web pages that may call this service from a browser; none by default
 */
@ConfigurationProperties("consortium")
record KeycloakSettings(
        @DefaultValue("") URI issuer, @DefaultValue List<String> allowedOrigins) {

    KeycloakSettings {
        if (!issuer.isAbsolute()) {
            throw new IllegalArgumentException(
                    "Set consortium.issuer to the realm's issuer, such as https://id.example.org/realms/consortium");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
