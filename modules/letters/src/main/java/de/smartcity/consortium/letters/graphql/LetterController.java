package de.smartcity.consortium.letters.graphql;

import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.application.LetterFilter;
import de.smartcity.consortium.letters.application.LetterManagement;
import de.smartcity.consortium.letters.application.LetterOrder;
import de.smartcity.consortium.letters.application.LetterReading;
import de.smartcity.consortium.letters.application.LetterVerification;
import de.smartcity.consortium.letters.application.LetterVerification.Verification;
import de.smartcity.consortium.letters.application.StoredLetter;
import de.smartcity.consortium.letters.graphql.LetterInputs.AmendLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.DeclineLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.DeleteLetterDraftInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.DraftLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.EditLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.LiftReservationInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.OfferLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.SignLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.TerminateLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.WithdrawFromLetterInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.WithdrawNoticeInput;
import de.smartcity.consortium.letters.graphql.LetterInputs.WithdrawOfferInput;
import de.smartcity.consortium.letters.graphql.LetterPayloads.LetterPayload;
import de.smartcity.consortium.letters.model.LetterPermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class LetterController {

    private final LetterReading reading;
    private final LetterVerification verification;
    private final LetterManagement management;
    private final LetterInputMapper inputs;

    LetterController(
            LetterReading reading,
            LetterVerification verification,
            LetterManagement management,
            LetterInputMapper inputs) {
        this.reading = reading;
        this.verification = verification;
        this.management = management;
        this.inputs = inputs;
    }

    @QueryMapping
    @Nullable
    View<StoredLetter> letter(@Argument String id, Actor actor, Selection selection) {
        var letter = letterId(id);
        return reading.find(List.of(letter), actor, selection).get(letter);
    }

    @QueryMapping
    Connection<View<StoredLetter>> letters(
            @Argument @Nullable LetterFilter filter,
            @Argument @Nullable LetterOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        return reading.page(filter, orderBy, page, actor, selection);
    }

    @QueryMapping
    @Nullable
    Verification verifyLetter(@Argument String letterId, Actor actor) {
        return verification.verify(letterId(letterId), actor).orElse(null);
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canDraftLetters(Actor actor) {
        return LetterPermissions.draft(actor).isEmpty();
    }

    @MutationMapping
    LetterPayload draftLetter(@Argument DraftLetterInput input, Change change) {
        return new LetterPayload(management.draft(violations -> inputs.terms(input, violations), change));
    }

    @MutationMapping
    LetterPayload editLetter(@Argument EditLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.edit(id, input.expectedVersion(), inputs.edit(input), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload deleteLetterDraft(@Argument DeleteLetterDraftInput input, Change change) {
        var id = letterId(input.letterId());
        management.deleteDraft(id, input.expectedVersion(), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload offerLetter(@Argument OfferLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.offer(id, input.expectedVersion(), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload withdrawOffer(@Argument WithdrawOfferInput input, Change change) {
        var id = letterId(input.letterId());
        management.withdrawOffer(id, input.digest(), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload signLetter(@Argument SignLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.sign(id, input.digest(), violations -> inputs.signature(input, violations), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload declineLetter(@Argument DeclineLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.decline(id, input.digest(), input.comment(), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload liftReservation(@Argument LiftReservationInput input, Change change) {
        var id = letterId(input.letterId());
        management.liftReservation(id, input.digest(), violations -> inputs.lifting(input, violations), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload withdrawFromLetter(@Argument WithdrawFromLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.withdrawFrom(id, input.digest(), violations -> inputs.notice(input, violations), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload terminateLetter(@Argument TerminateLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.terminate(id, input.digest(), violations -> inputs.notice(input, violations), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload withdrawNotice(@Argument WithdrawNoticeInput input, Change change) {
        var id = letterId(input.letterId());
        management.withdrawNotice(id, input.digest(), change);
        return new LetterPayload(id);
    }

    @MutationMapping
    LetterPayload amendLetter(@Argument AmendLetterInput input, Change change) {
        var id = letterId(input.letterId());
        management.amend(id, change);
        return new LetterPayload(id);
    }

    private static LetterId letterId(String id) {
        return new LetterId(GlobalId.parse(id, "LetterOfIntent"));
    }
}
