package de.smartcity.consortium.keycloak;

import com.nimbusds.jose.util.JSONObjectUtils;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.IdentityProviderUnavailable;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.RuleViolation;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;

/** Asks the realm's userinfo endpoint with the request's own token, since access tokens have no names. Keycloak checks there that the session goes on. */
final class UserinfoNames implements AccountNames {

    private static final Logger LOG = LoggerFactory.getLogger(UserinfoNames.class);

    /** For the whole answer; less where the request has less time left. */
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private static final int MAX_NAME_LENGTH = 200;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final KeycloakRequest userinfo;

    UserinfoNames(URI issuer) {
        this.userinfo = KeycloakRequest.to(URI.create(issuer + "/protocol/openid-connect/userinfo"));
    }

    @Override
    public String nameOf(Actor actor) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof AccountAuthentication signedIn)) {
            throw new IllegalStateException("Names are asked for with the token of a request, and there is none");
        }
        var claims = claims(signedIn.token());
        var account = actor.account().map(AccountId::value).orElseThrow();
        if (!account.equals(claims.get("sub"))) {
            throw unavailable(new IOException("The answer is about another account"));
        }
        return name(claims.get("name"));
    }

    private static String name(@Nullable Object stated) {
        if (stated instanceof String name) {
            try {
                return BoundedText.parseLine(name, MAX_NAME_LENGTH, "name");
            } catch (RuleViolation unprintable) {
                throw nameMissing();
            }
        }
        throw nameMissing();
    }

    private Map<String, Object> claims(String token) {
        var answer = answer(token);
        try {
            return switch (answer.status()) {
                case OK -> Objects.requireNonNullElse(JSONObjectUtils.parse(answer.body()), Map.of());
                case UNAUTHORIZED -> throw new Forbidden(Refusal.signedOut());
                // The token lacks the scope openid.
                case FORBIDDEN -> throw nameMissing();
                default -> throw unavailable(new IOException("Status " + answer.status()));
            };
        } catch (ParseException malformed) {
            throw unavailable(malformed);
        }
    }

    private record Answer(int status, String body) {}

    private Answer answer(String token) {
        Deadline.check();
        var sooner = Deadline.bound().filter(deadline -> deadline.left().compareTo(TIMEOUT) < 0);
        try {
            return userinfo.as(token)
                    .send(sooner.map(Deadline::left).orElse(TIMEOUT), Answer::new)
                    .get();
        } catch (ExecutionException failed) {
            if (sooner.isPresent() && failed.getCause() instanceof TimeoutException) {
                throw sooner.get().exceeded();
            }
            Deadline.check();
            throw unavailable(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable(stopped);
        }
    }

    private static RuleViolation nameMissing() {
        return new RuleViolation(
                "account.nameMissing",
                "Keycloak states no name of one line and at most 200 characters for this token: request the scopes openid and profile"
                        + " when you sign in, and see that the account has a name.");
    }

    private IdentityProviderUnavailable unavailable(Throwable reason) {
        LOG.warn("The name of an account cannot be had from {}: {}", userinfo.address(), reason.toString());
        return new IdentityProviderUnavailable("Keycloak cannot be asked for your name now; try again later.", reason);
    }
}
