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
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** A verifier takes no instructions from what it verifies: others say how to verify or where the key is (crit, b64, jwk, jku, x5c, …). */
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    /** By how much the clocks of Keycloak and this node may differ. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    /** A token that lives longer is verified again, so that a key that Keycloak withdrew is not accepted any more. */
    private static final Duration MAX_CACHED = Duration.ofMinutes(5);

    private static final long MAX_CACHED_BYTES = 32L * 1024 * 1024;

    private final String issuer;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> signatures;

    /** By what the signature is over: an ECDSA signature has a second form, which anybody can compute. */
    private final Cache<String, Verified> verified;

    private record Verified(String signature, Account account) {

        int bytes(String content) {
            return content.length() + signature.length() + account.bytes();
        }
    }

    AccessTokens(URI issuer, Clock clock) {
        this(issuer, clock, MAX_CACHED_BYTES);
    }

    AccessTokens(URI issuer, Clock clock, long maxCachedBytes) {
        this.issuer = issuer.toString();
        this.clock = clock;
        this.signatures = new DefaultJWTProcessor<>();
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new RealmKeys(issuer, clock)));
        // Claims are checked before the signature, by check(…).
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
        this.verified = Caffeine.newBuilder()
                .maximumWeight(maxCachedBytes)
                .<String, Verified>weigher((content, token) -> token.bytes(content))
                .expireAfter(Expiry.<String, Verified>creating((content, token) -> timeInCache(token.account())))
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .build();
    }

    private Duration timeInCache(Account account) {
        var left = Duration.between(clock.instant(), account.expiry().plus(MAX_CLOCK_SKEW));
        return left.compareTo(MAX_CACHED) < 0 ? left : MAX_CACHED;
    }

    @Override
    public AccountAuthentication authenticate(Authentication request) {
        var text = ((BearerTokenAuthenticationToken) request).getToken();
        if (text.length() > SignedToken.MAX_LENGTH) {
            throw refused("The access token is longer than " + SignedToken.MAX_LENGTH + " characters.");
        }
        var token = SignedToken.of(text);
        var known = verified.getIfPresent(token.content());
        if (known != null && known.signature().equals(token.signature())) {
            checkNotExpired(known.account().expiry());
            return new AccountAuthentication(known.account(), text);
        }
        var account = verify(text);
        verified.put(token.content(), new Verified(token.signature(), account));
        return new AccountAuthentication(account, text);
    }

    /** Checks the claims before the signature: this gives better reasons and needs no keys. */
    private Account verify(String token) {
        var jwt = parse(token);
        check(jwt.getHeader());
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
        if (!SignedToken.isCanonical(token)) {
            throw refused("The access token is not a signed JWT: three parts in base64url without padding.");
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            // The parser throws various runtime exceptions for malformed headers, such as null.
            throw refused("The access token is not a signed JWT: its header is malformed.");
        }
    }

    private static void check(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused("The access token is signed with an algorithm that is not accepted.");
        }
        if (!HEADER.containsAll(header.getIncludedParams())) {
            throw refused("The access token's header has more than alg, kid and typ.");
        }
        if (header.getKeyID() == null) {
            throw refused("The access token does not name its key: its header has no kid.");
        }
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
        if (!Account.isId(claims.getSubject())) {
            throw refused("The access token names no account: its sub claim is absent or malformed.");
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
