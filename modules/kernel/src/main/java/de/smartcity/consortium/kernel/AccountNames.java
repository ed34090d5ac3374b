package de.smartcity.consortium.kernel;

/** The names of people, for signatures; a bean. The service stores accounts by their ids, and nobody's name but where that person signs. */
public interface AccountNames {

    /**
     * The name of the calling person as the identity provider states it now: one line of at most 200 characters. It is asked for with the token of the
     * current request, so only for that request's actor and on its thread.
     *
     * @throws RuleViolation {@code account.nameMissing} if the provider states none for this token, or one that cannot be printed
     * @throws Forbidden {@link Refusal.Reason#NOT_SIGNED_IN} if the provider does not accept the token any more
     * @throws IdentityProviderUnavailable if the provider does not answer, or about another account
     */
    String nameOf(Actor actor);
}
