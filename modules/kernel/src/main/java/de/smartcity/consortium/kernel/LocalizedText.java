package de.smartcity.consortium.kernel;

import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A text that people read, in one or more languages.
 *
 * @param texts by BCP 47 tag in its canonical form; at least one, none blank, ordered by tag
 */
public record LocalizedText(Map<String, String> texts) {

    private static final int MOST_LANGUAGES = 50;
    private static final int MOST_REMEMBERED = 1_000;
    /** Every text that is read passes here, and almost all of them in a handful of languages. */
    private static final Map<String, String> CANONICAL = new ConcurrentHashMap<>();

    /** @throws RuleViolation {@code text.empty}, {@code text.blank}, {@code text.languages}, {@code locale.unknown}, {@code locale.twice} */
    public LocalizedText {
        if (texts.isEmpty()) {
            throw new RuleViolation("text.empty", "Give the text in at least one language.");
        }
        if (texts.size() > MOST_LANGUAGES) {
            throw new RuleViolation("text.languages", "Give the text in at most " + MOST_LANGUAGES + " languages.");
        }
        // Tags do not care for case (RFC 5646), and a reader may write "DE".
        var canonical = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        texts.forEach((tag, text) -> {
            if (text.isBlank()) {
                throw new RuleViolation("text.blank", "The text for " + tag + " must not be blank.");
            }
            if (canonical.put(canonicalTag(tag), text.strip()) != null) {
                throw new RuleViolation("locale.twice", "The language " + tag + " is given twice.");
            }
        });
        texts = Collections.unmodifiableMap(canonical);
    }

    /** A text by tag. */
    public static LocalizedText of(Map<String, String> texts) {
        return new LocalizedText(texts);
    }

    /**
     * A language's BCP 47 tag in its canonical form.
     *
     * @throws RuleViolation {@code locale.unknown}
     */
    public static String canonicalTag(String tag) {
        var known = CANONICAL.get(tag);
        if (known != null) {
            return known;
        }
        var canonical = checkedTag(tag);
        if (CANONICAL.size() < MOST_REMEMBERED) {
            CANONICAL.put(tag, canonical);
        }
        return canonical;
    }

    private static String checkedTag(String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            // The JDK takes any well-formed tag; only those whose language has a name are in use.
            if (!locale.getLanguage().isEmpty()
                    && !locale.getDisplayLanguage(Locale.ENGLISH).equals(locale.getLanguage())) {
                return locale.toLanguageTag();
            }
        } catch (IllformedLocaleException malformed) {
            throw unknown(tag);
        }
        throw unknown(tag);
    }

    private static RuleViolation unknown(String tag) {
        return new RuleViolation(
                "locale.unknown", "\"" + tag + "\" is not a BCP 47 language tag, such as de or en-GB.");
    }

    /** @throws RuleViolation {@code text.long} where a text has more than this many characters */
    public LocalizedText atMost(int characters) {
        texts.forEach((tag, text) -> {
            if (text.codePointCount(0, text.length()) > characters) {
                throw new RuleViolation(
                        "text.long", "The text for " + tag + " has more than " + characters + " characters.");
            }
        });
        return this;
    }

    /**
     * The text for a reader: in the first of these languages that there is (a region falls back to its language before the next
     * wanted one), else in any.
     *
     * @param wanted BCP 47 tags, the most wanted first
     */
    public String in(List<String> wanted) {
        for (var tag : wanted) {
            for (var range = tag; !range.isEmpty(); range = range.substring(0, Math.max(range.lastIndexOf('-'), 0))) {
                var text = texts.get(range);
                if (text != null) {
                    return text;
                }
            }
        }
        return texts.values().iterator().next();
    }
}
