package de.smartcity.consortium.application;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings under {@code consortium.data}: the files that are loaded at start-up.
 *
 * @param folder with consortium.yaml, areas.yaml and partners.yaml; nothing is loaded without it
 * @param vocabulary the file of the vocabulary; none is loaded without it
 * @param organisations a properties file: partner alias = Keycloak organisation id
 * @param demonstration whether to load the fictitious data in the subfolder {@code demonstration}, too
 */
@ConfigurationProperties("consortium.data")
record ConsortiumData(
        @Nullable Path folder,
        @Nullable Path vocabulary,
        @Nullable Path organisations,
        boolean demonstration) {}
