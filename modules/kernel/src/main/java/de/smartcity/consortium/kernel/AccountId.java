package de.smartcity.consortium.kernel;

/** The id of a person's or an app's account: the subject of its token, Keycloak's user id. It contains no personal data. */
public record AccountId(String value) {

    /** The service itself, such as when it loads data at start-up. */
    public static final AccountId SYSTEM = new AccountId("system");

    /** @throws RuleViolation {@code account.blank}, {@code account.syntax} */
    public static AccountId parse(String text) {
        return new AccountId(KeycloakIds.parse(text, "account"));
    }
}
