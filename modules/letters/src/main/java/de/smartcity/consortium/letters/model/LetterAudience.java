package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who sees the editions of a letter. */
public final class LetterAudience {

    /** The initiator, which sees everything, also a draft. */
    public static final Viewpoint OWNER = Viewpoint.relation("owner", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    /** A party of the edition that was offered last or is in force; it sees the editions that it was offered. */
    public static final Viewpoint PARTY = Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    /** A party of earlier editions only, or one that has left; it keeps those that it was offered. */
    public static final Viewpoint FORMER = Viewpoint.relation("former", PartnerStatus.ACTIVE);

    /** All relations between a letter and a partner. */
    public static final List<Viewpoint> RELATIONS = List.of(OWNER, PARTY, FORMER);

    /** The viewpoints that see all of an edition, and not only what is published. */
    public static final Set<Viewpoint> INSIDE = Set.of(OWNER, PARTY, FORMER, Viewpoint.OFFICE);

    private final String owner;
    private final Set<PartnerId> presentParties = new HashSet<>();
    private final @Nullable Edition governing;

    public LetterAudience(LetterFacts letter) {
        owner = OWNER.token(letter.initiator());
        letter.lastOffered().ifPresent(this::addParties);
        letter.inForce().ifPresent(this::addParties);
        governing = letter.inForce()
                .or(() -> letter.last(edition -> edition.state().isOrWasInForce()))
                .orElse(null);
    }

    private void addParties(Edition edition) {
        edition.terms().partners().stream()
                .filter(partner -> edition.findAnswer(partner)
                        .filter(answer -> answer.until() != null)
                        .isEmpty())
                .forEach(presentParties::add);
    }

    /** Whether the holders of a token see all of an edition that they see. */
    public static boolean isInside(String token) {
        return INSIDE.stream().anyMatch(viewpoint -> viewpoint.isOf(token));
    }

    /** Who sees this edition of the letter. */
    public Audience of(Edition edition) {
        if (edition.state() == EditionState.DRAFT) {
            return Audience.nobody().with(owner);
        }
        var tokens = new TreeSet<String>();
        tokens.add(owner);
        edition.terms()
                .partners()
                .forEach(partner -> tokens.add((presentParties.contains(partner) ? PARTY : FORMER).token(partner)));
        tokens.addAll(published(edition).tokens());
        return new Audience(List.copyOf(tokens));
    }

    /** Whether the text is published with the edition: as the parties agreed, and those of the edition that counts now for theirs. */
    public boolean publishesText(Edition edition) {
        return Boolean.TRUE.equals(edition.terms().publishText())
                && Boolean.TRUE.equals(governing(edition).terms().publishText());
    }

    private Edition governing(Edition edition) {
        return Objects.requireNonNullElse(governing, edition);
    }

    /** An edition is published as the parties agreed, and no more widely than those of the edition that counts now agreed for theirs. */
    private Audience published(Edition edition) {
        if (!edition.state().isOrWasInForce()) {
            return Audience.office();
        }
        return switch (Collections.min(List.of(visibility(edition), visibility(governing(edition))))) {
            case PARTIES -> Audience.office();
            case CONSORTIUM -> Audience.consortium();
            case PUBLIC -> Audience.everybody();
        };
    }

    /** Stored terms may lack it. */
    private static LetterVisibility visibility(Edition edition) {
        return Objects.requireNonNullElse(edition.terms().visibility(), LetterVisibility.PARTIES);
    }
}
