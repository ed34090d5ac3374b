package de.smartcity.consortium.competences.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How well needs are met, as an exact fraction.
 *
 * @param units the numerator
 * @param whole the denominator, the units of a full score; not 0, and the same for what is compared
 */
public record Score(int units, int whole) {

    private static final int SHOWN_DECIMALS = 4;

    /** For showing, with four decimals: 0 to 1, for a team up to its number of members. */
    public double rounded() {
        return BigDecimal.valueOf(units)
                .divide(BigDecimal.valueOf(whole), SHOWN_DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
