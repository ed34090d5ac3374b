package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.ModuleCommands;
import de.smartcity.consortium.partners.ModuleCommands.Sent;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Who is bound by a letter, as another capability learns it for an actor. */
@LetterTest
@Import(ModuleCommands.class)
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class LettersInForceTest {

    @Autowired
    private LettersInForce letters;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private Given given;

    @Autowired
    private Asked asked;

    @Autowired
    private Sent sent;

    private static final Optional<Set<PartnerId>> NOTHING = Optional.empty();
    private static final Optional<Set<PartnerId>> NOBODY = Optional.of(Set.of());

    private static Optional<Set<PartnerId>> ids(Partner... partners) {
        return Optional.of(Set.of(partners).stream().map(Partner::id).collect(Collectors.toSet()));
    }

    private Optional<Set<PartnerId>> parties(LetterId letter, Partner of) {
        return letters.parties(letter, Written.editor(of));
    }

    @Test
    void thoseWhoHaveSignedAreBound() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var asks = given.partner(PartnerStatus.ACTIVE);
        var reserving = given.partner(PartnerStatus.ACTIVE);
        var stranger = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.offered(owner, new Terms().among(owner, party).andMaybe(asks, reserving));
        steps.signWithReservation(letter, reserving);
        steps.sign(letter, owner, party);

        for (var insider : List.of(owner, party, asks, reserving)) {
            assertThat(parties(letter, insider)).isEqualTo(ids(owner, party));
        }
        assertThat(letters.parties(letter, Callers.office())).isEqualTo(ids(owner, party));
        assertThat(parties(letter, stranger)).isEqualTo(NOTHING);
        assertThat(letters.parties(letter, Actor.anonymous())).isEqualTo(NOTHING);

        steps.sign(letter, asks);
        assertThat(parties(letter, party)).isEqualTo(ids(owner, party, asks));
    }

    @Test
    void aPublishedLetterNamesThemToEverybody() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var stranger = given.partner(PartnerStatus.ACTIVE);
        var forAll = new Terms().among(owner, party).visibleTo(LetterVisibility.PUBLIC);
        var forMembers = new Terms().among(owner, party).visibleTo(LetterVisibility.CONSORTIUM);
        var published = steps.inForce(owner, forAll, party);
        var shared = steps.inForce(owner, forMembers, party);

        assertThat(letters.parties(published, Actor.anonymous())).isEqualTo(ids(owner, party));
        assertThat(parties(published, stranger)).isEqualTo(ids(owner, party));
        assertThat(parties(shared, stranger)).isEqualTo(ids(owner, party));
        assertThat(letters.parties(shared, Actor.anonymous())).isEqualTo(NOTHING);
    }

    @Test
    void beforeALetterIsInForceNobodyIsBound() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.draft(owner, new Terms().among(owner, party));

        assertThat(parties(letter, owner)).isEqualTo(NOBODY);
        assertThat(parties(letter, party)).isEqualTo(NOTHING);
        assertThat(letters.parties(letter, Callers.office())).isEqualTo(NOTHING);

        steps.offer(letter, owner);
        steps.sign(letter, owner);
        assertThat(parties(letter, party)).isEqualTo(NOBODY);
        assertThat(letters.parties(new LetterId(UUID.randomUUID()), Callers.office()))
                .isEqualTo(NOTHING);
    }

    @Test
    void aPartyOfAnEarlierEditionDoesNotLearnWhoIsBoundNow() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var former = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.inForce(owner, new Terms().among(owner, former), former);
        steps.offerAnother(letter, owner, new Terms().among(owner, party));
        assertThat(parties(letter, former)).isEqualTo(ids(owner, former));
        assertThat(parties(letter, party))
                .as("it sees only what it was offered")
                .isEqualTo(NOBODY);

        steps.sign(letter, owner, party);
        assertThat(parties(letter, former)).isEqualTo(NOBODY);
        assertThat(parties(letter, party)).isEqualTo(ids(owner, party));
        assertThat(parties(letter, owner)).isEqualTo(ids(owner, party));
    }

    @Test
    void whoHasLeftIsNotBound() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var leaving = given.partner(PartnerStatus.ACTIVE);
        var terms = new Terms().among(owner, party, leaving).visibleTo(LetterVisibility.PUBLIC);
        var letter = steps.inForce(owner, terms, party, leaving);
        steps.on(LocalDate.of(2999, 1, 10));
        steps.leave(letter, leaving);
        assertThat(parties(letter, party)).isEqualTo(ids(owner, party, leaving));

        steps.settle(letter, LocalDate.of(2999, 4, 10));
        for (var actor : List.of(
                Written.editor(owner),
                Written.editor(party),
                Written.editor(leaving),
                Callers.office(),
                Actor.anonymous())) {
            assertThat(letters.parties(letter, actor)).isEqualTo(ids(owner, party));
        }
        steps.terminate(letter, owner);
        steps.settle(letter, LocalDate.of(2999, 5, 10));
        assertThat(parties(letter, party)).isEqualTo(NOBODY);
    }

    @Test
    void itTakesOneCommand() {
        var owner = given.partner(PartnerStatus.ACTIVE);
        var party = given.partner(PartnerStatus.ACTIVE);
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);

        for (var actor : List.of(Written.editor(owner), Callers.office(), Actor.anonymous())) {
            assertThat(sent.of(asked, () -> letters.parties(letter, actor))).containsExactly("find letters");
        }
    }
}
