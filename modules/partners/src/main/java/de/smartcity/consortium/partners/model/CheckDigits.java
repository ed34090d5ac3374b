package de.smartcity.consortium.partners.model;

/** The check digits of identifiers. Takes values of valid syntax. */
final class CheckDigits {

    private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

    private CheckDigits() {}

    /** ISO 7064 MOD 97-10, letters as 10 to 35. */
    static boolean mod97(String value) {
        return value.chars()
                        .map(character -> Character.digit(character, 36))
                        .reduce(0, (rest, digit) -> (rest * (digit < 10 ? 10 : 100) + digit) % 97)
                == 1;
    }

    /** ISO 7064 MOD 97-10 over a number of seven digits of Crockford's base 32. */
    static boolean ror(String value) {
        var number = value.chars().limit(7).mapToLong(CROCKFORD::indexOf).reduce(0, (sum, digit) -> sum * 32 + digit);
        return (number * 100 + Integer.parseInt(value.substring(7))) % 97 == 1;
    }

    /** ISO 7064 MOD 11,10. */
    static boolean mod11And10(String digits) {
        var product = digits.chars()
                .limit(digits.length() - 1)
                .map(digit -> digit - '0')
                .reduce(10, (rest, digit) -> {
                    var sum = (rest + digit) % 10;
                    return 2 * (sum == 0 ? 10 : sum) % 11;
                });
        return (11 - product) % 10 == last(digits);
    }

    /**
     * MOD 11, X for 10. Numbers with a hyphen come from the registers that the GND took over (of corporate bodies and subject headings), and
     * have the complement of the check digit that all others have (wiki.dnb.de, "Berechnung der Prüfziffer").
     */
    static boolean gnd(String value) {
        var hyphen = value.indexOf('-');
        var number = hyphen < 0 ? value.substring(0, value.length() - 1) : value.substring(0, hyphen);
        var sum = 0;
        for (var i = 0; i < number.length(); i++) {
            sum += (number.length() + 1 - i) * (number.charAt(i) - '0');
        }
        var check = value.endsWith("X") ? 10 : last(value);
        return hyphen < 0 ? (sum + check) % 11 == 0 : sum % 11 == check;
    }

    /** The sum of the digits, each multiplied by its weight. */
    static int weighted(String digits, int... weights) {
        var sum = 0;
        for (var i = 0; i < weights.length; i++) {
            sum += weights[i] * (digits.charAt(i) - '0');
        }
        return sum;
    }

    /** The value of the last digit. */
    static int last(String digits) {
        return digits.charAt(digits.length() - 1) - '0';
    }
}
