package de.smartcity.consortium.kernel;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an {@link Audience}, and what an actor holds to be let in. Its text, such as {@code public} or {@code own:UUID}, is what is stored.
 *
 * @param viewpoint what the token lets its holder look from
 * @param partner the partner, for {@link Viewpoint#NAMED} and {@link Viewpoint#OWN} and for no other
 */
public record AudienceToken(Viewpoint viewpoint, @Nullable PartnerId partner) {

    /** Everybody. */
    public static final AudienceToken PUBLIC = new AudienceToken(Viewpoint.PUBLIC, null);
    /** All ACTIVE partners. */
    public static final AudienceToken CONSORTIUM = new AudienceToken(Viewpoint.CONSORTIUM, null);
    /** The office. */
    public static final AudienceToken OFFICE = new AudienceToken(Viewpoint.OFFICE, null);

    public AudienceToken {
        var needsPartner = viewpoint == Viewpoint.NAMED || viewpoint == Viewpoint.OWN;
        if (needsPartner != (partner != null)) {
            throw new IllegalArgumentException("A token names a partner exactly when it is NAMED or OWN");
        }
    }

    /** A partner that the object names; held while it is ONBOARDING or ACTIVE. */
    public static AudienceToken named(PartnerId partner) {
        return new AudienceToken(Viewpoint.NAMED, partner);
    }

    /** The partner that the object is, or that owns it; held while it is SUSPENDED too. */
    public static AudienceToken own(PartnerId partner) {
        return new AudienceToken(Viewpoint.OWN, partner);
    }

    /** The token of this text. */
    public static AudienceToken parse(String text) {
        var colon = text.indexOf(':');
        var viewpoint = colon < 0 ? text : text.substring(0, colon);
        return new AudienceToken(
                Viewpoint.valueOf(viewpoint.toUpperCase(Locale.ROOT)),
                colon < 0 ? null : new PartnerId(UUID.fromString(text.substring(colon + 1))));
    }

    /** The stored form. */
    public String text() {
        var name = viewpoint.name().toLowerCase(Locale.ROOT);
        return partner == null ? name : name + ":" + partner.value();
    }
}
