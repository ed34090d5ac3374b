package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The competences that there are, and how they match. A deprecated one is matched as what replaces it. Immutable. */
public final class Vocabulary {

    /** More than any chain of replacements, so that a circle in stored data ends. */
    public static final int MAX_REPLACEMENTS = 20;

    private final Map<CompetenceCode, Concept> concepts;
    private final Map<CompetenceCode, Meaning> meanings;

    /** The vocabulary of these concepts, of which no two have one code. */
    public Vocabulary(Collection<Concept> concepts) {
        this.concepts = concepts.stream().collect(Collectors.toUnmodifiableMap(Concept::code, Function.identity()));
        this.meanings = concepts.stream()
                .map(Concept::code)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), this::meaning));
    }

    /** The concept with this code. */
    public Optional<Concept> find(CompetenceCode code) {
        return Optional.ofNullable(concepts.get(code));
    }

    /** What counts for this code now: itself, or what replaces it if it is deprecated. */
    public CompetenceCode current(CompetenceCode code) {
        var current = code;
        for (var step = 0; step < MAX_REPLACEMENTS; step++) {
            var replacement = find(current).map(Concept::replacedBy).orElse(null);
            if (replacement == null) {
                return current;
            }
            current = replacement;
        }
        return current;
    }

    private Meaning meaning(CompetenceCode code) {
        var current = current(code);
        return new Meaning(
                current, find(current).map(Concept::broader).map(this::current).orElse(null));
    }

    /** How the competence of an entry matches that of a need; empty if it does not, or if there is no concept of one of them. */
    public Optional<MatchKind> match(CompetenceCode needed, CompetenceCode entry) {
        var need = meanings.get(needed);
        var have = meanings.get(entry);
        return need == null || have == null ? Optional.empty() : Optional.ofNullable(match(need, have));
    }

    private static @Nullable MatchKind match(Meaning need, Meaning have) {
        if (need.current().equals(have.current())) {
            return MatchKind.EXACT;
        }
        if (need.current().equals(have.broader())) {
            return MatchKind.NARROWER;
        }
        return have.current().equals(need.broader()) ? MatchKind.BROADER : null;
    }

    /** All codes that match a need, also the deprecated ones, and how. */
    public Map<CompetenceCode, MatchKind> matches(CompetenceCode needed) {
        var matches = new HashMap<CompetenceCode, MatchKind>();
        concepts.keySet().forEach(code -> match(needed, code).ifPresent(kind -> matches.put(code, kind)));
        return Map.copyOf(matches);
    }

    /** The codes that can cover a need: of the same competence and of narrower ones. */
    public Set<CompetenceCode> covering(CompetenceCode needed) {
        return matches(needed).entrySet().stream()
                .filter(match -> match.getValue().canCover())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which of these codes are deprecated, or of no concept. */
    public Set<CompetenceCode> outdated(Collection<CompetenceCode> codes) {
        return codes.stream()
                .filter(Objects::nonNull)
                .filter(code -> find(code).map(Concept::deprecated).orElse(true))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is compared of a concept.
     *
     * @param current the code that counts for it
     * @param broader the code that counts for the one that this is a part of
     */
    private record Meaning(CompetenceCode current, @Nullable CompetenceCode broader) {}
}
