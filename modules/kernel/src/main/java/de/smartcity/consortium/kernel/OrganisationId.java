package de.smartcity.consortium.kernel;

/** The id of a Keycloak organisation. Partners are matched with organisations by it, never by an alias or an attribute. */
public record OrganisationId(String value) {

    /** @throws RuleViolation {@code organisation.blank} */
    public static OrganisationId parse(String text) {
        if (text.isBlank()) {
            throw new RuleViolation("organisation.blank", "An organisation id must not be blank.");
        }
        return new OrganisationId(text);
    }
}
