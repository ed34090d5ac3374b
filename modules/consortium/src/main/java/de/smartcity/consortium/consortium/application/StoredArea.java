package de.smartcity.consortium.consortium.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.LocalizedText;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * An area of activity; public only because the driver instantiates no other class.
 *
 * @param place its position in the consortium's order, from 1
 */
public record StoredArea(@BsonId AreaCode code, LocalizedText name, int place) {}
