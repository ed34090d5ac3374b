package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;

/**
 * A place on earth (WGS 84), in the order of GeoJSON.
 *
 * @param longitude in degrees, -180 to 180, east positive
 * @param latitude in degrees, -90 to 90, north positive
 */
public record GeoPoint(double longitude, double latitude) {

    /** @throws RuleViolation {@code point.longitude}, {@code point.latitude} */
    public GeoPoint {
        // Written so that NaN is refused too.
        if (!(Math.abs(longitude) <= 180)) {
            throw new RuleViolation("point.longitude", "A longitude lies between -180 and 180 degrees.");
        }
        if (!(Math.abs(latitude) <= 90)) {
            throw new RuleViolation("point.latitude", "A latitude lies between -90 and 90 degrees.");
        }
    }
}
