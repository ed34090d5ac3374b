package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NewEvents;
import de.smartcity.consortium.kernel.NewEvents.NewEvent;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.Outbox;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.InvitedPartner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Actors, inputs and expectations for tests of projects. */
public final class ProjectFixtures {

    /** The day on which most tests act. */
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    public static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private ProjectFixtures() {}

    /** Any account of a partner in any status; the same name is the same account. */
    public static Actor actor(
            Actor.Kind kind, boolean office, PartnerId partner, PartnerStatus status, String name, Role... roles) {
        var organisation = new Organisation(
                new OrganisationId(partner.value().toString()),
                partner,
                new PartnerAlias("partner"),
                status,
                Set.of(roles));
        return Actor.acting(kind, account(partner, name), office, organisation, List.of(organisation));
    }

    /** The account of a person or app of a partner. */
    public static AccountId account(PartnerId partner, String name) {
        return new AccountId(name + "@" + partner.value());
    }

    /** A person of an ACTIVE partner. */
    public static Actor person(PartnerId partner, String name, Role... roles) {
        return actor(Actor.Kind.PERSON, false, partner, PartnerStatus.ACTIVE, name, roles);
    }

    /** A person of an ACTIVE partner who has no role but to see. */
    public static Actor named(PartnerId partner, String name) {
        return person(partner, name, Role.VIEWER);
    }

    public static Actor editor(PartnerId partner) {
        return person(partner, "editor", Role.EDITOR);
    }

    public static Actor signatory(PartnerId partner) {
        return person(partner, "signatory", Role.SIGNATORY);
    }

    /** An app with all roles. */
    public static Actor app(PartnerId partner) {
        return actor(Actor.Kind.APP, false, partner, PartnerStatus.ACTIVE, "app", Role.EDITOR, Role.SIGNATORY);
    }

    /** The office, without an organisation. */
    public static Actor office() {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    /** A person of the office who acts for an ACTIVE partner, too. */
    public static Actor officeOf(PartnerId partner, Role... roles) {
        return actor(Actor.Kind.PERSON, true, partner, PartnerStatus.ACTIVE, "office", roles);
    }

    public static Change by(Actor actor) {
        return Change.by(actor, NOW);
    }

    /** A change with a key. */
    public static Change keyed(Actor actor, String key, String input) {
        return new Change(actor, NOW, ChangeKey.of(actor, "verb", key, Map.of("input", input)));
    }

    /** These partners, ACTIVE. */
    public static Map<PartnerId, PartnerFace> faces(Collection<PartnerId> partners) {
        return partners.stream()
                .distinct()
                .collect(Collectors.toMap(partner -> partner, partner -> face(partner, PartnerStatus.ACTIVE)));
    }

    public static PartnerFace face(PartnerId partner, PartnerStatus status) {
        return new PartnerFace(partner, status, LocalizedText.of(Map.of("de", "Partner")), null, 1);
    }

    /** All competences exist. */
    public static Set<CompetenceCode> existing(Collection<CompetenceCode> codes) {
        return Set.copyOf(codes);
    }

    public static LocalizedText text(String german) {
        return LocalizedText.of(Map.of("de", german));
    }

    /** All that the phases demand of it. */
    public static ProjectContent content() {
        return new ProjectContent(
                text("Datenplattform"),
                "DP",
                text("Eine Plattform für Daten"),
                text("Projektbüro"),
                List.of(new AreaCode("MOBILITY")),
                TODAY.plusDays(10),
                TODAY.plusDays(100),
                ProjectVisibility.CONSORTIUM,
                List.of(),
                List.of());
    }

    /** The same with other values of some components, each after its name. */
    public static <R extends Record> R with(R record, @Nullable Object... namesAndValues) {
        var given = new HashMap<Object, @Nullable Object>();
        for (var index = 0; index < namesAndValues.length; index += 2) {
            given.put(Objects.requireNonNull(namesAndValues[index]), namesAndValues[index + 1]);
        }
        var components = record.getClass().getRecordComponents();
        var values = new ArrayList<@Nullable Object>();
        try {
            for (var component : components) {
                values.add(
                        given.containsKey(component.getName())
                                ? given.remove(component.getName())
                                : component.getAccessor().invoke(record));
            }
            assertThat(given).as("no components").isEmpty();
            @SuppressWarnings("unchecked")
            var made = (R) record.getClass()
                    .getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
            return made;
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** To be answered within thirty days. */
    public static InvitationTerms terms(ProjectRole role) {
        return new InvitationTerms(role, "Daten liefern", null, null, TODAY.plusDays(30), null);
    }

    public static InvitedPartner invited(PartnerId partner, ProjectRole role) {
        return new InvitedPartner(partner, terms(role));
    }

    /** A project that this partner has proposed. */
    public static JointProject proposed(PartnerId coordinator) {
        return JointProject.propose(by(editor(coordinator)), TODAY, violations -> content(), ProjectFixtures::existing);
    }

    /** A project that the office has recorded, whose first partner is asked to coordinate it. */
    public static JointProject recorded(PartnerId... partners) {
        return JointProject.record(
                by(office()),
                TODAY,
                ProjectPhase.CONCEPT,
                null,
                violations -> content(),
                violations -> Arrays.stream(partners)
                        .map(partner -> invited(
                                partner, partner.equals(partners[0]) ? ProjectRole.COORDINATOR : ProjectRole.PARTNER))
                        .toList(),
                ProjectFixtures::existing,
                ProjectFixtures::faces);
    }

    public static void invite(JointProject project, Actor by, PartnerId partner, ProjectRole role) {
        project.invite(by(by), TODAY, partner, violations -> terms(role), ProjectFixtures::faces);
    }

    /** The digest of a partner's open invitation. */
    public static String digest(JointProject project, PartnerId partner) {
        return Objects.requireNonNull(project.present(partner).orElseThrow().invitation())
                .digest();
    }

    /** A signatory of an invited partner accepts. */
    public static void join(JointProject project, PartnerId partner) {
        project.accept(by(signatory(partner)), TODAY, digest(project, partner));
    }

    /** The coordinator invites a partner, which accepts. */
    public static void add(JointProject project, PartnerId partner) {
        invite(project, editor(project.coordinator().orElseThrow()), partner, ProjectRole.PARTNER);
        join(project, partner);
    }

    /** The project as it is loaded after it was stored. */
    public static JointProject loaded(JointProject project) {
        return copy(project, project.version() == null ? 0 : project.version() + 1);
    }

    /** A project in the same state. */
    public static JointProject copy(JointProject project, @Nullable Long version) {
        var constructor = Stream.of(JointProject.class.getDeclaredConstructors())
                .max((one, other) -> one.getParameterCount() - other.getParameterCount())
                .orElseThrow();
        constructor.setAccessible(true);
        var values = Stream.of(constructor.getParameters())
                .map(parameter -> parameter.getName().equals("version") ? version : value(project, parameter.getName()))
                .toArray();
        try {
            return (JointProject) constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable Object value(Object of, String name) {
        var value = field(of, name);
        if (value instanceof Outbox outbox) {
            return new Outbox(outbox.events());
        }
        if (value instanceof KeyedChanges keyed) {
            return new KeyedChanges(List.copyOf(
                    Objects.requireNonNull(ProjectFixtures.<List<KeyedChanges.KeyedChange>>field(keyed, "changes"))));
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T field(Object of, String name) {
        try {
            var field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return (T) field.get(of);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** All that a project holds, for comparison: what is stored, and what waits to be. */
    public static Map<String, @Nullable Object> state(Object of) {
        var state = new LinkedHashMap<String, @Nullable Object>();
        for (var field : of.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                var value = ProjectFixtures.<Object>field(of, field.getName());
                state.put(
                        field.getName(),
                        value instanceof Outbox || value instanceof KeyedChanges || value instanceof NewEvents
                                ? state(value)
                                : value instanceof List<?> list ? List.copyOf(list) : value);
            }
        }
        return state;
    }

    /** What has happened since the project was made or loaded. */
    public static List<NewEvent> events(JointProject project) {
        return List.copyOf(
                Objects.requireNonNull(ProjectFixtures.<List<NewEvent>>field(project.newEvents(), "events")));
    }

    /** The types of what has happened. */
    public static List<String> types(JointProject project) {
        return events(project).stream().map(event -> event.event().type()).toList();
    }

    /** What happened last. */
    public static NewEvent last(JointProject project) {
        return events(project).getLast();
    }

    /** Expects that these rules alone refuse the verb, each with its path as in {@code partner.unknown partnerId}. */
    public static void assertRules(ThrowingCallable verb, String... rulesAndPaths) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(each -> (each.rule() + " " + String.join(".", each.path())).strip())
                                .containsExactly(rulesAndPaths));
    }

    /** Expects the same, and that nothing is changed. */
    public static void assertRules(JointProject project, ThrowingCallable verb, String... rulesAndPaths) {
        var before = state(project);
        assertRules(verb, rulesAndPaths);
        assertThat(state(project)).isEqualTo(before);
    }

    /** Expects that the verb is refused for this reason, and that nothing is changed. */
    public static void assertForbidden(JointProject project, Refusal refusal, ThrowingCallable verb) {
        var before = state(project);
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        Forbidden.class,
                        forbidden -> assertThat(forbidden.refusal()).isEqualTo(refusal));
        assertThat(state(project)).isEqualTo(before);
    }

    /** Expects that what the verb names is not so any more, and that nothing is changed. */
    public static void assertConflict(JointProject project, String field, ThrowingCallable verb) {
        var before = state(project);
        assertThatThrownBy(verb).isInstanceOfSatisfying(Conflict.class, conflict -> {
            assertThat(conflict.aggregate()).isEqualTo(project.id());
            assertThat(conflict.field()).isEqualTo(field);
        });
        assertThat(state(project)).isEqualTo(before);
    }
}
