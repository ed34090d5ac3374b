package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which projects, as a client asks for them. All conditions hold at once; an absent one holds for all projects, an empty list for none.
 *
 * @param phases in any of these phases
 * @param areas of any of these areas of activity
 * @param member the global id of a partner that is a member
 * @param role the role of that partner or, without one, of the partner that the caller acts for
 * @param coordinator the global id of the partner that coordinates it
 * @param gateOpen a gate that applies and is neither passed nor waived
 * @param text with words in title, acronym or summary that begin with each of these
 * @param ownReference the caller's own reference to it
 * @param foundingLetter the global id of the letter that it was founded from
 */
public record ProjectFilter(
        @Nullable Set<ProjectPhase> phases,
        @Nullable List<String> areas,
        @Nullable String member,
        @Nullable ProjectRole role,
        @Nullable String coordinator,
        @Nullable GateKind gateOpen,
        @Nullable String text,
        @Nullable OwnReferenceFilter ownReference,
        @Nullable String foundingLetter) {

    static final ProjectFilter NONE = new ProjectFilter(null, null, null, null, null, null, null, null, null);

    /** A key of one of the caller's own systems. */
    public record OwnReferenceFilter(String system, String key) {}
}
