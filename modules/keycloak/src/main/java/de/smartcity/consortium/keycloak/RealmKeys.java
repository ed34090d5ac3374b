package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The realm's keys. They are fetched when a token first needs them, so that the service starts while Keycloak is down, and again when they are
 * old or a token names one that is not among them. Only tokens of the last kind wait for a fetch, all of them for the same one.
 */
final class RealmKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(RealmKeys.class);

    /** For a whole fetch, however slowly the answer comes; so long a request waits at most. */
    private static final Duration FETCH_TIMEOUT = Duration.ofMillis(2_500);

    /** From the end of a fetch to the start of the next; tokens with unknown keys are answered from its result meanwhile. */
    static final Duration FETCH_INTERVAL = Duration.ofSeconds(2);

    /** Older keys are fetched again; so long a key is accepted at most after Keycloak withdrew it, while tokens come. */
    static final Duration REFRESH_AGE = Duration.ofMinutes(5);

    /** For so long an outage of Keycloak, its last keys are used. */
    static final Duration MAX_AGE = Duration.ofHours(1);

    /** Requests that may wait for one fetch, so that forged tokens cannot occupy all connections while Keycloak hangs. */
    private static final int MAX_WAITING = 1_000;

    private final KeycloakRequest request;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    private volatile @Nullable Fetched known;
    private volatile Instant ended = Instant.MIN;
    private volatile boolean failing;
    private CompletableFuture<JWKSet> fetch =
            CompletableFuture.failedFuture(new IOException("Nothing was fetched yet"));

    private record Fetched(JWKSet keys, Instant at) {}

    /** @throws IllegalArgumentException if the issuer is not an HTTP address */
    RealmKeys(URI issuer, Clock clock) {
        this.request = KeycloakRequest.to(URI.create(issuer + "/protocol/openid-connect/certs"));
        this.clock = clock;
    }

    /** @throws KeySourceException if no key is known that matches, and Keycloak's keys cannot be had now */
    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        var current = known;
        if (current != null && isWithin(MAX_AGE, current.at())) {
            if (!isWithin(REFRESH_AGE, current.at())) {
                latestFetch();
            }
            var matching = wanted.select(current.keys());
            if (!matching.isEmpty()) {
                return matching;
            }
        }
        return wanted.select(awaited(latestFetch()));
    }

    /** The fetch that is running or has just ended; otherwise a new one. */
    private synchronized CompletableFuture<JWKSet> latestFetch() {
        if (fetch.isDone() && !isWithin(FETCH_INTERVAL, ended)) {
            fetch = newFetch();
        }
        return fetch;
    }

    private CompletableFuture<JWKSet> newFetch() {
        return request.send(FETCH_TIMEOUT, RealmKeys::read).whenComplete((keys, failed) -> {
            if (keys != null) {
                succeeded(keys);
            } else {
                failed(failed);
            }
            ended = clock.instant();
        });
    }

    private void succeeded(JWKSet keys) {
        known = new Fetched(keys, clock.instant());
        if (failing) {
            failing = false;
            LOG.info("Keycloak's keys are available again.");
        }
    }

    /** Logs the beginning of an outage, not each attempt. */
    private void failed(Throwable reason) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Keycloak's keys cannot be fetched from {}: {}",
                    request.address(),
                    reason instanceof TimeoutException
                            ? "no answer within " + FETCH_TIMEOUT.toMillis() + " ms"
                            : reason.toString());
        }
    }

    private static JWKSet read(int status, String body) throws IOException, ParseException {
        if (status != 200) {
            throw new IOException("Status " + status);
        }
        var keys = JWKSet.parse(body);
        if (keys.isEmpty()) {
            // A realm always has keys; without this, a broken proxy could make every token look forged.
            throw new IOException("No keys");
        }
        return keys;
    }

    private JWKSet awaited(CompletableFuture<JWKSet> running) throws KeySourceException {
        if (running.isDone()) {
            return result(running);
        }
        if (!places.tryAcquire()) {
            throw new KeySourceException("Too many requests wait for Keycloak's keys");
        }
        try {
            return result(running);
        } finally {
            places.release();
        }
    }

    private static JWKSet result(CompletableFuture<JWKSet> running) throws KeySourceException {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw new KeySourceException("Keycloak's keys cannot be fetched", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("Interrupted", stopped);
        }
    }

    /** False for a time that lies ahead, so that a clock that was put back stops nothing. */
    private boolean isWithin(Duration age, Instant since) {
        var now = clock.instant();
        return !now.isBefore(since) && now.isBefore(since.plus(age));
    }
}
