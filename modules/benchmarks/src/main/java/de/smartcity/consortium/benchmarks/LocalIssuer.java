package de.smartcity.consortium.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Issues access tokens like Keycloak's, and serves the key to verify them. */
final class LocalIssuer implements AutoCloseable {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final KeyPair keys;
    private final HttpServer server;

    LocalIssuer() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
        var key = (RSAPublicKey) keys.getPublic();
        var published = JSON.writeValueAsBytes(Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "alg",
                        "RS256",
                        "kid",
                        "benchmark",
                        "n",
                        number(key.getModulus()),
                        "e",
                        number(key.getPublicExponent())))));
        server.createContext("/realms/consortium/protocol/openid-connect/certs", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, published.length);
                exchange.getResponseBody().write(published);
            }
        });
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/consortium";
    }

    /** The token of a viewer of the organisation with this alias. */
    String member(String alias, String organisation) {
        return token(
                "viewer-of-" + alias,
                Map.of(
                        "organization",
                        Map.of(
                                alias,
                                Map.of(
                                        "id",
                                        organisation,
                                        "groups",
                                        List.of("/viewers"),
                                        "resource_access",
                                        Map.of("consortium-api", Map.of("roles", List.of("viewer")))))));
    }

    String office() {
        return token("office", Map.of("realm_access", Map.of("roles", List.of("consortium-admin"))));
    }

    private String token(String account, Map<String, Object> rights) {
        var now = Instant.now();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("exp", now.plus(TOKEN_LIFETIME).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("jti", "onrtcc:7f9ed0ba-5a0c-4a2f-9a40-5e8a1f6b1f4e");
        claims.put("iss", issuer());
        claims.put("aud", "consortium-api");
        claims.put("sub", account);
        claims.put("typ", "Bearer");
        claims.put("azp", "consortium-portal");
        claims.put("sid", "1c2f7d2c-63c0-4b0f-8a4e-5d0c4f7a9f0e");
        claims.put("acr", "1");
        claims.put("scope", "openid profile email organization:*");
        claims.put("preferred_username", account);
        claims.put("email", account + "@benchmark.example");
        claims.put("email_verified", true);
        claims.putAll(rights);
        var signed = part(Map.of("alg", "RS256", "typ", "JWT", "kid", "benchmark")) + "." + part(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String part(Map<String, Object> json) {
        return encoded(JSON.writeValueAsBytes(json));
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        // BigInteger adds a zero byte for the sign, which JWK does not allow.
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
