package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import de.smartcity.consortium.sandbox.SettableClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class AccessTokensTest {

    private static final RSAKey STRANGER = LocalIssuer.newKey("stranger");
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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
                .contains("not a signed JWT");
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
    void aTokenOfAnotherKeyWithAKnownKeyIdIsRefused() {
        assertRefused(realm.token(clock.instant(), "known", STRANGER)).contains("signature");
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

    /** What a decoder ignores; each of these was once a token of its own that was accepted and cached. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=", "==", ".", "..", ".AAAA", "!", "%", "%3D", " ", "\t", "\n", "\r\n", "+", "/", "\u0000", "ä", "💥"
            })
    void nothingMayFollowASignature(String ignored) {
        var token = validToken();
        authenticate(token);

        assertRefused(token + ignored).contains("not a signed JWT");
        assertRefused(ignored + token).contains("not a signed JWT");
        assertRefused(token.replaceFirst("\\.", ignored + ".")).contains("not a signed JWT");
        assertRefused(token.substring(0, 20) + ignored + token.substring(20)).isNotEmpty();
    }

    /** 256 bytes of signature leave four bits of the last character unused. */
    @Test
    void theUnusedBitsOfASignatureMustNotBeSet() {
        var token = validToken();
        authenticate(token);
        var last = BASE64URL.indexOf(token.charAt(token.length() - 1));
        var shortened = token.substring(0, token.length() - 1);

        for (var bits = 1; bits < 16; bits++) {
            assertRefused(shortened + BASE64URL.charAt(last | bits)).contains("not a signed JWT");
        }
    }

    @Test
    void aLongTokenIsRefusedBeforeItIsRead() {
        var longest = token(claims -> claims.claim("more", "x".repeat(5_000)));
        assertThat(longest.length()).isLessThanOrEqualTo(8 * 1024);
        assertThat(authenticate(longest).isAuthenticated()).isTrue();

        assertRefused(token(claims -> claims.claim("more", "x".repeat(6_000)))).contains("longer than 8192");
        assertRefused("x".repeat(1_000_000)).contains("longer than 8192");
    }

    /** (r, n - s) is a signature wherever (r, s) is one, and anybody can compute it. */
    @Test
    void theSecondFormOfACurveSignatureIsNoSecondToken() throws JOSEException {
        var token = LocalIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("known curve").build(),
                realm.claims(clock.instant(), claims -> {}),
                new ECDSASigner(LocalIssuer.CURVE_KEY));
        var first = authenticate(token).getPrincipal();

        var second = authenticate(withSecondSignature(token)).getPrincipal();

        assertThat(second).isNotSameAs(first).isEqualTo(first);
        assertThat(authenticate(token).getPrincipal())
                .as("verified anew, since the other took its place")
                .isNotSameAs(first);
    }

    private static String withSecondSignature(String token) {
        var end = token.lastIndexOf('.') + 1;
        var signature = Base64.getUrlDecoder().decode(token.substring(end));
        var order = Curve.P_256.toECParameterSpec().getOrder();
        var s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                .toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        var length = Math.min(s.length, 32);
        System.arraycopy(s, s.length - length, signature, 64 - length, length);
        return token.substring(0, end) + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'crit':['exp'],'exp':1",
                "'b64':false,'crit':['b64']",
                "'jku':'http://127.0.0.1:1/keys'",
                "'x5u':'http://127.0.0.1:1/certificate'",
                "'x5c':['AAAA']",
                "'x5t':'AAAA'",
                "'x5t#S256':'AAAA'",
                "'jwk':{'kty':'oct','k':'AAAA'}",
                "'jwk':{'kty':'RSA','n':'AQAB','e':'AQAB'}",
                "'cty':'JWT'",
                "'zip':'DEF'",
                "'kid':'known','kid':'other'",
                "'other':{}"
            })
    void aHeaderThatGivesInstructionsIsRefused(String members) throws JOSEException {
        assertRefused(signed("{'alg':'RS256','kid':'known'," + members + "}", claims()))
                .contains("header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'alg':'RS256'}",
                "{'alg':'RS256','kid':null}",
                "{'alg':'RS256','kid':5}",
                "{'alg':'RS256','kid':''}",
                "{'alg':'RS256','kid':'known','typ':'JOSE'}",
                "{'alg':'RS256','kid':'known','typ':'dpop+jwt'}",
                "{'alg':'RS256','kid':'known','typ':{}}",
                "{'alg':null,'kid':'known'}",
                "{'alg':['RS256'],'kid':'known'}",
                "{'alg':'rs256','kid':'known'}",
                "{'alg':'none','kid':'known'}",
                "{'alg':'RS256','kid':'known'} {}",
                "{'alg':'RS256','kid':'known'",
                "{\"alg\":\"RS256\",kid:\"known\"}",
                "[]",
                "''",
                " "
            })
    void aHeaderOfAnotherFormIsRefused(String header) throws JOSEException {
        assertRefused(signed(header, claims()));
    }

    @Test
    void anAccessTokenTypeIsAccepted() throws JOSEException {
        assertThat(authenticate(signed("{'alg':'RS256','kid':'known','typ':'at+jwt'}", claims()))
                        .isAuthenticated())
                .isTrue();
    }

    @Test
    void deeplyNestedJsonIsRefused() throws JOSEException {
        var header = "{'alg':'RS256','kid':'known','x':" + "[".repeat(2_500) + "]".repeat(2_500) + "}";
        assertRefused(signed(header, "{}")).contains("header is malformed");
        var objects = "{'x':".repeat(800) + "1" + "}".repeat(800);
        assertRefused(signed("{'alg':'RS256','kid':'known'}", objects)).contains("claims are malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'iss':'other'",
                "'exp':1e400",
                "'exp':-1e400",
                "'exp':1e300",
                "'exp':123456789012345678901234567890",
                "'exp':9223372036854775807",
                "'exp':-9223372036854775808",
                "'exp':'2100-01-01'",
                "'exp':[4102444800]",
                "'exp':{}",
                "'exp':true",
                "'exp':null",
                "'exp':0",
                "'exp':NaN",
                "'nbf':4102444800",
                "'nbf':'now'",
                "'aud':{'consortium-api':1}",
                "'aud':[{'consortium-api':1}]",
                "'aud':[['consortium-api']]",
                "'aud':[null]",
                "'aud':7",
                "'aud':true",
                "'sub':['7c5f']",
                "'sub':{}",
                "'sub':true",
                "'sub':''",
                "'typ':['Bearer']",
                "'iss':['http://127.0.0.1']",
                "'jti':{}",
                "'iat':'yesterday'",
                "'sub':'7c5f','sub':'7c5f'"
            })
    void claimsOfAnotherFormAreRefused(String claim) throws JOSEException {
        var name = claim.substring(0, claim.indexOf(':'));
        var others = claims().replaceFirst(name + ":('[^']*'|[0-9]+)", claim);
        if (!others.contains(claim)) {
            others = others.replace("}", "," + claim + "}");
        }

        assertRefused(signed("{'alg':'RS256','kid':'known'}", others));
    }

    /** Whatever is sent, the answer is 401, neither an exception of the parser nor 200. */
    @Test
    void anAlteredTokenIsAlwaysRefused() {
        var token = validToken();
        var random = new Random(3);
        for (var i = 0; i < 3_000; i++) {
            var altered = new StringBuilder(token);
            for (var change = random.nextInt(1, 4); change > 0; change--) {
                var at = random.nextInt(altered.length());
                var character = BASE64URL.charAt(random.nextInt(64));
                switch (random.nextInt(3)) {
                    case 0 -> altered.setCharAt(at, character);
                    case 1 -> altered.deleteCharAt(at);
                    default -> altered.insert(at, character);
                }
            }
            if (!altered.toString().equals(token)) {
                assertRefused(altered.toString());
            }
        }
    }

    @Test
    void anIdThatIsTooLongIsNoAccount() {
        assertThat(authenticate(token(claims -> claims.subject("x".repeat(255))))
                        .getName())
                .hasSize(255);
        assertRefused(token(claims -> claims.subject("x".repeat(256)))).contains("no account");
        assertRefused(token(claims -> claims.subject("a\nb"))).contains("no account");
    }

    @Test
    void theCacheIsBoundedByWhatItHolds() throws InterruptedException {
        var small = new AccessTokens(realm.issuer(), clock, 30_000);
        var all = IntStream.range(0, 40)
                .mapToObj(i -> token(claims -> claims.jwtID("token-" + i).claim("more", "x".repeat(1_000))))
                .toList();
        var first = all.stream().map(token -> principal(small, token)).toList();
        var known = 0;
        // Entries are evicted a little later.
        for (var attempt = 0; attempt < 50; attempt++) {
            known = (int) IntStream.range(0, 40)
                    .filter(i -> principal(small, all.get(i)) == first.get(i))
                    .count();
            Thread.sleep(10);
        }

        assertThat(known).isLessThan(20);
    }

    private static Account principal(AccessTokens tokens, String token) {
        return tokens.authenticate(new BearerTokenAuthenticationToken(token)).getPrincipal();
    }

    @Test
    void membershipsCountAsWhatTheCacheHolds() {
        var none = Account.of(realm.claims(clock.instant(), claims -> claims.claim("organization", Map.of())));
        var one = Account.of(realm.claims(clock.instant(), claims -> {}));

        assertThat(one.bytes()).isGreaterThan(none.bytes() + "ude8c96".length());
    }

    /** It would be accepted for as long as it lives, whatever happened to its key. */
    @Test
    void aLongLivedTokenIsVerifiedAgain() {
        var token =
                token(claims -> claims.expirationTime(Date.from(clock.instant().plusSeconds(36_000))));
        var first = authenticate(token).getPrincipal();
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(authenticate(token).getPrincipal()).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));

        assertThat(authenticate(token).getPrincipal()).isNotSameAs(first);
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

    /** The claims of a valid token, with single quotation marks. */
    private String claims() {
        return realm.claims(clock.instant(), claims -> {}).toString().replace('"', '\'');
    }

    /** Signs any header and claims, with single quotation marks, as the issuer. */
    private String signed(String header, String claims) throws JOSEException {
        var content = Base64URL.encode(header.replace('\'', '"')) + "." + Base64URL.encode(claims.replace('\'', '"'));
        var signature =
                realm.signer().sign(new JWSHeader(JWSAlgorithm.RS256), content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + signature;
    }

    private String validToken() {
        return token(claims -> {});
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) {
        return realm.token(clock.instant(), change);
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
}
