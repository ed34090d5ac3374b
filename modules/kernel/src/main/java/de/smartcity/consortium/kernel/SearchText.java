package de.smartcity.consortium.kernel;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Normalizes texts for search and order: words of lower-case letters and digits without accents, with ä, ö and ü as ae, oe and ue and ß as ss.
 * Everything that is neither letter nor digit separates words, and each Han character is a word of its own, because
 * Chinese and Japanese write no spaces.
 */
public final class SearchText {

    /** In code points. Longer words are found by their beginning, which keeps the keys of an index short. */
    private static final int MAX_PREFIX_LENGTH = 40;

    private static final Pattern WORD =
            Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]][\\p{L}\\p{N}\\p{M}&&[^\\p{IsHan}]]*");
    private static final Pattern ACCENT = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

    private SearchText() {}

    /** The text for ordering: its words, a single space between two. Empty for a text without a word. */
    public static String sortKey(String text) {
        return String.join(" ", words(folded(text)));
    }

    /** The search prefixes of a stored text: each beginning of each word, 1 to 40 characters; with umlauts both as ae and as a. */
    public static Set<String> prefixes(String text) {
        var prefixes = new LinkedHashSet<String>();
        words(folded(text)).forEach(word -> addPrefixes(word, prefixes));
        words(folded(withoutUmlauts(text))).forEach(word -> addPrefixes(word, prefixes));
        return prefixes;
    }

    /** The words of a query, without duplicates: a text matches if its {@link #prefixes} contain all of them. Empty if the query has no word. */
    public static List<String> queried(String query) {
        return words(folded(query)).stream()
                .map(SearchText::beginning)
                .distinct()
                .toList();
    }

    private static List<String> words(String folded) {
        return WORD.matcher(folded).results().map(MatchResult::group).toList();
    }

    private static String folded(String text) {
        var folded = new StringBuilder(text.length() + 16);
        lowerCase(text).codePoints().forEach(character -> {
            switch (character) {
                case 'ä', 'æ' -> folded.append("ae");
                case 'ö', 'œ', 'ø' -> folded.append("oe");
                case 'ü' -> folded.append("ue");
                case 'ß' -> folded.append("ss");
                case 'þ' -> folded.append("th");
                // Letters that no normalisation form decomposes.
                case 'ı' -> folded.append('i');
                case 'ł' -> folded.append('l');
                case 'đ', 'ð' -> folded.append('d');
                case 'ħ' -> folded.append('h');
                case 'ς' -> folded.append('σ');
                default -> folded.appendCodePoint(character);
            }
        });
        return ACCENT.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD))
                .replaceAll("");
    }

    private static String withoutUmlauts(String text) {
        return lowerCase(text)
                .replace('ä', 'a')
                .replace('ö', 'o')
                .replace('ø', 'o')
                .replace('ü', 'u');
    }

    /** Composed first, so that an ä of two code points is one; compatible, so that ligatures are their letters. */
    private static String lowerCase(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static void addPrefixes(String word, Set<String> prefixes) {
        var longest = beginning(word);
        for (var end = 0; end < longest.length(); ) {
            end = longest.offsetByCodePoints(end, 1);
            prefixes.add(longest.substring(0, end));
        }
    }

    private static String beginning(String word) {
        return word.codePointCount(0, word.length()) <= MAX_PREFIX_LENGTH
                ? word
                : word.substring(0, word.offsetByCodePoints(0, MAX_PREFIX_LENGTH));
    }
}
