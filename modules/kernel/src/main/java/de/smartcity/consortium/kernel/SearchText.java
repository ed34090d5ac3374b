package de.smartcity.consortium.kernel;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Normalizes texts for search and order: words of lower-case letters and digits without accents, with ä, ö and ü as ae, oe and ue and ß as ss.
 * Everything that is neither letter nor digit separates words, and each Han character is a word of its own, because
 * Chinese and Japanese write no spaces. Takes time linear in the length of any text.
 */
public final class SearchText {

    /** In code points. Longer words are found by their beginning, which keeps the keys of an index short. */
    private static final int MAX_PREFIX_LENGTH = 40;

    /** Of the texts that are not searched completely. */
    private static final int MAX_OTHER_PREFIXES = 500;

    /** In bytes of a BSON array. Only texts that are made for it reach that. */
    private static final int MAX_SIZE = 64 * 1024;

    /** Of an element of a BSON array, beside its text: type, index, length and two terminators. */
    private static final int ELEMENT_SIZE = 12;

    /** In a row, as in Unicode's stream-safe text format (UAX 15): normalization takes time quadratic in that. No language needs so many. */
    private static final int MAX_MARKS = 30;

    private static final Pattern WORD =
            Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]][\\p{L}\\p{N}\\p{M}&&[^\\p{IsHan}]]*");
    private static final Pattern ACCENT = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

    private SearchText() {}

    /** The text for ordering: its words, a single space between two. Empty for a text without a word. */
    public static String sortKey(String text) {
        return String.join(" ", words(folded(lowerCase(text))));
    }

    /** The search prefixes of an aggregate with one searched text; as {@link #prefixes(List, List)}, with all words. */
    public static Set<String> prefixes(String text) {
        return prefixes(List.of(text), List.of());
    }

    /**
     * The search prefixes of an aggregate: each beginning of each word, 1 to 40 characters; with umlauts both as ae and as a. They are at most
     * 64 KB as stored.
     *
     * @param complete the texts by which it must be found, such as a name in all its languages
     * @param others further texts, of which at most 500 prefixes are added: those of the first words of each, then of the second ones, and so on, so
     *     that no language is left out because of another's length
     */
    public static Set<String> prefixes(List<String> complete, List<String> others) {
        var prefixes = complete.stream()
                .flatMap(text -> storedWords(text).stream())
                .flatMap(SearchText::beginnings)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var more = inTurn(others)
                .flatMap(SearchText::beginnings)
                .distinct()
                .filter(prefix -> !prefixes.contains(prefix))
                .limit(MAX_OTHER_PREFIXES)
                .toList();
        prefixes.addAll(more);
        return ofBoundedSize(prefixes);
    }

    private static Set<String> ofBoundedSize(Set<String> prefixes) {
        var bounded = new LinkedHashSet<String>();
        var size = 0;
        for (var prefix : prefixes) {
            size += prefix.getBytes(StandardCharsets.UTF_8).length + ELEMENT_SIZE;
            if (size > MAX_SIZE) {
                break;
            }
            bounded.add(prefix);
        }
        return bounded;
    }

    private static Stream<String> inTurn(List<String> texts) {
        var words = texts.stream().map(SearchText::storedWords).toList();
        var most = words.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, most)
                .boxed()
                .flatMap(place ->
                        words.stream().filter(some -> place < some.size()).map(some -> some.get(place)));
    }

    /** The different words of a text, each with its form without umlauts. */
    private static List<String> storedWords(String text) {
        var lowerCase = lowerCase(text);
        var words = words(folded(lowerCase));
        var others = words(folded(withoutUmlauts(lowerCase)));
        // An umlaut is a letter in both, so there are as many words.
        return IntStream.range(0, words.size())
                .boxed()
                .flatMap(place -> Stream.of(words.get(place), others.get(place)))
                .distinct()
                .toList();
    }

    /** The words of a query, without duplicates: a text matches if its {@link #prefixes} contain all of them. Empty if the query has no word. */
    public static List<String> queried(String query) {
        return words(folded(lowerCase(query))).stream()
                .map(SearchText::beginning)
                .distinct()
                .toList();
    }

    private static List<String> words(String folded) {
        return WORD.matcher(folded).results().map(MatchResult::group).toList();
    }

    private static String folded(String lowerCase) {
        var folded = new StringBuilder(lowerCase.length() + 16);
        lowerCase.codePoints().forEach(character -> {
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

    private static String withoutUmlauts(String lowerCase) {
        return lowerCase.replace('ä', 'a').replace('ö', 'o').replace('ø', 'o').replace('ü', 'u');
    }

    /**
     * Composed first, so that an ä of two code points is one; compatible, so that ligatures are their letters. Each character by itself, since that of
     * a whole string looks for the end of the word at each Σ, and both small sigmas are folded to one.
     */
    private static String lowerCase(String text) {
        var lowerCase = new StringBuilder(text.length() + 16);
        Normalizer.normalize(withBoundedMarks(text), Normalizer.Form.NFKC)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lowerCase::appendCodePoint);
        return lowerCase.toString();
    }

    private static String withBoundedMarks(String text) {
        var bounded = new StringBuilder(text.length());
        var marks = 0;
        for (var at = 0; at < text.length(); ) {
            var character = text.codePointAt(at);
            at += Character.charCount(character);
            marks = isMark(character) ? marks + 1 : 0;
            if (marks <= MAX_MARKS) {
                bounded.appendCodePoint(character);
            }
        }
        return bounded.toString();
    }

    /** Whether it is a combining mark, or becomes one by normalization as the two half-width sound marks of Katakana do. */
    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> character == '\uFF9E' || character == '\uFF9F';
        };
    }

    private static Stream<String> beginnings(String word) {
        var longest = beginning(word);
        return IntStream.rangeClosed(1, longest.codePointCount(0, longest.length()))
                .mapToObj(length -> longest.substring(0, longest.offsetByCodePoints(0, length)));
    }

    private static String beginning(String word) {
        return word.codePointCount(0, word.length()) <= MAX_PREFIX_LENGTH
                ? word
                : word.substring(0, word.offsetByCodePoints(0, MAX_PREFIX_LENGTH));
    }
}
