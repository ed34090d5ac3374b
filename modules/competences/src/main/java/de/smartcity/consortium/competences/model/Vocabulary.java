package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The competences that there are, and how they match. A deprecated one is matched as what replaces it. Immutable. */
public final class Vocabulary {

    /** More than any chain of replacements, so that a circle in stored data ends. */
    private static final int MAX_REPLACEMENTS = 20;

    private final Map<CompetenceCode, Concept> concepts;

    /** The vocabulary of these concepts, of which no two have one code. */
    public Vocabulary(Collection<Concept> concepts) {
        this.concepts = concepts.stream().collect(Collectors.toUnmodifiableMap(Concept::code, Function.identity()));
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

    /** How the competence of an entry matches that of a need; empty if it does not. */
    public Optional<MatchKind> match(CompetenceCode needed, CompetenceCode entry) {
        var need = current(needed);
        var have = current(entry);
        if (need.equals(have)) {
            return Optional.of(MatchKind.EXACT);
        }
        if (need.equals(broader(have))) {
            return Optional.of(MatchKind.NARROWER);
        }
        return have.equals(broader(need)) ? Optional.of(MatchKind.BROADER) : Optional.empty();
    }

    private @Nullable CompetenceCode broader(CompetenceCode code) {
        return find(code).map(Concept::broader).map(this::current).orElse(null);
    }

    /** All codes that can cover a need: the same competence and narrower ones, also by their deprecated codes. */
    public Set<CompetenceCode> covering(CompetenceCode needed) {
        return matching(needed, MatchKind::canCover);
    }

    /** All codes that match a need in some way. */
    public Set<CompetenceCode> matching(CompetenceCode needed) {
        return matching(needed, kind -> true);
    }

    private Set<CompetenceCode> matching(CompetenceCode needed, Predicate<MatchKind> wanted) {
        return concepts.keySet().stream()
                .filter(code -> match(needed, code).filter(wanted).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which of these codes are deprecated, or of no concept. */
    public Set<CompetenceCode> outdated(Collection<CompetenceCode> codes) {
        return codes.stream()
                .filter(Objects::nonNull)
                .filter(code -> find(code).map(Concept::deprecated).orElse(true))
                .collect(Collectors.toUnmodifiableSet());
    }
}
