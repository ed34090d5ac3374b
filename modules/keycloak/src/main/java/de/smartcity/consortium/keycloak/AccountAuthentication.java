package de.smartcity.consortium.keycloak;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An account whose access token has been verified. It has no authorities: permissions depend on the partner and are checked with the Actor. */
final class AccountAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private final transient String token;

    AccountAuthentication(Account account, String token) {
        super(List.of());
        this.account = account;
        this.token = token;
        setAuthenticated(true);
    }

    @Override
    public Account getPrincipal() {
        return account;
    }

    /** The access token, for questions to Keycloak as this account. */
    String token() {
        return token;
    }

    /** Empty, since whatever knows any authentication could log its credentials. */
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return account.id().value();
    }
}
