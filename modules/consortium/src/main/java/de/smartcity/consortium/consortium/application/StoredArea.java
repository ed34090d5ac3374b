package de.smartcity.consortium.consortium.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.LocalizedText;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * An area of activity; public only because the driver makes no other.
 *
 * @param place its place in the consortium's own order, from 1
 */
public record StoredArea(@BsonId AreaCode code, LocalizedText name, int place) {}
