package de.smartcity.consortium.application;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings under {@code consortium.data}: what a start loads.
 *
 * @param folder with consortium.yaml, areas.yaml and partners.yaml; nothing is loaded without it
 * @param organisations a properties file: partner alias = Keycloak organisation id
 * @param demonstration whether the made-up data in the folder's subfolder {@code demonstration} is loaded too
 */
@ConfigurationProperties("consortium.data")
record ConsortiumData(@Nullable Path folder, @Nullable Path organisations, boolean demonstration) {}
