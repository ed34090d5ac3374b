package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Issues tokens for tests, including some that Keycloak never would, and serves the keys to verify them. */
final class LocalIssuer implements AutoCloseable {

    /** Shared, because generating a key is slow. */
    static final RSAKey KEY = newKey();

    static final ECKey CURVE_KEY = newCurveKey();

    final AtomicInteger keyRequests = new AtomicInteger();
    private final HttpServer server;

    LocalIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var keys = new JWKSet(List.of(KEY.toPublicJWK(), CURVE_KEY.toPublicJWK()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/realms/consortium/protocol/openid-connect/certs", exchange -> {
            try (exchange) {
                keyRequests.incrementAndGet();
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("known").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey newCurveKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("known curve").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realms/consortium");
    }

    /** The claims of a valid access token, with this change. */
    JWTClaimsSet claims(Instant issued, Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("7c5f3b1e")
                .audience("consortium-api")
                .claim("typ", "Bearer")
                .claim("azp", "consortium-portal")
                .claim("scope", "openid organization:*")
                .claim("organization", Map.of("ude", Map.of("id", "8c96")))
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    String token(Instant issued, Consumer<JWTClaimsSet.Builder> change) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("known").build(), claims(issued, change), signer());
    }

    JWSSigner signer() {
        try {
            return new RSASSASigner(KEY);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
