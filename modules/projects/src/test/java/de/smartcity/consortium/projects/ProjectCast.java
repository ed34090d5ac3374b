package de.smartcity.consortium.projects;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.partners.PartnerFace;
import de.smartcity.consortium.projects.ProjectVerb.Person;
import de.smartcity.consortium.projects.RandomProjectVerbs.Seen;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.Membership;
import de.smartcity.consortium.projects.model.MembershipState;
import de.smartcity.consortium.projects.model.ProjectCopy;
import de.smartcity.consortium.projects.model.ProjectModel;
import de.smartcity.consortium.projects.model.RepresentativeNaming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The partners with five accounts each, the office, and the files that a history has by number; and whether a project is what the rules make of it. */
final class ProjectCast {

    static final int ACCOUNTS = 5;

    private final List<PartnerId> partners;
    private final List<FileId> files;
    private final List<Person> people = new ArrayList<>();
    private final Map<Integer, PartnerStatus> statuses = new TreeMap<>();

    /** These partners, ACTIVE. */
    ProjectCast(List<PartnerId> partners, List<FileId> files) {
        this.partners = partners;
        this.files = files;
        IntStream.range(0, partners.size()).forEach(partner -> {
            statuses.put(partner, PartnerStatus.ACTIVE);
            people.add(new Person(partner, "editor", true, false, false));
            people.add(new Person(partner, "signatory", false, true, false));
            people.add(new Person(partner, "first", false, false, false));
            people.add(new Person(partner, "second", false, false, false));
            people.add(new Person(partner, "app", true, true, true));
        });
        people.add(new Person(Person.OFFICE, "office", false, false, false));
    }

    List<PartnerId> partners() {
        return partners;
    }

    /** By number. */
    List<Person> people() {
        return people;
    }

    List<FileId> files() {
        return files;
    }

    /** By the number of the partner; may be changed. */
    Map<Integer, PartnerStatus> statuses() {
        return statuses;
    }

    /** The number of somebody, more often who can do something. @param coordinators how much more often than others those of the coordinator */
    int someone(Random random, Seen seen, int coordinators) {
        var some = new ArrayList<>(seen.members());
        some.addAll(seen.digests().keySet());
        some.addAll(Collections.nCopies(coordinators, seen.coordinator()));
        some.add(Person.OFFICE);
        var partner = some.get(random.nextInt(some.size()));
        var likely = partner == Person.OFFICE ? people.size() - 1 : partner * ACCOUNTS + random.nextInt(ACCOUNTS);
        return random.nextInt(100) < 85 ? likely : random.nextInt(people.size());
    }

    /** What refuses a verb, in the words of {@link ProjectModel#refusals}; nothing if it is made. */
    static List<String> refusals(Runnable act) {
        try {
            act.run();
            return List.of();
        } catch (Forbidden forbidden) {
            return List.of(ProjectModel.FORBIDDEN);
        } catch (Conflict conflict) {
            return List.of(ProjectModel.CONFLICT);
        } catch (RuleViolation broken) {
            return broken.violations().stream().map(Violation::rule).toList();
        }
    }

    RepresentativeNaming naming(ProjectVerb verb) {
        return new RepresentativeNaming(
                account(verb.account()), verb.deputy() == null ? null : account(verb.deputy()), verb.day());
    }

    boolean isActive(int partner) {
        return statuses.get(partner) == PartnerStatus.ACTIVE;
    }

    Optional<PartnerStatus> statusOf(PartnerId partner) {
        return Optional.ofNullable(statuses.get(partners.indexOf(partner)));
    }

    Map<PartnerId, PartnerFace> faces(Collection<PartnerId> ids) {
        return ids.stream()
                .distinct()
                .collect(Collectors.toMap(
                        id -> id, id -> ProjectFixtures.face(id, statusOf(id).orElseThrow())));
    }

    static Actor office() {
        return ProjectFixtures.office();
    }

    Actor actor(int number) {
        var person = people.get(number);
        if (person.isOffice()) {
            return office();
        }
        var roles = new HashSet<>(Set.of(Role.VIEWER));
        if (person.edits()) {
            roles.add(Role.EDITOR);
        }
        if (person.signs()) {
            roles.add(Role.SIGNATORY);
        }
        return ProjectFixtures.actor(
                person.isApp() ? Actor.Kind.APP : Actor.Kind.PERSON,
                false,
                partners.get(person.partner()),
                Objects.requireNonNull(statuses.get(person.partner())),
                person.name(),
                roles.toArray(Role[]::new));
    }

    AccountId account(int number) {
        return actor(number).account().orElseThrow();
    }

    /** What is seen of a project. */
    Seen seen(JointProject project) {
        var digests = new TreeMap<Integer, String>();
        project.invited()
                .forEach(each -> digests.put(
                        partners.indexOf(each.partner()),
                        Objects.requireNonNull(each.invitation()).digest()));
        return new Seen(
                Objects.requireNonNull(project.version()),
                project.phase(),
                project.paused(),
                project.coordinator().map(partners::indexOf).orElse(Person.OFFICE),
                project.members().map(each -> partners.indexOf(each.partner())).toList(),
                project.handOver() == null
                        ? null
                        : partners.indexOf(project.handOver().to()),
                project.gates().stream().map(Gate::kind).collect(Collectors.toSet()),
                digests);
    }

    /** Compares a stored project, and the copies made of it, with the rules. @param done what has happened */
    void compare(JointProject project, List<ProjectCopy> copies, ProjectModel model, Object done) {
        assertThat(project.phase()).as("%s", done).isEqualTo(model.phase());
        assertThat(project.paused()).as("%s", done).isEqualTo(model.isPaused());
        assertThat(project.version()).as("%s", done).isEqualTo(model.version());
        assertThat(project.startedOn()).as("%s", done).isEqualTo(model.startedOn());
        assertThat(project.endedOn()).as("%s", done).isEqualTo(model.endedOn());
        assertThat(project.content().acronym()).isEqualTo(model.mark());
        assertThat(project.content().contactFunction() != null).isEqualTo(model.hasContact());
        assertThat(gates(project.gates())).as("%s", done).isEqualTo(model.gates());
        assertThat(project.memberships().stream().map(this::described).toList())
                .as("%s", done)
                .isEqualTo(model.takings().stream().map(this::described).toList());
        var offer = project.handOver();
        assertThat(offer == null ? null : new ProjectModel.Offer(partners.indexOf(offer.to()), offer.appointed()))
                .as("%s", done)
                .isEqualTo(model.offer());
        var attached = new LinkedHashMap<Integer, Integer>();
        project.files()
                .forEach(file -> attached.put(
                        files.indexOf(file.file()), file.by() == null ? Person.OFFICE : partners.indexOf(file.by())));
        assertThat(attached).as("%s", done).isEqualTo(model.files());
        assertThat(copies.stream().map(this::described).toList())
                .as("%s", done)
                .containsExactlyInAnyOrderElementsOf(model.copies());
        assertThat(tasks(project)).as("%s", done).isEqualTo(model.tasks());
        assertThat(new TreeSet<>(
                        Objects.requireNonNull(project.derived()).audience().tokens()))
                .as("%s", done)
                .isEqualTo(audience(model));
    }

    private static Map<Object, Object> gates(List<Gate> gates) {
        return gates.stream().collect(Collectors.toMap(Gate::kind, Gate::state));
    }

    private String described(Membership membership) {
        return List.of(
                        partners.indexOf(membership.partner()),
                        membership.state(),
                        membership.roles().stream()
                                .map(period -> period.since() + "=" + period.role())
                                .toList(),
                        String.valueOf(membership.since()),
                        String.valueOf(membership.leavingOn()),
                        String.valueOf(membership.until()),
                        membership.representatives().stream()
                                .map(each -> each.account()
                                        + " "
                                        + new ProjectModel.Named(each.deputy(), each.until(), each.isAccepted()))
                                .toList())
                .toString();
    }

    private String described(ProjectModel.Taking taking) {
        return List.of(
                        taking.partner(),
                        taking.state(),
                        taking.roles().entrySet().stream().map(String::valueOf).toList(),
                        String.valueOf(taking.since()),
                        String.valueOf(taking.leavingOn()),
                        String.valueOf(taking.until()),
                        taking.named().entrySet().stream()
                                .map(named -> account(named.getKey()) + " " + named.getValue())
                                .toList())
                .toString();
    }

    private ProjectModel.Copy described(ProjectCopy copy) {
        return new ProjectModel.Copy(
                partners.indexOf(copy.reader()),
                copy.leftOn(),
                copy.phase(),
                Objects.requireNonNull(copy.content().acronym()),
                copy.gates().stream().collect(Collectors.toMap(Gate::kind, Gate::state)),
                copy.members().stream()
                        .map(member -> new ProjectModel.Was(
                                partners.indexOf(member.partner()),
                                member.role(),
                                Objects.requireNonNull(member.since()),
                                member.until()))
                        .toList(),
                copy.files().stream().map(file -> files.indexOf(file.file())).toList());
    }

    private Set<String> tasks(JointProject project) {
        var holders = new HashMap<String, String>(Map.of("office", "office"));
        partners.forEach(partner -> holders.put(partner.value().toString(), String.valueOf(partners.indexOf(partner))));
        var accounts = new HashMap<Object, Integer>();
        IntStream.range(0, people.size()).forEach(number -> accounts.put(account(number), number));
        return Objects.requireNonNull(Objects.requireNonNull(project.derived()).tasks()).stream()
                .map(task -> task.kind() + " " + holders.get(task.holder()) + " "
                        + (task.account() == null ? String.valueOf(task.role()) : accounts.get(task.account())) + " "
                        + task.due())
                .collect(Collectors.toSet());
    }

    /** Of a project that is visible to the consortium. */
    private Set<String> audience(ProjectModel model) {
        var tokens = new TreeSet<>(Set.of("office", "consortium"));
        for (var taking : model.takings()) {
            var id = partners.get(taking.partner()).value();
            var now = model.present(taking.partner()).map(ProjectModel.Taking::state);
            if (taking.state() == MembershipState.INVITED) {
                tokens.add("invited:" + id);
            } else if (taking.state() == MembershipState.ACTIVE || taking.state() == MembershipState.LEAVING) {
                tokens.add("member:" + id);
            } else if (taking.state() == MembershipState.LEFT
                    && now.filter(state -> state != MembershipState.INVITED).isEmpty()) {
                tokens.add("former:" + id);
            }
        }
        return tokens;
    }
}
