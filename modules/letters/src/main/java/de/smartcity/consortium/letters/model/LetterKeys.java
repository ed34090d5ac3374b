package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what a letter is found: keys for the holders of each token, of the editions that they see. */
final class LetterKeys {

    /** As many as the longest titles in five languages have, with those of the text. */
    private static final int MAX_SEARCH_PREFIXES = 4_000;

    /** What most see comes first, so that what few see takes no room from it. */
    private static final Comparator<SeenBy> BY_STATE = Comparator.<SeenBy>comparingInt(
                    seen -> switch (seen.edition().state()) {
                        case IN_FORCE -> 0;
                        case OFFERED -> 1;
                        case SUPERSEDED, EXPIRED, TERMINATED, WITHDRAWN, LAPSED -> 2;
                        case DRAFT -> 3;
                    })
            .thenComparing(seen -> seen.edition().number(), Comparator.reverseOrder());

    private final LetterFacts letter;
    private final LetterAudience audience;
    private final List<SeenBy> seenBy;

    /** An edition and the tokens of those who see it. */
    private record SeenBy(Edition edition, Collection<String> tokens) {}

    LetterKeys(LetterFacts letter) {
        this.letter = letter;
        this.audience = new LetterAudience(letter);
        this.seenBy = letter.editions().stream()
                .map(edition -> new SeenBy(edition, audience.of(edition).tokens()))
                .toList();
    }

    /** The search prefixes of a text. */
    static Set<String> words(@Nullable LocalizedText text) {
        return text == null ? Set.of() : SearchText.prefixes(List.of(), texts(text));
    }

    private static List<String> texts(@Nullable LocalizedText text) {
        return text == null ? List.of() : List.copyOf(text.texts().values());
    }

    /** Who sees the letter: whoever sees one of its editions. */
    Audience audience() {
        return new Audience(seenBy.stream()
                .flatMap(each -> each.tokens().stream())
                .distinct()
                .sorted()
                .toList());
    }

    /** The keys of its facets. */
    List<String> facets() {
        return audience().tokens().stream().flatMap(this::facets).toList();
    }

    /** The keys by which the holders of a token find the letter: from the editions that they see. */
    private Stream<String> facets(String token) {
        var seen = seenBy.stream()
                .filter(each -> each.tokens().contains(token))
                .map(SeenBy::edition)
                .toList();
        var states =
                seen.stream().map(edition -> edition.state().name()).distinct().toList();
        var inside = LetterAudience.isInside(token);
        var partners = seen.stream()
                .flatMap(edition -> inside ? edition.terms().partners().stream() : edition.parties())
                .distinct()
                .map(partner -> partner.value().toString())
                .toList();
        var tokens = List.of(token);
        return Stream.of(
                        Audience.keys(tokens, "state", states),
                        Audience.keys(tokens, "parties", partners),
                        Audience.keys(tokens, "awaitingMyAnswer", isAwaitedFrom(token) ? List.of("true") : List.of()))
                .flatMap(List::stream);
    }

    private boolean isAwaitedFrom(String token) {
        return letter.editions().stream()
                .flatMap(edition -> edition.answers().stream().filter(edition::isOpenTo))
                .filter(answer -> answer.state().isAwaited())
                .anyMatch(answer -> LetterAudience.PARTY.token(answer.partner()).equals(token));
    }

    /**
     * Titles are found by whoever sees the edition, texts by its parties and where they are published. What others see comes first, so that a draft
     * takes no room from it.
     */
    List<SearchEntry> search() {
        var entries = new ArrayList<SearchEntry>();
        var left = MAX_SEARCH_PREFIXES;
        for (var each : seenBy.stream().sorted(BY_STATE).toList()) {
            if (each.edition().state() == EditionState.DRAFT) {
                left = MAX_SEARCH_PREFIXES;
            }
            for (var entry : searchEntries(each)) {
                // All of the first ones, rather than some of each.
                var prefixes =
                        entry.prefixes().stream().limit(left).collect(Collectors.toCollection(LinkedHashSet::new));
                if (!entry.tokens().isEmpty() && !prefixes.isEmpty()) {
                    entries.add(new SearchEntry(entry.tokens(), prefixes));
                    left -= prefixes.size();
                }
            }
        }
        return entries;
    }

    private List<SearchEntry> searchEntries(SeenBy seen) {
        var edition = seen.edition();
        var titles = SearchText.prefixes(texts(edition.terms().title()), List.of());
        var all = new LinkedHashSet<>(titles);
        all.addAll(edition.textWords());
        var published = audience.publishesText(edition);
        var withText = seen.tokens().stream()
                .filter(token -> published || LetterAudience.isInside(token))
                .toList();
        var withTitle = seen.tokens().stream()
                .filter(token -> !withText.contains(token))
                .toList();
        return List.of(new SearchEntry(withText, all), new SearchEntry(withTitle, titles));
    }
}
