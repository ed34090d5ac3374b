package de.smartcity.consortium.partners.model;

import de.smartcity.consortium.kernel.RuleViolation;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Registers of organisations, each with the syntax and the check digits of its identifiers. */
public enum IdentifierType {
    /** Research Organization Registry (ror.org); stored as its nine characters, such as {@code 04mz5ra38}. */
    ROR("0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", value -> withoutAddress(value).toLowerCase(Locale.ROOT), CheckDigits::ror),
    /** Legal Entity Identifier (ISO 17442); 20 letters and digits. */
    LEI("[A-Z0-9]{18}[0-9]{2}", IdentifierType::compact, CheckDigits::mod97),
    /** VAT identification number of a member state of the EU, or of Northern Ireland, with its country prefix, such as {@code DE136695976}. */
    VAT(VatNumbers.SYNTAX, IdentifierType::compact, VatNumbers::check),
    /** Integrated Authority File of the German-speaking libraries (d-nb.info/gnd). */
    GND(
            "[0-9]{7,10}[0-9X]|[0-9]{1,8}-[0-9X]",
            value -> withoutAddress(value).toUpperCase(Locale.ROOT),
            CheckDigits::gnd),
    /** Wikidata item, such as {@code Q2100}. */
    WIKIDATA("Q[1-9][0-9]{0,11}", value -> withoutAddress(value).toUpperCase(Locale.ROOT), value -> true),
    /** Participant Identification Code of the EU's funding programmes; nine digits, whose check the Commission does not publish. */
    PIC("[1-9][0-9]{8}", IdentifierType::compact, value -> true),
    /**
     * European Unique Identifier of companies and associations (Regulation (EU) 2021/1042, annex, section 9), such as {@code DEK1101R.HRB116737}:
     * country, register, full stop, number, and in some countries an underscore and check digits of their own.
     */
    EUID(
            "(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK)"
                    + "[A-Z0-9]{1,20}\\.[A-Z0-9/-]{1,40}(?:_[A-Z0-9]{1,4})?",
            IdentifierType::withoutSpaces,
            value -> true),
    /** Official municipality key of Germany; eight digits, the first two of which name one of the 16 states. */
    AGS("(?:0[1-9]|1[0-6])[0-9]{6}", IdentifierType::compact, value -> true);

    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://)?(?:www\\.)?(?:ror\\.org|d-nb\\.info/gnd|wikidata\\.org/(?:wiki|entity))/",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SEPARATORS = Pattern.compile("[\\s.-]");
    private static final Pattern SPACES = Pattern.compile("\\s");

    /** The maximum length of input, with URL and separators. */
    private static final int MAX_LENGTH = 200;

    private final Pattern syntax;
    private final UnaryOperator<String> normal;
    private final Predicate<String> check;

    IdentifierType(String syntax, UnaryOperator<String> normal, Predicate<String> check) {
        this.syntax = Pattern.compile(syntax);
        this.normal = normal;
        this.check = check;
    }

    /**
     * The identifier as it is stored: without the URL and separators that people write.
     *
     * @throws RuleViolation {@code identifier.TYPE.syntax}, {@code identifier.TYPE.check}, with the type in lower case
     */
    String normalised(String written) {
        var value = written.length() > MAX_LENGTH ? "" : normal.apply(written.strip());
        var rule = "identifier." + name().toLowerCase(Locale.ROOT);
        if (!syntax.matcher(value).matches()) {
            throw new RuleViolation(
                    rule + ".syntax", "This is not how an identifier of the type " + name() + " is written.");
        }
        if (!check.test(value)) {
            throw new RuleViolation(rule + ".check", "The check digits do not fit: there is a typing error in it.");
        }
        return value;
    }

    private static String withoutAddress(String value) {
        var address = ADDRESS.matcher(value);
        return address.lookingAt() ? value.substring(address.end()) : value;
    }

    private static String withoutSpaces(String value) {
        return SPACES.matcher(value).replaceAll("").toUpperCase(Locale.ROOT);
    }

    private static String compact(String value) {
        return SEPARATORS.matcher(value).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
