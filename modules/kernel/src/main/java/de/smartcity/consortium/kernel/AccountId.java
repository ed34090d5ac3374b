package de.smartcity.consortium.kernel;

/** Identifies the account of a person or an app: the subject of its token, Keycloak's user id. Says nothing about a person. */
public record AccountId(String value) {

    /** What the service itself does, such as loading data at its start. */
    public static final AccountId SYSTEM = new AccountId("system");
}
