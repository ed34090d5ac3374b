package de.smartcity.consortium.competences;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.competences.CompetenceFixtures.Profiles;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * Who may do what with a profile: each verb for each kind of caller, on the profile of a member, which has a published part and a draft, on that of an
 * onboarding partner, which has a draft, on that of a partner that was suspended, which has both, and on a prospect, which has none.
 */
@CompetenceTest
@Import(ProfileSteps.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileAccessTest {

    private static final String TABLE = """
            of         | caller      | editCompetenceProfile | publishCompetenceProfile | discardCompetenceDraft
            MEMBER     | O.EDITOR    | made                  | ROLE                     | made
            MEMBER     | O.ADMIN     | made                  | made                     | made
            MEMBER     | O.SIGNATORY | ROLE                  | made                     | ROLE
            MEMBER     | O.VIEWER    | ROLE                  | ROLE                     | ROLE
            MEMBER     | O.APP       | made                  | ROLE                     | made
            MEMBER     | MEMBER      | OTHER                 | OTHER                    | OTHER
            MEMBER     | ONBOARDING  | OTHER                 | OTHER                    | OTHER
            MEMBER     | SUSPENDED   | OTHER                 | OTHER                    | OTHER
            MEMBER     | UNATTACHED  | NO_ORG                | NO_ORG                   | NO_ORG
            MEMBER     | ANONYMOUS   | NOBODY                | NOBODY                   | NOBODY
            MEMBER     | OFFICE      | NO_ORG                | NO_ORG                   | NO_ORG
            ONBOARDING | O.EDITOR    | made                  | STATUS                   | made
            ONBOARDING | O.ADMIN     | made                  | STATUS                   | made
            ONBOARDING | O.SIGNATORY | ROLE                  | STATUS                   | ROLE
            ONBOARDING | O.VIEWER    | ROLE                  | STATUS                   | ROLE
            ONBOARDING | O.APP       | made                  | STATUS                   | made
            ONBOARDING | MEMBER      | none                  | none                     | none
            ONBOARDING | SUSPENDED   | none                  | none                     | none
            ONBOARDING | ANONYMOUS   | none                  | none                     | none
            ONBOARDING | OFFICE      | NO_ORG                | NO_ORG                   | NO_ORG
            SUSPENDED  | O.EDITOR    | STATUS                | STATUS                   | STATUS
            SUSPENDED  | O.ADMIN     | STATUS                | STATUS                   | STATUS
            SUSPENDED  | O.SIGNATORY | STATUS                | STATUS                   | STATUS
            SUSPENDED  | O.VIEWER    | STATUS                | STATUS                   | STATUS
            SUSPENDED  | O.APP       | STATUS                | STATUS                   | STATUS
            SUSPENDED  | MEMBER      | none                  | none                     | none
            SUSPENDED  | ONBOARDING  | none                  | none                     | none
            SUSPENDED  | ANONYMOUS   | none                  | none                     | none
            SUSPENDED  | OFFICE      | NO_ORG                | NO_ORG                   | NO_ORG
            PROSPECT   | MEMBER      | none                  | none                     | none
            PROSPECT   | ONBOARDING  | none                  | none                     | none
            PROSPECT   | SUSPENDED   | none                  | none                     | none
            PROSPECT   | ANONYMOUS   | none                  | none                     | none
            PROSPECT   | OFFICE      | NO_ORG                | NO_ORG                   | NO_ORG
            UNKNOWN    | MEMBER      | none                  | none                     | none
            UNKNOWN    | ANONYMOUS   | none                  | none                     | none
            UNKNOWN    | OFFICE      | none                  | none                     | none
            """;

    @Autowired
    private Asked asked;

    @Autowired
    private ProfileSteps steps;

    @Autowired
    private Profiles profiles;

    private final Map<String, Partner> owners = new HashMap<>();
    private final Map<String, Actor> strangers = new HashMap<>();
    private int edits;

    @BeforeAll
    void aProfileOfEachStatus(@Autowired Given given, @Autowired PartnerManagement management) {
        for (var status : List.of(PartnerStatus.ACTIVE, PartnerStatus.ONBOARDING, PartnerStatus.PROSPECT)) {
            owners.put(status == PartnerStatus.ACTIVE ? "MEMBER" : status.name(), given.partner(status));
        }
        var suspended = given.partner(PartnerStatus.ACTIVE);
        profiles.published(suspended, Profiles.entry("DATA", "LEADS", "PUBLIC"));
        profiles.draft(suspended, Profiles.entry("DATA", "KNOWS", "PUBLIC"));
        management.suspend(suspended.id(), "For a test", Change.by(Actor.system(), Instant.now()));
        owners.put("SUSPENDED", given.now(suspended.id()));
        profiles.published(owner("MEMBER"), Profiles.entry("DATA", "LEADS"));

        var all = new Role[] {Role.PARTNER_ADMIN, Role.SIGNATORY};
        strangers.put("MEMBER", Callers.of(given.partner(PartnerStatus.ACTIVE), all));
        strangers.put("ONBOARDING", Callers.of(given.partner(PartnerStatus.ONBOARDING), all));
        strangers.put("SUSPENDED", Callers.of(given.partner(PartnerStatus.SUSPENDED), all));
        strangers.put(
                "UNATTACHED",
                Actor.unattached(
                        Actor.Kind.PERSON,
                        new AccountId("nobody"),
                        false,
                        NoActingOrganisation.NO_MEMBERSHIP,
                        List.of()));
        strangers.put("ANONYMOUS", Actor.anonymous());
        strangers.put("OFFICE", Callers.office());
    }

    private Partner owner(String of) {
        return Objects.requireNonNull(owners.get(of));
    }

    private Actor caller(String of, String caller) {
        return switch (caller) {
            case "O.EDITOR" -> Callers.of(owner(of), Role.EDITOR);
            case "O.ADMIN" -> Callers.of(owner(of), Role.PARTNER_ADMIN);
            case "O.SIGNATORY" -> Callers.of(owner(of), Role.SIGNATORY);
            case "O.VIEWER" -> Callers.of(owner(of), Role.VIEWER);
            case "O.APP" ->
                ProfileSteps.account(Actor.Kind.APP, owner(of), owner(of).status(), Role.EDITOR);
            default -> Objects.requireNonNull(strangers.get(caller));
        };
    }

    static Stream<Arguments> cells() {
        var lines = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
                .toList();
        var head = lines.getFirst();
        var cells = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (var column = 2; column < head.size(); column++) {
                cells.add(Arguments.of(head.get(column), line.get(0), line.get(1), line.get(column)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} of {1} by {2}: {3}")
    @MethodSource("cells")
    void whoMayDoWhat(String verb, String of, String caller, String outcome) {
        drafted(of);
        var before = storedProfiles();

        var answer = answer(verb, of, caller);

        assertThat(ProfileSteps.outcome(answer, verb)).as("%s", answer).isEqualTo(outcome);
        if (outcome.equals("made")) {
            assertThat(storedProfiles()).isNotEqualTo(before);
        } else {
            assertThat(storedProfiles()).as("a refused verb changes nothing").isEqualTo(before);
        }
    }

    /** Has a draft of the member or the onboarding partner, so that each verb can be called. */
    private void drafted(String of) {
        if (of.equals("MEMBER") || of.equals("ONBOARDING")) {
            profiles.draft(owner(of), ProfileSteps.described("DATA", "LEADS", "PUBLIC", "Draft " + edits++));
        }
    }

    private Map<String, Object> answer(String verb, String of, String caller) {
        var more = new HashMap<String, Object>();
        if (verb.startsWith("edit")) {
            more.putAll(ProfileSteps.entries(ProfileSteps.described("DATA", "LEADS", "PUBLIC", "Another " + edits++)));
        }
        if (of.equals("UNKNOWN")) {
            more.put("partnerId", new GlobalId("Partner", UUID.randomUUID()).text());
            more.put("expectedVersion", 0);
            return asked.ask(caller(of, caller), Profiles.document(verb), Map.of("input", more));
        }
        return steps.answer(caller(of, caller), verb, owner(of), more);
    }

    private Map<String, @Nullable Object> storedProfiles() {
        var stored = new HashMap<String, @Nullable Object>();
        owners.forEach((of, partner) -> stored.put(of, steps.stored(partner)));
        return stored;
    }

    @ParameterizedTest
    @CsvSource({
        "MEMBER, O.EDITOR, true false true",
        "MEMBER, O.ADMIN, true true true",
        "MEMBER, O.SIGNATORY, false true false",
        "MEMBER, O.VIEWER, false false false",
        "MEMBER, MEMBER, false false false",
        "MEMBER, OFFICE, false false false",
        "MEMBER, ANONYMOUS, false false false",
        "ONBOARDING, O.ADMIN, true false true",
        "ONBOARDING, O.SIGNATORY, false false false"
    })
    void theHintsSayWhoMay(String of, String caller, String expected) {
        if (of.equals("MEMBER")) {
            profiles.published(owner(of), ProfileSteps.described("DATA", "LEADS", "PUBLIC", "Hints " + edits++));
        }
        drafted(of);
        var shown = Objects.requireNonNull(
                steps.shown(caller(of, caller), owner(of), "viewerCanEdit viewerCanPublish viewerCanDiscard"));
        assertThat(shown.values().stream().map(String::valueOf).toList()).containsExactly(expected.split(" "));
    }

    @Test
    void withoutADraftNothingCanBePublishedOrDiscarded() {
        profiles.published(owner("MEMBER"), ProfileSteps.described("DATA", "LEADS", "PUBLIC", "None " + edits++));
        var admin = Profiles.admin(owner("MEMBER"));
        assertThat(steps.shown(admin, owner("MEMBER"), "draft { editedAt } viewerCanPublish viewerCanDiscard"))
                .containsEntry("draft", null)
                .containsEntry("viewerCanPublish", false)
                .containsEntry("viewerCanDiscard", false);
        for (var verb : List.of("publishCompetenceProfile", "discardCompetenceDraft")) {
            assertThat(steps.rules(admin, verb, owner("MEMBER"), Map.of())).containsExactly("profile.noDraft ");
        }
    }

    @ParameterizedTest
    @CsvSource({"O.EDITOR, true", "O.ADMIN, true", "O.SIGNATORY, false", "O.VIEWER, false", "OFFICE, false"})
    void theViewerIsToldWhetherItMayEdit(String caller, boolean may) {
        for (var of : List.of("MEMBER", "ONBOARDING")) {
            assertThat(asked.<Boolean>data(
                            caller(of, caller),
                            "{ viewer { canEditCompetenceProfile } }",
                            Map.of(),
                            "viewer",
                            "canEditCompetenceProfile"))
                    .isEqualTo(may);
        }
        if (caller.equals("O.ADMIN")) {
            assertThat(asked.<Boolean>data(
                            caller("SUSPENDED", caller),
                            "{ viewer { canEditCompetenceProfile } }",
                            Map.of(),
                            "viewer",
                            "canEditCompetenceProfile"))
                    .isFalse();
        }
    }

    @Test
    void whoeverMayPublishOrEditIsShownTheVersionForIt() {
        drafted("MEMBER");
        for (var caller : List.of("O.EDITOR", "O.ADMIN", "O.SIGNATORY")) {
            assertThat(steps.shown(caller("MEMBER", caller), owner("MEMBER"), "version"))
                    .as(caller)
                    .containsEntry("version", steps.version(owner("MEMBER")));
        }
        assertThat(steps.shown(caller("MEMBER", "O.VIEWER"), owner("MEMBER"), "version"))
                .containsEntry("version", null);
    }
}
