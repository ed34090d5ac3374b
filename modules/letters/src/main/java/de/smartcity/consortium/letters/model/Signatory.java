package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.AccountId;
import java.time.Instant;

/**
 * Who did something that binds a partner, as evidence that stays when the account is gone.
 *
 * @param account the person's account
 * @param name as Keycloak stated it then
 * @param function in the organisation, as the person stated it; at most {@value #MAX_FUNCTION_LENGTH} characters
 * @param at when
 */
public record Signatory(AccountId account, String name, String function, Instant at) {

    public static final int MAX_FUNCTION_LENGTH = 100;
}
