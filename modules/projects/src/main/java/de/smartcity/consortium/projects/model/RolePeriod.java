package de.smartcity.consortium.projects.model;

import java.time.LocalDate;

/** A role since a day. */
public record RolePeriod(ProjectRole role, LocalDate since) {}
