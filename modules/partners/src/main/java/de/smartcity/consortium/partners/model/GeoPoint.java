package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violations;

/**
 * A place on earth (WGS 84), in the order of GeoJSON.
 *
 * @param longitude in degrees, -180 to 180, east positive
 * @param latitude in degrees, -90 to 90, north positive
 */
public record GeoPoint(double longitude, double latitude) {

    /** @throws RuleViolation at the part: {@code point.longitude}, {@code point.latitude} */
    public static GeoPoint parse(double longitude, double latitude) {
        var violations = new Violations();
        // Written so that NaN is refused too.
        violations.demand(
                Math.abs(longitude) <= 180,
                "point.longitude",
                "A longitude lies between -180 and 180 degrees.",
                "longitude");
        violations.demand(
                Math.abs(latitude) <= 90, "point.latitude", "A latitude lies between -90 and 90 degrees.", "latitude");
        violations.throwIfAny();
        return new GeoPoint(longitude, latitude);
    }
}
