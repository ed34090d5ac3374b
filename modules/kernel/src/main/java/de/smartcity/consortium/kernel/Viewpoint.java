package de.smartcity.consortium.kernel;

import java.util.Set;

/**
 * What an actor is to an object. The three general viewpoints include each other: whatever the public may see is visible to the consortium,
 * and whatever the consortium may see is visible to the office, so an actor holds one of them. The others are relations between a partner and
 * an object; each type of object declares its own.
 *
 * @param name stored in audience tokens; lower-case letters, not {@code all}
 * @param heldWhile the statuses in which a partner's accounts hold the relation; empty for general viewpoints
 */
public record Viewpoint(String name, Set<PartnerStatus> heldWhile) {

    /** Everybody. */
    public static final Viewpoint PUBLIC = new Viewpoint("public", Set.of());
    /** Any ACTIVE partner. */
    public static final Viewpoint CONSORTIUM = new Viewpoint("consortium", Set.of());
    /** The consortium's office. */
    public static final Viewpoint OFFICE = new Viewpoint("office", Set.of());

    /** @throws IllegalArgumentException for the name that stands for all viewpoints */
    public Viewpoint {
        if (name.equals(Audience.ALL)) {
            throw new IllegalArgumentException("No viewpoint is named " + name);
        }
        heldWhile = Set.copyOf(heldWhile);
    }

    /** A relation, held by accounts of the related partner while it is in one of these statuses. */
    public static Viewpoint relation(String name, PartnerStatus... heldWhile) {
        return new Viewpoint(name, Set.of(heldWhile));
    }

    /** The token of this relation for this partner, such as {@code own:UUID}. */
    public String token(PartnerId partner) {
        return name + ":" + partner.value();
    }

    /** Whether a token is of this viewpoint, for any partner. */
    public boolean isOf(String token) {
        return token.equals(name) || token.startsWith(name + ":");
    }
}
