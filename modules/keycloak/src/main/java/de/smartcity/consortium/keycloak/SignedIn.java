package de.smartcity.consortium.keycloak;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An account whose access token has been verified. It holds no authorities: what one may do depends on the partner, and is asked of the Actor. */
final class SignedIn extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Account account;

    SignedIn(Account account) {
        super(List.of());
        this.account = account;
        setAuthenticated(true);
    }

    @Override
    public Account getPrincipal() {
        return account;
    }

    /** The token is not kept. */
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return account.id().value();
    }
}
