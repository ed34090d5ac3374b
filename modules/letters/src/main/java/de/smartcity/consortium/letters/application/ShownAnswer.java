package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.AnswerState;
import de.smartcity.consortium.letters.model.Decline;
import de.smartcity.consortium.letters.model.Lifting;
import de.smartcity.consortium.letters.model.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as its type shows it: what counts apart from what is only evidence.
 *
 * @param signatures of the present answer
 * @param earlierSignatures from before the party declined
 * @param liftings of the present answer's reservations
 * @param earlierLiftings from before the party declined
 */
public record ShownAnswer(
        AnswerState state,
        List<Signature> signatures,
        List<Signature> earlierSignatures,
        List<Lifting> liftings,
        List<Lifting> earlierLiftings,
        @Nullable Decline declined) {

    static @Nullable ShownAnswer of(@Nullable Answer answer) {
        return answer == null
                ? null
                : new ShownAnswer(
                        answer.state(),
                        answer.signatures().stream().filter(Signature::counts).toList(),
                        answer.signatures().stream()
                                .filter(signature -> !signature.counts())
                                .toList(),
                        answer.liftings().stream().filter(Lifting::counts).toList(),
                        answer.liftings().stream()
                                .filter(lifting -> !lifting.counts())
                                .toList(),
                        answer.declined());
    }
}
