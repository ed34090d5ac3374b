package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.LetterSteps.Terms;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.TestPropertySource;

/** Who sees which events of a letter, in its activity and by their ids. */
@LetterTest
@TestPropertySource(properties = "consortium.jobs.interval=1h")
class LetterActivityTest {

    private static final LocalDate TODAY = LocalDate.of(2999, 1, 10);

    @Autowired
    private Asked asked;

    @Autowired
    private LetterSteps steps;

    @Autowired
    private MongoOperations mongo;

    private final Partner owner;
    private final Partner party;
    private final Partner other;
    private final Partner member;

    LetterActivityTest(@Autowired Given given) {
        owner = given.partner(PartnerStatus.ACTIVE);
        party = given.partner(PartnerStatus.ACTIVE);
        other = given.partner(PartnerStatus.ACTIVE);
        member = given.partner(PartnerStatus.ACTIVE);
    }

    @BeforeEach
    void today() {
        steps.on(TODAY);
    }

    @Test
    void theDraftIsItsOwnersAndFromTheOfferOnItIsThePartiesToo() {
        var letter = steps.draft(owner, new Terms().among(owner));
        steps.edit(letter, owner, new Terms().among(owner, party));
        steps.offer(letter, owner);
        steps.sign(letter, owner);
        steps.decline(letter, party);
        assertThat(activity(viewer(owner), letter))
                .containsExactly(
                        "LETTER_DECLINED of party",
                        "LETTER_SIGNED of owner",
                        "LETTER_OFFERED of owner",
                        "LETTER_EDITED of owner",
                        "LETTER_DRAFTED of owner");
        for (var actor : List.of(viewer(party), Callers.office())) {
            assertThat(activity(actor, letter))
                    .containsExactly("LETTER_DECLINED of party", "LETTER_SIGNED of owner", "LETTER_OFFERED of owner");
        }
    }

    @Test
    void whereALetterIsPublishedItsActivityIsNot() {
        var letter = steps.inForce(owner, new Terms().among(owner, party).visibleTo(LetterVisibility.PUBLIC), party);
        assertThat(activity(viewer(party), letter)).hasSize(4);
        assertThat(activity(viewer(member), letter)).isEmpty();
        assertThat(activity(Actor.anonymous(), letter)).isEmpty();
        for (var event : events(letter)) {
            assertThat(isShown(viewer(member), event)).isFalse();
            assertThat(isShown(Actor.anonymous(), event)).isFalse();
            assertThat(isShown(viewer(owner), event)).isTrue();
        }
    }

    @Test
    void aNewPartySeesNothingOfWhatWasBeforeItsOffer() {
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.offerAnother(letter, owner, new Terms().among(owner, party, other));
        steps.sign(letter, party);
        assertThat(activity(viewer(other), letter))
                .containsExactly("LETTER_SIGNED of party", "LETTER_OFFERED of owner");
        assertThat(activity(viewer(party), letter))
                .containsExactly(
                        "LETTER_SIGNED of party",
                        "LETTER_OFFERED of owner",
                        "LETTER_IN_FORCE of nobody",
                        "LETTER_SIGNED of party",
                        "LETTER_SIGNED of owner",
                        "LETTER_OFFERED of owner");
    }

    @Test
    void aPartyOfTheEditionInForceSeesNothingOfTheAnswersToTheNextOneUntilThatIsInForce() {
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.offerAnother(letter, owner, new Terms().among(owner, other, member));
        steps.sign(letter, other);
        steps.decline(letter, member);
        assertThat(activity(viewer(party), letter))
                .containsExactly(
                        "LETTER_IN_FORCE of nobody",
                        "LETTER_SIGNED of party",
                        "LETTER_SIGNED of owner",
                        "LETTER_OFFERED of owner");
    }

    @Test
    void aFormerPartySeesThatItsEditionWasSupersededAndNothingOfTheOneThatTookItsPlace() {
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.offerAnother(letter, owner, new Terms().among(owner, other));
        steps.sign(letter, owner, other);
        assertThat(activity(viewer(party), letter))
                .containsExactly(
                        "LETTER_SUPERSEDED of nobody",
                        "LETTER_IN_FORCE of nobody",
                        "LETTER_SIGNED of party",
                        "LETTER_SIGNED of owner",
                        "LETTER_OFFERED of owner");
    }

    @Test
    void aPartyOfAWithdrawnEditionSeesNothingOfTheNextOffer() {
        var letter = steps.offered(owner, new Terms().among(owner, party));
        steps.withdraw(letter, owner);
        steps.offerAnother(letter, owner, new Terms().among(owner, other));
        steps.sign(letter, other);
        assertThat(activity(viewer(party), letter))
                .containsExactly("LETTER_OFFER_WITHDRAWN of owner", "LETTER_OFFERED of owner");
        assertThat(activity(viewer(other), letter))
                .containsExactly("LETTER_SIGNED of other", "LETTER_OFFERED of owner");
    }

    @Test
    void allPartiesSeeThatOneLeavesAlsoWhenItHasLeft() {
        var terms = new Terms().among(owner, party, other).visibleTo(LetterVisibility.PUBLIC);
        var letter = steps.inForce(owner, terms, party, other);
        steps.leave(letter, party);
        steps.withdrawNotice(letter, party);
        steps.leave(letter, party);
        steps.settle(letter, TODAY.plusDays(90));
        steps.on(TODAY.plusDays(100));
        steps.leave(letter, other);
        steps.settle(letter, TODAY.plusDays(190));
        for (var actor : List.of(viewer(owner), viewer(party), viewer(other), Callers.office())) {
            assertThat(activity(actor, letter))
                    .startsWith(
                            "LETTER_TERMINATED of nobody",
                            "LETTER_PARTY_LEFT of nobody",
                            "LETTER_PARTY_LEAVING of other",
                            "LETTER_PARTY_LEFT of nobody",
                            "LETTER_PARTY_LEAVING of party",
                            "LETTER_NOTICE_WITHDRAWN of party",
                            "LETTER_PARTY_LEAVING of party",
                            "LETTER_IN_FORCE of nobody");
        }
        assertThat(activity(viewer(member), letter)).isEmpty();
        for (var event : events(letter)) {
            assertThat(isShown(viewer(member), event)).isFalse();
        }
    }

    @Test
    void allPartiesSeeThatTheInitiatorEndsALetter() {
        var letter = steps.inForce(owner, new Terms().among(owner, party).andMaybe(other), party);
        steps.terminate(letter, owner);
        steps.withdrawNotice(letter, owner);
        steps.terminate(letter, owner);
        steps.settle(letter, TODAY.plusDays(90));
        for (var actor : List.of(viewer(owner), viewer(party), viewer(other), Callers.office())) {
            assertThat(activity(actor, letter))
                    .startsWith(
                            "LETTER_TERMINATED of nobody",
                            "LETTER_ENDING of owner",
                            "LETTER_NOTICE_WITHDRAWN of owner",
                            "LETTER_ENDING of owner",
                            "LETTER_IN_FORCE of nobody");
        }
    }

    @Test
    void aPartyOfTheNextOfferSeesNothingOfWhoLeavesTheEditionInForce() {
        var letter = steps.inForce(owner, new Terms().among(owner, party), party);
        steps.offerAnother(letter, owner, new Terms().among(owner, other));
        steps.leave(letter, party);
        steps.terminate(letter, owner);
        steps.settle(letter, TODAY.plusDays(90));
        assertThat(activity(viewer(other), letter)).containsExactly("LETTER_OFFERED of owner");
        assertThat(activity(viewer(party), letter))
                .startsWith("LETTER_TERMINATED of nobody", "LETTER_ENDING of owner", "LETTER_PARTY_LEAVING of party");
    }

    private static Actor viewer(Partner partner) {
        return Written.person(partner, "viewer", Role.VIEWER);
    }

    /** The latest first. */
    private List<String> activity(Actor actor, LetterId letter) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> steps.now(letter).outbox().events().isEmpty());
        List<Map<String, Object>> nodes = asked.data(
                actor,
                "query ($id: ID!) { letter(id: $id) { activity(first: 100) { nodes { type partner { id } } } } }",
                Map.of("id", LetterSteps.globalId(letter)),
                "letter",
                "activity",
                "nodes");
        return nodes.stream().map(this::described).toList();
    }

    private String described(Map<String, Object> event) {
        var by = event.get("partner") instanceof Map<?, ?> partner ? partner.get("id") : null;
        var names = Map.of(
                Asked.globalId(owner), "owner",
                Asked.globalId(party), "party",
                Asked.globalId(other), "other");
        return event.get("type") + " of " + (by == null ? "nobody" : names.get(by));
    }

    private List<UUID> events(LetterId letter) {
        return mongo.getCollection("activity")
                .find(new Document("subject", letter.value()))
                .map(event -> Objects.requireNonNull(event.get("event", UUID.class)))
                .into(new ArrayList<>());
    }

    private boolean isShown(Actor actor, UUID event) {
        return asked.<@Nullable Object>data(
                        actor,
                        "query ($id: ID!) { node(id: $id) { id } }",
                        Map.of("id", new GlobalId("Activity", event).text()),
                        "node")
                != null;
    }
}
