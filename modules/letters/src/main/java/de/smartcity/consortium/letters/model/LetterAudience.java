package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Who sees a letter: whoever sees one of its editions. */
public final class LetterAudience {

    /** The initiator, which sees everything, also a draft. */
    public static final Viewpoint OWNER = Viewpoint.relation("owner", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    /** A party of the edition that was offered last or is in force; it sees the editions that it was offered. */
    public static final Viewpoint PARTY = Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    /** A party of earlier editions only; it keeps those that it was offered. */
    public static final Viewpoint FORMER = Viewpoint.relation("former", PartnerStatus.ACTIVE);

    /** All relations between a letter and a partner. */
    public static final List<Viewpoint> RELATIONS = List.of(OWNER, PARTY, FORMER);

    /** The viewpoints that see all of an edition, and not only what is published. */
    public static final Set<Viewpoint> INSIDE = Set.of(OWNER, PARTY, FORMER, Viewpoint.OFFICE);

    private LetterAudience() {}

    /** Who sees the letter. */
    public static Audience of(LetterFacts letter) {
        var tokens = new TreeSet<String>();
        letter.editions().forEach(edition -> tokens.addAll(of(letter, edition).tokens()));
        return new Audience(List.copyOf(tokens));
    }

    /** Who sees this edition of the letter. */
    public static Audience of(LetterFacts letter, Edition edition) {
        var owner = OWNER.token(letter.initiator());
        if (edition.state() == EditionState.DRAFT) {
            return Audience.nobody().with(owner);
        }
        var parties = presentParties(letter);
        var tokens = new TreeSet<String>();
        tokens.add(owner);
        edition.terms()
                .partners()
                .forEach(partner -> tokens.add((parties.contains(partner) ? PARTY : FORMER).token(partner)));
        tokens.addAll(published(letter, edition).tokens());
        return new Audience(List.copyOf(tokens));
    }

    private static Set<PartnerId> presentParties(LetterFacts letter) {
        var parties = new HashSet<PartnerId>();
        letter.lastOffered().ifPresent(edition -> parties.addAll(edition.terms().partners()));
        letter.inForce().ifPresent(edition -> parties.addAll(edition.terms().partners()));
        return parties;
    }

    /** Whether the text is published with the edition: as the parties agreed, and those of the edition that counts now for theirs. */
    public static boolean publishesText(LetterFacts letter, Edition edition) {
        return Boolean.TRUE.equals(edition.terms().publishText())
                && Boolean.TRUE.equals(governing(letter, edition).terms().publishText());
    }

    private static Edition governing(LetterFacts letter, Edition edition) {
        return letter.inForce()
                .or(() -> letter.last(other -> other.state().isOrWasInForce()))
                .orElse(edition);
    }

    /** An edition is published as the parties agreed, and no more widely than those of the edition that counts now agreed for theirs. */
    private static Audience published(LetterFacts letter, Edition edition) {
        if (!edition.state().isOrWasInForce()) {
            return Audience.office();
        }
        return switch (narrower(visibility(edition), visibility(governing(letter, edition)))) {
            case PARTIES -> Audience.office();
            case CONSORTIUM -> Audience.consortium();
            case PUBLIC -> Audience.everybody();
        };
    }

    /** Stored terms may lack it. */
    private static LetterVisibility visibility(Edition edition) {
        return Objects.requireNonNullElse(edition.terms().visibility(), LetterVisibility.PARTIES);
    }

    private static LetterVisibility narrower(LetterVisibility one, LetterVisibility other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
