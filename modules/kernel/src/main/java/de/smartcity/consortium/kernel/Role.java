package de.smartcity.consortium.kernel;

import java.util.Arrays;
import java.util.Optional;

/** What an account may do inside the organisation it acts for: the client roles of {@code consortium-api}. */
public enum Role {
    VIEWER("viewer"),
    EDITOR("editor"),
    SIGNATORY("signatory"),
    PARTNER_ADMIN("partner-admin");

    private final String keycloakName;

    Role(String keycloakName) {
        this.keycloakName = keycloakName;
    }

    /** The client role's name in Keycloak. */
    public String keycloakName() {
        return keycloakName;
    }

    /** The role with this name in Keycloak; empty if unknown. */
    public static Optional<Role> findByKeycloakName(String name) {
        return Arrays.stream(values())
                .filter(role -> role.keycloakName.equals(name))
                .findFirst();
    }

    /** Whether this role includes the other: all include VIEWER, PARTNER_ADMIN includes EDITOR, and only SIGNATORY includes SIGNATORY. */
    public boolean includes(Role other) {
        return this == other || other == VIEWER || (this == PARTNER_ADMIN && other == EDITOR);
    }
}
