package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Issues tokens for tests, including some that Keycloak never would, and serves the keys to verify them. */
final class LocalIssuer implements AutoCloseable {

    /** Shared, because generating a key is slow. */
    static final RSAKey KEY = newKey("known");

    static final ECKey CURVE_KEY = newCurveKey();

    final AtomicInteger keyRequests = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile HttpHandler keys = exchange -> {};
    private volatile HttpHandler userinfo = exchange -> {};

    LocalIssuer() {
        this(0);
    }

    /** One that comes back: at the port of an earlier one. */
    LocalIssuer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publish(KEY, CURVE_KEY);
        server.setExecutor(threads);
        server.createContext("/realms/consortium/protocol/openid-connect/certs", exchange -> {
            try (exchange) {
                keyRequests.incrementAndGet();
                keys.handle(exchange);
            }
        });
        server.createContext("/realms/consortium/protocol/openid-connect/userinfo", exchange -> {
            try (exchange) {
                userinfo.handle(exchange);
            }
        });
        server.start();
    }

    /** From now on this is the answer to questions about an account. */
    void stateOfAccounts(int status, String body) {
        userinfo = answer(status, body);
    }

    private static HttpHandler answer(int status, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** From now on these are the realm's keys. */
    void publish(JWK... all) {
        answerWith(new JWKSet(List.of(all)).toString());
    }

    /** From now on this is the answer to requests for the keys. */
    void answerWith(String body) {
        keys = answer(200, body);
    }

    /** From now on requests are accepted and never answered. */
    void hang() {
        keys = exchange -> pause(Duration.ofHours(1));
        userinfo = keys;
    }

    /** From now on requests are answered with a byte each tenth of a second, without end. */
    void trickle() {
        keys = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause(Duration.ofMillis(100));
            }
        };
        userinfo = keys;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
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
        return URI.create("http://127.0.0.1:" + port() + "/realms/consortium");
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

    /** A token that this key signed, under this id. */
    String token(Instant issued, String keyId, RSAKey key) {
        try {
            return sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
                    claims(issued, claims -> {}),
                    new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
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
        threads.shutdownNow();
    }
}
