package de.smartcity.consortium.keycloak;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An account whose access token has been verified. It has no authorities: permissions depend on the partner and are checked with the Actor. */
final class AccountAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Account account;

    AccountAuthentication(Account account) {
        super(List.of());
        this.account = account;
        setAuthenticated(true);
    }

    @Override
    public Account getPrincipal() {
        return account;
    }

    /** Empty, because the token is not stored. */
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return account.id().value();
    }
}
