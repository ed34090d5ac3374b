package de.smartcity.consortium.kernel;

/** The id of a Keycloak organisation. Partners are matched with organisations by it, never by an alias or an attribute. */
public record OrganisationId(String value) {

    /** @throws RuleViolation {@code organisation.blank}, {@code organisation.syntax} */
    public static OrganisationId parse(String text) {
        return new OrganisationId(KeycloakIds.parse(text, "organisation"));
    }
}
