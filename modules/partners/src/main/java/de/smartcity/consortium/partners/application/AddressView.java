package de.smartcity.consortium.partners.application;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type {@code Address}. */
public record AddressView(
        List<String> lines,
        @Nullable String postalCode,
        String city,
        String country,
        @Nullable PointView point) {

    /** The type {@code GeoPoint}. */
    public record PointView(double longitude, double latitude) {}
}
