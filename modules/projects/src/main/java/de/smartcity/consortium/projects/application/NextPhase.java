package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.Requirement;
import java.util.List;

/** The phase after the present one, and what is missing for it. */
public record NextPhase(ProjectPhase phase, List<Requirement> missing) {}
