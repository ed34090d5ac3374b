package de.smartcity.consortium.projects;

import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Map;

/**
 * Loads projects from files for demonstration, by the rules for all projects: the service records them, and accounts that do not exist confirm them.
 * Not for a consortium's real projects.
 */
public interface ProjectImport {

    /**
     * Adds projects that are not stored yet, so that it may run at every start; only one node may run it at a time.
     *
     * @param organisations the Keycloak organisation of each member
     * @throws RuleViolation at a project's key, for a row that is not valid
     */
    void load(List<ProjectRow> projects, Map<PartnerAlias, OrganisationId> organisations);
}
