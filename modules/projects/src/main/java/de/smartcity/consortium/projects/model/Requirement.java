package de.smartcity.consortium.projects.model;

import java.util.List;

/** What is missing for a phase. @param code the rule's name, as in a refused change @param path where it is in the project */
public record Requirement(String code, String message, List<String> path) {}
