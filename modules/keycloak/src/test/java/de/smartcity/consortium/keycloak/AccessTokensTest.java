package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class AccessTokensTest {

    private static final RSAKey STRANGER = strangersKey();

    private final LocalIssuer realm = new LocalIssuer();
    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final AccessTokens tokens = new AccessTokens(realm.issuer(), clock);

    @AfterEach
    void stopTheIssuer() {
        realm.close();
    }

    @Test
    void aValidTokenIsAccepted() {
        var account = authenticate(validToken()).getPrincipal();

        assertThat(account.id().value()).isEqualTo("7c5f3b1e");
        assertThat(account.memberships()).extracting(Account.Membership::alias).containsExactly("ude");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "PS256"})
    void everyRsaSignatureIsAccepted(String algorithm) {
        var token = LocalIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                        .keyID("known")
                        .build(),
                realm.claims(clock.instant(), claims -> {}),
                realm.signer());

        assertThat(authenticate(token).isAuthenticated()).isTrue();
    }

    @Test
    void anEllipticCurveSignatureIsAccepted() throws JOSEException {
        var token = LocalIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("known curve").build(),
                realm.claims(clock.instant(), claims -> {}),
                new ECDSASigner(LocalIssuer.CURVE_KEY));

        assertThat(authenticate(token).isAuthenticated()).isTrue();
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertRefused(new PlainJWT(realm.claims(clock.instant(), claims -> {})).serialize())
                .contains("not signed");
    }

    @Test
    void aTokenWithoutItsSignatureIsRefused() {
        var token = validToken();

        assertRefused(token.substring(0, token.lastIndexOf('.') + 1));
    }

    /** The known attack: the public key used as the secret of an HMAC. */
    @Test
    void aTokenSignedWithThePublicKeyAsSecretIsRefused() throws JOSEException {
        var token = LocalIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("known").build(),
                realm.claims(clock.instant(), claims -> {}),
                new MACSigner(LocalIssuer.KEY.toRSAPublicKey().getEncoded()));

        assertRefused(token).contains("algorithm");
    }

    @Test
    void aTokenOfAnotherKeyWithAKnownKeyIdIsRefused() throws JOSEException {
        assertRefused(signedByStranger("known")).contains("signature");
    }

    @Test
    void anAlteredTokenIsRefused() {
        var parts = validToken().split("\\.");
        var office = realm.claims(
                clock.instant(), claims -> claims.claim("realm_access", Map.of("roles", List.of("consortium-admin"))));
        var payload = new PlainJWT(office).serialize().split("\\.")[1];

        assertRefused(parts[0] + "." + payload + "." + parts[2]).contains("signature");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertRefused(token(claims -> claims.issuer("https://id.example.org/realms/other")))
                .contains("another issuer");
        assertRefused(token(claims -> claims.issuer(null))).contains("another issuer");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertRefused(token(claims -> claims.audience("account"))).contains("audience");
        assertRefused(token(claims -> claims.audience((String) null))).contains("audience");
    }

    @Test
    void aTokenWithAnotherAudienceBesideIsAccepted() {
        assertThat(authenticate(token(claims -> claims.audience(List.of("account", "consortium-api"))))
                        .isAuthenticated())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "DPoP", "Logout"})
    void aTokenOfAnotherTypeIsRefused(String type) {
        assertRefused(token(claims -> claims.claim("typ", type))).contains("not an access token");
    }

    @Test
    void aTokenThatIsBoundToAKeyIsRefused() {
        assertRefused(token(claims -> claims.claim("cnf", Map.of("jkt", "0ZcOCORZNYy"))))
                .contains("bound to a key");
    }

    @Test
    void aTokenWithoutAccountIsRefused() {
        assertRefused(token(claims -> claims.subject(null))).contains("no account");
        assertRefused(token(claims -> claims.subject(" "))).contains("no account");
    }

    @Test
    void aTokenWithoutExpiryIsRefused() {
        assertRefused(token(claims -> claims.expirationTime(null))).contains("no expiry");
    }

    @Test
    void aTokenThatIsNotYetValidIsRefused() {
        assertRefused(token(
                        claims -> claims.notBeforeTime(Date.from(clock.instant().plusSeconds(90)))))
                .contains("not valid yet");
    }

    @Test
    void anExpiredTokenIsRefused() {
        var token = validToken();
        clock.advance(Duration.ofSeconds(331));

        assertRefused(token).contains("expired");
    }

    @Test
    void clocksMayDifferByHalfAMinute() {
        var token = validToken();
        clock.advance(Duration.ofSeconds(329));

        assertThat(authenticate(token).isAuthenticated()).isTrue();
    }

    @Test
    void aTokenIsVerifiedOnce() {
        var token = validToken();

        assertThat(authenticate(token).getPrincipal())
                .isSameAs(authenticate(token).getPrincipal());
    }

    @Test
    void aCachedTokenExpires() {
        var token = validToken();
        authenticate(token);
        clock.advance(Duration.ofSeconds(331));

        assertRefused(token).contains("expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b.c",
                "..",
                "e30.e30.e30",
                "bnVsbA.bnVsbA.bnVsbA",
                "eyJhbGciOiJSUzI1NiJ9.bnVsbA.AAAA",
                "eyJhbGciOiJSUzI1NiJ9.W10.AAAA",
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOltdfQ.AAAA",
                "eyJhbGciOiJub25lIn0.e30.AAAA",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.AAAA.AAAA.AAAA.AAAA"
            })
    void aMalformedTokenIsRefused(String token) {
        assertRefused(token);
    }

    private String validToken() {
        return token(claims -> {});
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) {
        return realm.token(clock.instant(), change);
    }

    private String signedByStranger(String keyId) throws JOSEException {
        return LocalIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
                realm.claims(clock.instant(), claims -> {}),
                new RSASSASigner(STRANGER));
    }

    private AccountAuthentication authenticate(String token) {
        return tokens.authenticate(new BearerTokenAuthenticationToken(token));
    }

    /** The message reaches the client, so it must not name internals. */
    private AbstractStringAssert<?> assertRefused(String token) {
        return assertThatThrownBy(() -> authenticate(token))
                .isInstanceOf(InvalidBearerTokenException.class)
                .message()
                .startsWith("The ")
                .doesNotContainIgnoringCase("nimbus", "exception", "java");
    }

    private static RSAKey strangersKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
