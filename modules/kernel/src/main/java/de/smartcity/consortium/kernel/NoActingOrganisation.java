package de.smartcity.consortium.kernel;

/** Why no organisation acts. */
public enum NoActingOrganisation {
    NOT_SIGNED_IN("Send an access token in the header Authorization: Bearer …"),
    SCOPE_MISSING("The token was issued without organisations: request the scope organization:* and sign in again."
            + " Where that was done, the account is a member of none."),
    CLAIM_UNREADABLE("The token's organization claim is not a map of at most 100 organisations with their ids."),
    NO_MEMBERSHIP("The account is a member of no organisation that the token names."),
    SEVERAL_ORGANISATIONS(
            "The account belongs to several organisations: name one by its alias in the header X-Acting-Organisation."),
    NOT_A_MEMBER("The account is not a member of the organisation that X-Acting-Organisation names."),
    UNKNOWN_ORGANISATION("No partner of this consortium belongs to the acting organisation."),
    DEPARTED("The partner that the acting organisation belongs to has left the consortium.");

    private final String message;

    NoActingOrganisation(String message) {
        this.message = message;
    }

    /** What to do, for people, in English. */
    public String message() {
        return message;
    }
}
