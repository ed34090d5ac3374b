package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.LocalizedText;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A field in which the consortium works.
 *
 * @param place its place in the consortium's own order, from 1
 */
@Document("areas")
public record AreaOfActivity(@Id AreaCode code, LocalizedText name, int place) {}
