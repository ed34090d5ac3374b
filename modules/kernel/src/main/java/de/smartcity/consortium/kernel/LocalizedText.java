package de.smartcity.consortium.kernel;

import java.util.Collections;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text in one or more languages.
 *
 * @param texts by BCP 47 tag in its canonical form; at least one, none blank, ordered by tag
 */
public record LocalizedText(Map<String, String> texts) {

    private static final int MAX_TAG_LENGTH = 35;
    private static final int MAX_WANTED = 10;
    /** A text for readers of any language, such as a proper name. */
    private static final String ANY_LANGUAGE = "mul";

    /** @param texts valid texts by canonical tag; they are not validated */
    public static LocalizedText of(Map<String, String> texts) {
        return new LocalizedText(Collections.unmodifiableMap(new TreeMap<>(texts)));
    }

    /** A text by tag, as files give it. @throws RuleViolation as {@link #parse(List, int, int)} */
    public static LocalizedText parse(Map<String, String> given, int maxLength, int maxLanguages) {
        return parse(
                given.entrySet().stream()
                        .map(entry -> new Translation(entry.getKey(), entry.getValue()))
                        .toList(),
                maxLength,
                maxLanguages);
    }

    /**
     * Validates a text.
     *
     * @param maxLength in code points, of each translation
     * @param maxLanguages how many translations there may be, as the consortium decides
     * @throws RuleViolation {@code text.empty}, {@code text.languages}; at an index and {@code text}: {@code text.blank}, {@code text.long}; at
     *     an index and {@code locale}: {@code locale.unknown}, {@code locale.twice}
     */
    public static LocalizedText parse(List<Translation> given, int maxLength, int maxLanguages) {
        if (given.isEmpty()) {
            throw new RuleViolation("text.empty", "Give the text in at least one language.");
        }
        if (given.size() > maxLanguages) {
            throw new RuleViolation("text.languages", "Give the text in at most " + maxLanguages + " languages.");
        }
        var tags = new HashSet<String>();
        var violations = new Violations();
        var accepted = violations.each(given, translation -> parse(translation, maxLength, tags));
        violations.throwIfAny();
        return of(accepted.stream().collect(Collectors.toMap(Translation::locale, Translation::text)));
    }

    private static Translation parse(Translation given, int maxLength, Set<String> tags) {
        var violations = new Violations();
        var tag = violations.at("locale", () -> canonicalTag(given.locale()));
        violations.demand(
                tag == null || tags.add(tag), "locale.twice", "The language " + tag + " is given twice.", "locale");
        var text = violations.at("text", () -> BoundedText.parse(given.text(), maxLength, "text"));
        violations.throwIfAny();
        return new Translation(Objects.requireNonNull(tag), Objects.requireNonNull(text));
    }

    /**
     * The canonical form of a BCP 47 tag, which has no extensions, private ones included: they do not name a language.
     *
     * @throws RuleViolation {@code locale.unknown}
     */
    public static String canonicalTag(String tag) {
        if (tag.length() > MAX_TAG_LENGTH) {
            throw unknown(tag);
        }
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            // The JDK accepts any well-formed tag; only languages that exist have a name.
            if (!locale.hasExtensions()
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
                "locale.unknown",
                "\"" + Excerpt.of(tag) + "\" is not a BCP 47 language tag without extensions, such as de or en-GB.");
    }

    /**
     * The text for a reader: in the first wanted language that it has, where a tag also matches its shorter forms and the
     * variants of each; else the one for any language ({@code mul}), the one in the default language, or any.
     *
     * @param wanted BCP 47 tags, the most wanted first; only the first 10 count, and none of more than 35 characters
     * @param defaultTag the consortium's first language
     */
    public String in(List<String> wanted, String defaultTag) {
        for (var tag : wanted.subList(0, Math.min(wanted.size(), MAX_WANTED))) {
            var text = inLanguage(tag);
            if (text != null) {
                return text;
            }
        }
        var text = texts.get(ANY_LANGUAGE);
        if (text == null) {
            text = inLanguage(defaultTag);
        }
        // Stored text may have none.
        return text == null ? texts.values().stream().findFirst().orElse("") : text;
    }

    private @Nullable String inLanguage(String tag) {
        if (tag.length() > MAX_TAG_LENGTH) {
            return null;
        }
        for (var range = tag; !range.isEmpty(); range = range.substring(0, Math.max(range.lastIndexOf('-'), 0))) {
            var exact = texts.get(range);
            if (exact != null) {
                return exact;
            }
            for (var entry : texts.entrySet()) {
                if (isOrVaries(entry.getKey(), range)) {
                    return entry.getValue();
                }
            }
        }
        return null;
    }

    /** Tags are case-insensitive (RFC 5646), so a reader may write "DE". */
    private static boolean isOrVaries(String tag, String range) {
        return tag.regionMatches(true, 0, range, 0, range.length())
                && (tag.length() == range.length()
                        || (tag.length() > range.length() && tag.charAt(range.length()) == '-'));
    }
}
