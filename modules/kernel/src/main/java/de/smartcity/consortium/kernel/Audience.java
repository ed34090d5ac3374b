package de.smartcity.consortium.kernel;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may see an object: actors that hold one of its tokens. As a condition of a query that is one {@code $in} of the actor's
 * tokens over the stored ones.
 *
 * @param tokens {@code public}, {@code consortium}, {@code office} and tokens of relations, as {@link Viewpoint#token} writes them; empty for nobody
 */
public record Audience(Collection<String> tokens) {

    /** Stands for every token in a shared key; no viewpoint has this name. */
    static final String ALL = "all";

    /** Nobody, the office included. */
    public static Audience nobody() {
        return new Audience(List.of());
    }

    /** The office. */
    public static Audience office() {
        return new Audience(List.of(Viewpoint.OFFICE.name()));
    }

    /** All ACTIVE partners and the office. */
    public static Audience consortium() {
        return office().with(Viewpoint.CONSORTIUM.name());
    }

    /** Everybody. */
    public static Audience everybody() {
        return consortium().with(Viewpoint.PUBLIC.name());
    }

    /** This audience and the holders of the token. */
    public Audience with(String token) {
        var more = new TreeSet<>(tokens);
        more.add(token);
        return new Audience(List.copyOf(more));
    }

    /**
     * The viewpoints of an actor on the object; empty if it may not see it.
     *
     * @param held the actor's tokens, as {@link Actor#tokens} gives them
     */
    public Set<Viewpoint> viewpoints(Map<String, Viewpoint> held) {
        var viewpoints = new LinkedHashSet<Viewpoint>();
        for (var token : tokens) {
            var viewpoint = held.get(token);
            if (viewpoint != null) {
                viewpoints.add(viewpoint);
            }
        }
        return viewpoints;
    }

    /**
     * The stored keys that find objects by facet and audience at once: one for each token and value.
     *
     * @param values the object's values of the facet
     */
    public List<String> keys(String facet, Collection<String> values) {
        return keys(tokens, facet, values);
    }

    /** The keys for a query: each object that has one of the tokens and one of the values has one of these keys. */
    public static List<String> keys(Collection<String> tokens, String facet, Collection<String> values) {
        return tokens.stream()
                .flatMap(token -> values.stream().map(value -> token + " " + facet + "=" + value))
                .toList();
    }

    /**
     * The stored keys that find objects by a facet for whoever sees its field, such as {@code all phase=IDEA}: one for each value, however many
     * tokens the object has. They say nothing about the audience, so a query by them contains it as a condition of its own.
     *
     * @param values the object's values of the facet, the same for all who see the field; or those of a query
     */
    public static List<String> sharedKeys(String facet, Collection<String> values) {
        return keys(List.of(ALL), facet, values);
    }
}
