package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The permissions to change letters, empty if permitted. The audience has already decided whether the actor may see the letter. */
public final class LetterPermissions {

    private static final Set<PartnerStatus> MEMBERS = EnumSet.of(PartnerStatus.ACTIVE);
    /** The statuses in which a partner can answer. */
    static final Set<PartnerStatus> ASKED = EnumSet.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    private LetterPermissions() {}

    /** To draft a letter: editors of a member. */
    public static Optional<Refusal> draft(Actor actor) {
        return actor.refusalToAct(Role.EDITOR, MEMBERS);
    }

    /** To edit or delete a draft: editors of the initiator. */
    public static Optional<Refusal> edit(Actor actor, LetterFacts letter) {
        return actor.refusalToActFor(letter.initiator(), Role.EDITOR, MEMBERS);
    }

    /** To offer, withdraw, amend and end: signatories of the initiator, who are people. */
    public static Optional<Refusal> offer(Actor actor, LetterFacts letter) {
        return actor.refusalToActFor(letter.initiator(), Role.SIGNATORY, MEMBERS)
                .or(actor::refusalToActAsPerson);
    }

    /** To answer and to leave: signatories of a partner that was ever asked, who are people. Whether it still is, is decided by the digest that was shown. */
    public static Optional<Refusal> answer(Actor actor, LetterFacts letter) {
        var own = actor.organisation().map(Organisation::partner);
        if (own.isPresent() && !isAsked(own.get(), letter)) {
            return Optional.of(Refusal.otherOrganisation());
        }
        return actor.refusalToAct(Role.SIGNATORY, ASKED).or(actor::refusalToActAsPerson);
    }

    private static boolean isAsked(PartnerId partner, LetterFacts letter) {
        return letter.editions().stream()
                .anyMatch(edition -> edition.findAnswer(partner).isPresent());
    }
}
