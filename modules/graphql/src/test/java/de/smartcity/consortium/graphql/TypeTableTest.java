package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Viewpoint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that a type shows, and to which actors. */
class TypeTableTest {

    private static final Viewpoint OWN =
            Viewpoint.relation("own", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE, PartnerStatus.SUSPENDED);
    private static final Viewpoint PARTY = Viewpoint.relation("party", PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);
    private static final Set<Viewpoint> MEMBERS = Set.of(Viewpoint.CONSORTIUM, OWN, Viewpoint.OFFICE);
    private static final Set<Viewpoint> OWN_AND_OFFICE = Set.of(OWN, Viewpoint.OFFICE);
    private static final PartnerId P = Callers.partner(1);
    private static final PartnerId Q = Callers.partner(2);

    private static final TypeTable<Stored> TABLE = TypeTable.of(
                    "Thing", Stored.class, Stored::derived, List.of(OWN, PARTY))
            .key(Stored::id)
            .alwaysRead("owner")
            .referred("name", "profile.name", Stored::name)
            .withTranslations()
            .everybody("summary", "profile.summary", Stored::summary)
            .withTranslations()
            .seenBy(MEMBERS, "status", "status", Stored::status)
            .seenBy(OWN_AND_OFFICE, "reason", "reason", Stored::reason)
            .seenBy(Set.of(PARTY), "draft", "draft", Stored::draft)
            .seenBy(Set.of(), "secret", "secret", Stored::reason)
            .seenIf(TypeTableTest::mayEdit, "version", "version", Stored::version)
            .parts(MEMBERS, "contacts", "contacts", Stored::contacts, Contact::seenBy)
            .computed("viewerCanEdit", TypeTableTest::mayEdit)
            .build();

    record Contact(String name, Set<Viewpoint> seenBy) {}

    record Stored(
            UUID id,
            PartnerId owner,
            DerivedFields derived,
            @Nullable LocalizedText name,
            @Nullable LocalizedText summary,
            @Nullable String status,
            @Nullable String reason,
            @Nullable String draft,
            @Nullable Long version,
            @Nullable List<Contact> contacts) {

        /** With all fields. */
        static Stored full(Audience audience) {
            return new Stored(
                    new UUID(3, 4),
                    P,
                    new DerivedFields(audience, null, null, null, null),
                    LocalizedText.of(Map.of("de", "Name")),
                    LocalizedText.of(Map.of("de", "Zusammenfassung")),
                    "ACTIVE",
                    "Reason",
                    "Draft",
                    7L,
                    List.of(
                            new Contact("of members", MEMBERS),
                            new Contact("of the office", OWN_AND_OFFICE),
                            new Contact("of all", Set.of(Viewpoint.PUBLIC, Viewpoint.CONSORTIUM)),
                            new Contact("of nobody", Set.of())));
        }

        /** With required fields only. */
        static Stored empty(Audience audience) {
            return new Stored(
                    new UUID(3, 4),
                    P,
                    new DerivedFields(audience, null, null, null, null),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    private static boolean mayEdit(Stored stored, Actor actor) {
        return actor.refusalToActFor(stored.owner(), Role.EDITOR, Set.of(PartnerStatus.ACTIVE))
                .isEmpty();
    }

    private static Actor actor(String name) {
        return switch (name) {
            case "nobody" -> Actor.anonymous();
            case "suspended" -> Callers.of(P, PartnerStatus.SUSPENDED);
            case "onboarding" -> Callers.of(P, PartnerStatus.ONBOARDING);
            case "active" -> Callers.of(P, PartnerStatus.ACTIVE);
            case "other" -> Callers.of(Q, PartnerStatus.ACTIVE);
            case "office" -> Callers.office();
            case "officeOfP" -> Callers.officeOf(P);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Audience audience(String name) {
        return switch (name) {
            case "everybody" -> Audience.everybody().with(OWN.token(P));
            case "consortium" -> Audience.consortium().with(OWN.token(P));
            case "office" -> Audience.office().with(OWN.token(P));
            case "party" -> Audience.office().with(PARTY.token(P));
            case "none" -> Audience.nobody();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static View<Stored> view(String actor, Stored stored) {
        return TABLE.viewsOf(actor(actor)).apply(stored);
    }

    private static @Nullable Object shown(String field, View<Stored> view) {
        return TABLE.row(field).of(view);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody     | everybody  | contacts, draft, reason, secret, status, version",
                "nobody     | consortium | contacts, draft, reason, secret, status, summary, summaryTranslations, version",
                "suspended  | everybody  | draft, secret, version",
                "suspended  | consortium | draft, secret, version",
                "suspended  | party      | contacts, draft, reason, secret, status, summary, summaryTranslations, version",
                "onboarding | everybody  | draft, secret, version",
                "onboarding | party      | contacts, reason, secret, status, version",
                "active     | everybody  | draft, secret",
                "active     | office     | draft, secret",
                "active     | party      | contacts, reason, secret, status",
                "active     | none       | contacts, draft, reason, secret, status, summary, summaryTranslations, version",
                "other      | everybody  | draft, reason, secret, version",
                "other      | consortium | draft, reason, secret, version",
                "other      | office     | contacts, draft, reason, secret, status, summary, summaryTranslations, version",
                "office     | everybody  | draft, secret, version",
                "office     | party      | draft, secret, version",
                "office     | none       | contacts, draft, reason, secret, status, summary, summaryTranslations, version",
                "officeOfP  | party      | secret",
                "officeOfP  | everybody  | draft, secret"
            })
    void eachFieldIsShownFromItsViewpointsAndNamedWhereItIsHidden(String actor, String audience, String hidden) {
        var view = view(actor, Stored.full(audience(audience)));
        var names = List.of(hidden.split(", "));

        assertThat(view.hiddenFields(List.of())).containsExactlyElementsOf(names);
        assertThat(TABLE.rows().keySet()).allSatisfy(field -> {
            if (names.contains(field)) {
                assertThat(shown(field, view)).as(field).isNull();
            } else {
                assertThat(shown(field, view)).as(field).isNotNull();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "suspended", "onboarding", "active", "other", "office", "officeOfP"})
    void hiddenFieldsDependOnTheActorAndNotOnStoredValues(String actor) {
        for (var audience : List.of("everybody", "consortium", "office", "party", "none")) {
            assertThat(view(actor, Stored.empty(audience(audience))).hiddenFields(List.of()))
                    .isEqualTo(view(actor, Stored.full(audience(audience))).hiddenFields(List.of()))
                    .isSorted();
        }
    }

    @Test
    void referredFieldsOfAHiddenObjectAreShown() {
        var hidden = view("other", Stored.full(Audience.nobody()));

        assertThat(shown("name", hidden)).isEqualTo(LocalizedText.of(Map.of("de", "Name")));
        assertThat(shown("nameTranslations", hidden)).isEqualTo(LocalizedText.of(Map.of("de", "Name")));
        assertThat(shown("summary", hidden)).isNull();
        assertThat(hidden.key()).isEqualTo(new UUID(3, 4));
    }

    @Test
    void fieldsByPermissionAreHiddenInAHiddenObject() {
        assertThat(mayEdit(Stored.full(Audience.nobody()), actor("active"))).isTrue();

        assertThat(shown("version", view("active", Stored.full(Audience.nobody()))))
                .isNull();
        assertThat(shown("version", view("active", Stored.full(audience("everybody")))))
                .isEqualTo(7L);
    }

    @ParameterizedTest
    @CsvSource({
        "active, everybody, 'of members, of the office, of all'",
        "suspended, everybody, 'of members, of the office, of all'",
        "suspended, office, 'of members, of the office'",
        "other, everybody, 'of members, of all'",
        "office, everybody, 'of members, of the office'",
        "officeOfP, office, 'of members, of the office'"
    })
    void aPartIsShownFromItsOwnViewpoints(String actor, String audience, String parts) {
        var shown =
                (Collection<?>) Objects.requireNonNull(shown("contacts", view(actor, Stored.full(audience(audience)))));

        assertThat(shown).extracting(part -> ((Contact) part).name()).containsExactly(parts.split(", "));
    }

    @Test
    void aPublicPartIsHiddenWithItsList() {
        assertThat(shown("contacts", view("nobody", Stored.full(audience("everybody")))))
                .isNull();
    }

    @Test
    void aListOfPartsThatWasNotReadIsNull() {
        assertThat(shown("contacts", view("active", Stored.empty(audience("everybody")))))
                .isNull();
    }

    @Test
    void aPartNamesDeclaredRelationsOnly() {
        var stray = new Contact("stray", Set.of(Viewpoint.relation("stray", PartnerStatus.ACTIVE)));
        var table = TypeTable.of("Thing", Stored.class, Stored::derived, List.of(OWN))
                .parts(MEMBERS, "contacts", "contacts", stored -> List.of(stray), Contact::seenBy)
                .build();
        var view = table.viewsOf(actor("office")).apply(Stored.full(audience("office")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("contacts").of(view))
                .withMessage("[Thing] does not declare the relation stray");
    }

    @ParameterizedTest
    @CsvSource({"active, true", "suspended, false", "other, false", "nobody, false", "office, false"})
    void computedFieldsAreShownToEverybody(String actor, boolean answer) {
        for (var audience : List.of("everybody", "none")) {
            assertThat(shown("viewerCanEdit", view(actor, Stored.full(audience(audience)))))
                    .isEqualTo(answer);
        }
    }

    @Test
    void objectsAreShownToThoseWhoMaySeeThem() {
        var objects = List.of(
                Stored.full(audience("everybody")), Stored.full(audience("party")), Stored.full(audience("none")));

        assertThat(TABLE.shownTo(actor("nobody"), objects))
                .singleElement()
                .satisfies(view -> assertThat(shown("status", view)).isNull());
        assertThat(TABLE.shownTo(actor("active"), objects))
                .extracting(view -> shown("draft", view))
                .containsExactly(null, "Draft");
        assertThat(TABLE.shownTo(actor("suspended"), objects)).hasSize(1);
    }

    @Test
    void aRelationThatTheTypeDoesNotDeclareIsRefused() {
        var table = TypeTable.of("Thing", Stored.class, Stored::derived, List.of(OWN));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.seenBy(Set.of(PARTY), "draft", "draft", Stored::draft))
                .withMessage("[Thing] does not declare the relation party");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.parts(Set.of(PARTY), "contacts", "contacts", Stored::contacts, Contact::seenBy))
                .withMessage("[Thing] does not declare the relation party");
    }

    @Test
    void aRelationIsTheSameOnlyWhileItIsHeldInTheSameStatuses() {
        var table = TypeTable.of("Thing", Stored.class, Stored::derived, List.of(OWN));
        var namesake = Viewpoint.relation("own", PartnerStatus.ACTIVE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.seenBy(Set.of(namesake), "draft", "draft", Stored::draft));
    }

    @Test
    void aFieldIsDeclaredOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypeTable.of("Thing", Stored.class, Stored::derived, List.of())
                        .everybody("name", "name", Stored::name)
                        .referred("name", "name", Stored::name))
                .withMessage("[Thing] declares name twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypeTable.of("Thing", Stored.class, Stored::derived, List.of())
                        .everybody("nameTranslations", "name", Stored::name)
                        .everybody("name", "name", Stored::name)
                        .withTranslations())
                .withMessage("[Thing] declares nameTranslations twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TypeTable.ofRecord(Value.class, "Value").computed("name", (value, actor) -> ""))
                .withMessage("[Value] declares name twice");
    }

    @Test
    void translationsFollowAText() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TypeTable.of("Thing", Stored.class, Stored::derived, List.of())
                        .withTranslations());
    }

    @Test
    void translationsAreSeenByThoseWhoSeeTheText() {
        var table = TypeTable.of("Thing", Stored.class, Stored::derived, List.of(OWN))
                .seenBy(OWN_AND_OFFICE, "summary", "profile.summary", Stored::summary)
                .withTranslations()
                .build();

        assertThat(table.seenFrom("summaryTranslations")).isEqualTo(OWN_AND_OFFICE);
        assertThat(table.viewsOf(actor("other"))
                        .apply(Stored.full(audience("everybody")))
                        .hiddenFields(List.of()))
                .containsExactly("summary", "summaryTranslations");
        assertThat(projection(table, "summaryTranslations")).contains("profile.summary");
    }

    @Test
    void theViewpointsOfAFieldAreThoseItIsSeenFrom() {
        var all = Set.of(Viewpoint.PUBLIC, Viewpoint.CONSORTIUM, Viewpoint.OFFICE, OWN, PARTY);

        assertThat(TABLE.seenFrom("name")).isEqualTo(all);
        assertThat(TABLE.seenFrom("summary")).isEqualTo(all);
        assertThat(TABLE.seenFrom("viewerCanEdit")).isEqualTo(all);
        assertThat(TABLE.seenFrom("status")).isEqualTo(MEMBERS);
        assertThat(TABLE.seenFrom("contacts")).isEqualTo(MEMBERS);
        assertThat(TABLE.seenFrom("draft")).containsExactly(PARTY);
        assertThat(TABLE.seenFrom("secret")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TABLE.seenFrom("version"))
                .withMessage("[Thing].version is not decided by viewpoints");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TABLE.seenFrom("absent"))
                .withMessage("[Thing].absent has no row");
    }

    @Test
    void onlySelectedAndAlwaysReadFieldsAreProjected() {
        var always = List.of("derived.audience.tokens", "owner");

        assertThat(projection(TABLE, "")).containsExactlyInAnyOrderElementsOf(always);
        assertThat(projection(TABLE, "a: name b: nameTranslations status"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "owner", "profile.name", "status");
        assertThat(projection(TABLE, "viewerCanEdit hiddenFields id __typename"))
                .as("what is computed reads nothing of its own")
                .containsExactlyInAnyOrderElementsOf(always);
        assertThat(projection(TABLE, "... { contacts { absent } ...F } ", "sort.name", "owner"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "owner", "contacts", "version", "sort.name");
    }

    @Test
    void aPathInsideOneThatIsReadIsNotNamedAgain() {
        // MongoDB refuses a projection of both.
        var table = TypeTable.of("Thing", Stored.class, Stored::derived, List.of())
                .everybody("name", "profile.name", Stored::name)
                .everybody("profile", "profile", Stored::name)
                .everybody("profiles", "profiles", Stored::name)
                .build();

        assertThat(projection(table, "name profile profiles", "profile.name.texts"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "profile", "profiles");
        assertThat(projection(table, "name profiles", "profile.name.texts"))
                .containsExactlyInAnyOrder("derived.audience.tokens", "profile.name", "profiles");
    }

    /** @param selected as in a query; the fragment F selects the version */
    private static Set<String> projection(TypeTable<?> table, String selected, String... also) {
        var schema =
                "type Query { start: Thing } type Thing { id: Int name: Int nameTranslations: Int status: Int version: Int"
                        + " summaryTranslations: Int viewerCanEdit: Int hiddenFields: Int contacts: Contact profile: Int profiles: Int }"
                        + " type Contact { absent: Int } type Place { owner: Int } interface Any { id: Int } interface Named { id: Int } interface Either { id: Int }";
        var selection = selected.isEmpty()
                ? Selection.NONE
                : Selections.asked(
                                schema,
                                "{ start { " + selected + " } }"
                                        + (selected.contains("...F") ? " fragment F on Thing { version }" : ""),
                                Map.of(),
                                Selection::of)
                        .getFirst();
        var projection = table.projection(selection, List.of(also)).toBsonDocument();
        assertThat(projection.values()).allMatch(included -> included.asNumber().intValue() == 1);
        return projection.keySet();
    }

    record Value(String name, LocalizedText title, int number) {}

    @Test
    void aRecordShowsItsComponentsToEverybody() {
        var title = LocalizedText.of(Map.of("de", "Titel"));
        var value = new Value("name", title, 5);
        var table = TypeTable.ofRecord(Value.class, "Value", "OtherValue").build();

        assertThat(table.types()).containsExactly("Value", "OtherValue");
        assertThat(table.rows()).containsOnlyKeys("name", "title", "titleTranslations", "number");
        assertThat(table.row("name").of(value)).isEqualTo("name");
        assertThat(table.row("title").of(value)).isEqualTo(title);
        assertThat(table.row("titleTranslations").of(value)).isEqualTo(title);
        assertThat(table.row("number").of(value)).isEqualTo(5);
        assertThat(table.row("number").type()).isEqualTo(int.class);
        assertThat(table.rows().values()).noneMatch(TypeTable.Row::canBeHidden);
    }

    @Test
    void anObjectWithoutKeyHasNone() {
        var table = TypeTable.ofRecord(Value.class, "Value").build();

        assertThatIllegalStateException()
                .isThrownBy(() -> table.keyOfSource(new Value("", LocalizedText.of(Map.of("de", "")), 1)))
                .withMessage("[Value] declares no key");
    }

    @Test
    void aRecordsKeyIsReadOfTheRecord() {
        var table = TypeTable.ofRecord(Value.class, "Value").key(Value::name).build();

        assertThat(table.keyOfSource(new Value("the key", LocalizedText.of(Map.of("de", "")), 1)))
                .isEqualTo("the key");
    }

    @Test
    void theTypeOfAnObjectIsThatOfItsTable() {
        var tables = new TypeTables(List.of(
                TABLE, TypeTable.ofRecord(Value.class, "Value", "OtherValue").build()));

        assertThat(tables.typeOf(view("office", Stored.full(audience("everybody")))))
                .isEqualTo("Thing");
        assertThat(tables.typeOf(new Value("", LocalizedText.of(Map.of("de", "")), 1)))
                .isEqualTo("Value");
        assertThat(tables.typeOf("a text")).isNull();
    }
}
