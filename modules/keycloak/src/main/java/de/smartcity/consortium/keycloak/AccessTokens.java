package de.smartcity.consortium.keycloak;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.ES384;
import static com.nimbusds.jose.JWSAlgorithm.ES512;
import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.PS384;
import static com.nimbusds.jose.JWSAlgorithm.PS512;
import static com.nimbusds.jose.JWSAlgorithm.RS256;
import static com.nimbusds.jose.JWSAlgorithm.RS384;
import static com.nimbusds.jose.JWSAlgorithm.RS512;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Verifies bearer tokens as access tokens of the realm and caches the result. Its messages reach the client, so they name the problem and no
 * internals. Throws {@link InvalidBearerTokenException} for a token that is not accepted, and {@link AuthenticationServiceException} if
 * Keycloak's keys are needed but not available.
 */
final class AccessTokens implements AuthenticationManager {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512);

    /** By how much the clocks of Keycloak and this node may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    private static final int MAX_CACHED_TOKENS = 10_000;

    private final String issuer;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> signatures;
    private final Cache<String, Account> verified;

    AccessTokens(URI issuer, Clock clock) {
        this.issuer = issuer.toString();
        this.clock = clock;
        this.signatures = new DefaultJWTProcessor<>();
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new RealmKeys(issuer, clock)));
        // Claims are checked before the signature, by check(…).
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
        this.verified = Caffeine.newBuilder()
                .maximumSize(MAX_CACHED_TOKENS)
                .expireAfter(Expiry.<String, Account>creating((token, account) ->
                        Duration.between(clock.instant(), account.expiry().plus(MAX_CLOCK_SKEW))))
                .build();
    }

    @Override
    public AccountAuthentication authenticate(Authentication request) {
        var token = ((BearerTokenAuthenticationToken) request).getToken();
        var known = verified.getIfPresent(token);
        if (known != null) {
            checkNotExpired(known.expiry());
            return new AccountAuthentication(known);
        }
        var account = verify(token);
        verified.put(token, account);
        return new AccountAuthentication(account);
    }

    /** Checks the claims before the signature: this gives better reasons and needs no keys. */
    private Account verify(String token) {
        var jwt = parse(token);
        if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
            throw refused("The access token is signed with an algorithm that is not accepted.");
        }
        try {
            check(jwt.getJWTClaimsSet());
            return Account.of(signatures.process(jwt, null));
        } catch (ParseException e) {
            throw refused("The access token's claims are malformed.");
        } catch (KeySourceException e) {
            throw new AuthenticationServiceException(
                    "The access token cannot be checked now: Keycloak's keys are not available. Try again.", e);
        } catch (BadJOSEException | JOSEException e) {
            throw refused("The access token's signature is not one of the issuer's.");
        }
    }

    private static SignedJWT parse(String token) {
        try {
            if (JWTParser.parse(token) instanceof SignedJWT signed) {
                return signed;
            }
        } catch (ParseException | RuntimeException e) {
            // The parser throws various runtime exceptions for malformed headers, such as null.
            throw refused("The access token is not a JWT.");
        }
        throw refused("The access token is not signed.");
    }

    private void check(@Nullable JWTClaimsSet claims) throws ParseException {
        if (claims == null) {
            throw refused("The access token has no claims.");
        }
        if (!issuer.equals(claims.getIssuer())) {
            throw refused("The access token was issued by another issuer than " + issuer + ".");
        }
        if (!"Bearer".equals(claims.getClaim("typ"))) {
            throw refused("The token is not an access token: its typ claim is not Bearer.");
        }
        if (!claims.getAudience().contains(Account.API)) {
            throw refused("The access token is for another audience than " + Account.API + ".");
        }
        if (claims.getExpirationTime() == null) {
            throw refused("The access token has no expiry.");
        }
        checkNotExpired(claims.getExpirationTime().toInstant());
        if (startsLater(claims.getNotBeforeTime())) {
            throw refused("The access token is not valid yet.");
        }
        if (claims.getSubject() == null || claims.getSubject().isBlank()) {
            throw refused("The access token names no account: it has no sub claim.");
        }
        if (claims.getClaim("cnf") != null) {
            throw refused("The access token is bound to a key, which this service does not support.");
        }
    }

    private void checkNotExpired(Instant expiry) {
        if (!clock.instant().isBefore(expiry.plus(MAX_CLOCK_SKEW))) {
            throw refused("The access token has expired.");
        }
    }

    private boolean startsLater(@Nullable Date notBefore) {
        return notBefore != null && clock.instant().plus(MAX_CLOCK_SKEW).isBefore(notBefore.toInstant());
    }

    private static InvalidBearerTokenException refused(String message) {
        return new InvalidBearerTokenException(message);
    }
}
