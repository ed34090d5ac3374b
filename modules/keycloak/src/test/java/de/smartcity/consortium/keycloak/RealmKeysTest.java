package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.RSAKey;
import de.smartcity.consortium.sandbox.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

@ExtendWith(OutputCaptureExtension.class)
class RealmKeysTest {

    private static final RSAKey OTHER = LocalIssuer.newKey("other");

    private LocalIssuer realm = new LocalIssuer();
    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final AccessTokens tokens = new AccessTokens(realm.issuer(), clock);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private int issued;

    @AfterEach
    void stop() {
        realm.close();
        callers.shutdownNow();
    }

    @Test
    void aTokenOfAnUnknownKeyIsRefused() {
        assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(InvalidBearerTokenException.class);
        authenticate(valid());
        assertThatThrownBy(() -> authenticate(forged()))
                .isInstanceOf(InvalidBearerTokenException.class)
                .hasMessageContaining("signature");
    }

    @Test
    void manyForgedTokensAreRefusedWithOneRequestToKeycloakPerInterval() {
        for (var interval = 1; interval <= 3; interval++) {
            for (var i = 0; i < 50; i++) {
                assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(InvalidBearerTokenException.class);
            }
            assertThat(realm.keyRequests.get()).isEqualTo(interval);
            clock.advance(RealmKeys.FETCH_INTERVAL);
        }
    }

    @Test
    void tokensThatWaitShareOneFetch() throws Exception {
        var all = new ArrayList<Future<?>>();
        for (var i = 0; i < 200; i++) {
            var token = i % 2 == 0 ? valid() : forged();
            all.add(callers.submit(() -> authenticate(token)));
        }

        var accepted = 0;
        for (var one : all) {
            accepted += isAccepted(one) ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(100);
        assertThat(realm.keyRequests.get()).isEqualTo(1);
    }

    private static boolean isAccepted(Future<?> caller) throws InterruptedException {
        try {
            caller.get();
            return true;
        } catch (ExecutionException refused) {
            assertThat(refused).hasCauseInstanceOf(InvalidBearerTokenException.class);
            return false;
        }
    }

    @Test
    void aNewKeyIsAcceptedWithinSeconds() {
        authenticate(valid());
        var token = realm.token(clock.instant(), "other", OTHER);
        assertThatThrownBy(() -> authenticate(token)).isInstanceOf(InvalidBearerTokenException.class);

        realm.publish(LocalIssuer.KEY, OTHER);
        clock.advance(RealmKeys.FETCH_INTERVAL);

        assertThatCode(() -> authenticate(token)).doesNotThrowAnyException();
    }

    @Test
    void aNewKeyIsAcceptedWithinSecondsAmongForgedTokens() throws Exception {
        authenticate(valid());
        realm.publish(LocalIssuer.KEY, OTHER);
        var token = realm.token(clock.instant(), "other", OTHER);
        for (var i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(50));
            assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(InvalidBearerTokenException.class);
        }

        assertThatCode(() -> authenticate(token)).doesNotThrowAnyException();
    }

    @Test
    void aWithdrawnKeyIsAcceptedForMinutesOnly() {
        authenticate(valid());
        realm.publish(OTHER);
        clock.advance(RealmKeys.REFRESH_AGE.minusSeconds(1));
        authenticate(valid());
        clock.advance(Duration.ofSeconds(1));
        // This one does not wait for the keys that it causes to be fetched.
        authenticate(valid());

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatThrownBy(() -> authenticate(valid()))
                        .isInstanceOf(InvalidBearerTokenException.class));
    }

    @Test
    void knownKeysOutlastAnOutageOfAnHour() {
        authenticate(valid());
        realm.close();

        clock.advance(RealmKeys.MAX_AGE.minusSeconds(1));
        assertThatCode(() -> authenticate(valid())).doesNotThrowAnyException();
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> authenticate(valid()))
                .isInstanceOf(AuthenticationServiceException.class)
                .hasMessageContaining("not available");
    }

    /** Its key may be new. */
    @Test
    void aTokenOfAnUnknownKeyCannotBeRefusedWhileKeycloakIsUnavailable() {
        authenticate(valid());
        realm.close();
        clock.advance(RealmKeys.FETCH_INTERVAL);

        assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(AuthenticationServiceException.class);
        assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(AuthenticationServiceException.class);
        assertThatCode(() -> authenticate(valid())).doesNotThrowAnyException();
    }

    @Test
    void tokensAreAcceptedAgainWhenKeycloakIsBack(CapturedOutput output) {
        realm.close();
        for (var attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> authenticate(valid())).isInstanceOf(AuthenticationServiceException.class);
            clock.advance(RealmKeys.FETCH_INTERVAL);
        }
        assertThat(output.getAll().split("keys cannot be fetched", -1))
                .as("logged once")
                .hasSize(2);

        realm = new LocalIssuer(realm.port());

        assertThatCode(() -> authenticate(valid())).doesNotThrowAnyException();
        assertThat(output).contains("keys are available again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\":[]}", "{\"keys\":5}", "{\"keys\":[5]}", "<html>"})
    void anAnswerWithoutKeysIsAnOutage(String answer) {
        authenticate(valid());
        realm.answerWith(answer);
        clock.advance(RealmKeys.FETCH_INTERVAL);

        assertThatThrownBy(() -> authenticate(forged())).isInstanceOf(AuthenticationServiceException.class);
        assertThatCode(() -> authenticate(valid())).doesNotThrowAnyException();
    }

    @Test
    void anAnswerThatIsTooLongIsAnOutage() {
        realm.answerWith(" ".repeat(256 * 1024) + "{\"keys\":[]}");

        assertThatThrownBy(() -> authenticate(valid()))
                .isInstanceOf(AuthenticationServiceException.class)
                .hasRootCauseMessage("More than 262144 bytes");
    }

    @Test
    void whileKeycloakHangsTokensOfKnownKeysDoNotWait() throws Exception {
        authenticate(valid());
        realm.hang();
        clock.advance(RealmKeys.REFRESH_AGE);
        var waiting = new ArrayList<Future<?>>();
        for (var i = 0; i < 300; i++) {
            waiting.add(callers.submit(answered(this::forged)));
        }
        await().until(() -> realm.keyRequests.get() == 2);

        for (var i = 0; i < 50; i++) {
            authenticate(valid());
        }
        assertThat(waiting).as("those that wait for Keycloak").noneMatch(Future::isDone);
        for (var one : waiting) {
            one.get(1, TimeUnit.MINUTES);
        }
        assertThat(realm.keyRequests.get()).as("requests to Keycloak").isEqualTo(2);
    }

    /** They would occupy all connections of the service. */
    @Test
    void onlySoManyTokensWaitForKeycloak() throws Exception {
        realm.hang();
        var forged = forged();
        var all = new ArrayList<Future<?>>();
        for (var i = 0; i < 1_500; i++) {
            all.add(callers.submit(answered(() -> forged)));
        }

        await().until(() -> all.stream().filter(Future::isDone).count() >= 500);
        assertThat(all).as("those that wait for Keycloak").anyMatch(one -> !one.isDone());
        for (var one : all) {
            one.get(1, TimeUnit.MINUTES);
        }
    }

    /** Completes when this token is answered, in whatever way. */
    private Runnable answered(Supplier<String> token) {
        return () -> catchThrowableOfType(AuthenticationException.class, () -> authenticate(token.get()));
    }

    /** A new token each time, so that it is not cached. */
    private synchronized String valid() {
        var id = "token-" + issued++;
        return realm.token(clock.instant(), claims -> claims.jwtID(id));
    }

    /** It names a key that does not exist. */
    private synchronized String forged() {
        return realm.token(clock.instant(), "forged-" + issued++, OTHER);
    }

    private AccountAuthentication authenticate(String token) {
        return tokens.authenticate(new BearerTokenAuthenticationToken(token));
    }
}
