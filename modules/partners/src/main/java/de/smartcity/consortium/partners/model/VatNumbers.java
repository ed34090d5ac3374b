package de.smartcity.consortium.partners.model;

/**
 * VAT identification numbers as the Commission's VIES describes them, and the check digits of the countries around the Ruhr and of Poland.
 * For other countries only the syntax is checked.
 */
final class VatNumbers {

    static final String SYNTAX =
            "ATU\\d{8}|BE[01]\\d{9}|BG\\d{9,10}|CY\\d{8}[A-Z]|CZ\\d{8,10}|DE[1-9]\\d{8}|DK\\d{8}|EE\\d{9}|EL\\d{9}"
                    + "|ES(?:[A-Z]\\d{7}[A-Z0-9]|\\d{8}[A-Z])|FI\\d{8}|FR[A-HJ-NP-Z0-9]{2}\\d{9}|HR\\d{11}|HU\\d{8}"
                    + "|IE(?:\\d[A-Z0-9+*]\\d{5}[A-Z]|\\d{7}[A-W][A-I])|IT\\d{11}|LT(?:\\d{9}|\\d{12})|LU\\d{8}|LV\\d{11}|MT\\d{8}"
                    + "|NL\\d{9}B\\d{2}|PL\\d{10}|PT\\d{9}|RO\\d{2,10}|SE\\d{10}01|SI\\d{8}|SK\\d{10}|XI(?:\\d{9}|\\d{12}|GD\\d{3}|HA\\d{3})";

    private VatNumbers() {}

    static boolean check(String value) {
        var number = value.substring(2);
        return switch (value.substring(0, 2)) {
            case "AT" -> austria(number.substring(1));
            case "BE" -> 97 - Long.parseLong(number.substring(0, 8)) % 97 == Long.parseLong(number.substring(8));
            case "DE" -> CheckDigits.mod11And10(number);
            case "FR" -> france(number);
            case "LU" -> Integer.parseInt(number.substring(0, 6)) % 89 == Integer.parseInt(number.substring(6));
            // The second rule is for sole proprietors since 2020, whose number must not reveal their social security
            // number.
            case "NL" ->
                CheckDigits.weighted(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == number.charAt(8) - '0'
                        || CheckDigits.mod97(value);
            case "PL" -> CheckDigits.weighted(number, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == CheckDigits.last(number);
            default -> true;
        };
    }

    private static boolean austria(String digits) {
        var sum = 4;
        for (var i = 0; i < 7; i++) {
            var product = (digits.charAt(i) - '0') * (i % 2 + 1);
            sum += product / 10 + product % 10;
        }
        return (10 - sum % 10) % 10 == CheckDigits.last(digits);
    }

    private static boolean france(String number) {
        var key = number.substring(0, 2);
        // Keys with letters follow a rule that is not published.
        return !key.chars().allMatch(Character::isDigit)
                || (12 + 3 * (Long.parseLong(number.substring(2)) % 97)) % 97 == Long.parseLong(key);
    }
}
