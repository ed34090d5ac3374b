package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.CompetenceLookup;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.partners.ImportedConstants;
import de.smartcity.consortium.partners.ImportedPartners;
import de.smartcity.consortium.partners.PartnerLookup;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.ProjectImport;
import de.smartcity.consortium.projects.ProjectRow;
import de.smartcity.consortium.projects.ProjectRow.GateRow;
import de.smartcity.consortium.projects.ProjectRow.MemberRow;
import de.smartcity.consortium.projects.ProjectRow.NeedRow;
import de.smartcity.consortium.projects.model.GateDecision;
import de.smartcity.consortium.projects.model.GateKind;
import de.smartcity.consortium.projects.model.GateState;
import de.smartcity.consortium.projects.model.InvitationTerms;
import de.smartcity.consortium.projects.model.InvitedPartner;
import de.smartcity.consortium.projects.model.JointProject;
import de.smartcity.consortium.projects.model.JointProjects;
import de.smartcity.consortium.projects.model.ProjectContent;
import de.smartcity.consortium.projects.model.ProjectPhase;
import de.smartcity.consortium.projects.model.ProjectRole;
import de.smartcity.consortium.projects.model.ProjectVisibility;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each project in one save, so that an interrupted import leaves none half done. */
class ProjectImporter implements ProjectImport {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectImporter.class);

    private final JointProjects projects;
    private final PartnerDirectory directory;
    private final PartnerLookup partners;
    private final CompetenceLookup competences;
    private final AreasOfActivity areas;
    private final Languages languages;
    private final ConsortiumZone zone;
    private final Clock clock;

    ProjectImporter(
            JointProjects projects,
            PartnerDirectory directory,
            PartnerLookup partners,
            CompetenceLookup competences,
            AreasOfActivity areas,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        this.projects = projects;
        this.directory = directory;
        this.partners = partners;
        this.competences = competences;
        this.areas = areas;
        this.languages = languages;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public void load(List<ProjectRow> rows, Map<PartnerAlias, OrganisationId> organisations) {
        var violations = new Violations();
        var named = new ImportedPartners(directory, organisations);
        rows.forEach(row -> violations.at(row.key(), () -> {
            add(row, named);
            return row;
        }));
        violations.throwIfAny();
    }

    private void add(ProjectRow row, ImportedPartners named) {
        var now = clock.instant();
        var office = Actor.system();
        var change = new Change(office, now, ChangeKey.of(office, "recordOngoingProject", row.key(), Map.of()));
        if (projects.findById(new ProjectId(change.newId())).isPresent()) {
            return;
        }
        var members = row.members().stream()
                .collect(Collectors.toMap(MemberRow::partner, member -> named.get(member.partner())));
        if (members.values().stream().anyMatch(partner -> partner.status() != PartnerStatus.ACTIVE)) {
            LOG.warn("The project {} is not loaded: not all of its members are ACTIVE", row.key());
            return;
        }
        var today = zone.dayOf(now);
        var project = JointProject.record(
                change,
                today,
                ImportedConstants.parse(ProjectPhase.class, row.phase(), "phase"),
                row.startedOn(),
                violations -> content(row, violations),
                violations -> invited(row, members, today, violations),
                competences::existing,
                asked -> partners.find(asked, office));
        project.invited()
                .toList()
                .forEach(asked -> members.values().stream()
                        .filter(partner -> partner.partner().equals(asked.partner()))
                        .forEach(partner -> project.accept(
                                Change.by(signatory(partner), now),
                                today,
                                Objects.requireNonNull(asked.invitation()).digest())));
        project.setGates(
                Change.by(coordinator(row, members), now),
                today,
                row.gates().stream()
                        .map(gate -> ImportedConstants.parse(GateKind.class, gate.gate(), "gate"))
                        .collect(Collectors.toSet()));
        row.gates().stream()
                .filter(gate -> !gate.state().equals(GateState.OPEN.name()))
                .forEach(gate -> project.recordGate(
                        Change.by(coordinator(row, members), now), today, violations -> decision(gate)));
        projects.save(project);
    }

    private static Actor signatory(Organisation of) {
        return ImportedPartners.demonstrationAccount(of, "signatory", Role.SIGNATORY);
    }

    private static Actor coordinator(ProjectRow row, Map<String, Organisation> members) {
        var coordinator = row.members().stream()
                .filter(member -> member.role().equals(ProjectRole.COORDINATOR.name()))
                .findFirst()
                .orElseThrow();
        return ImportedPartners.demonstrationAccount(
                Objects.requireNonNull(members.get(coordinator.partner())), "editor", Role.EDITOR);
    }

    private ProjectContent content(ProjectRow row, Violations violations) {
        return new ProjectContent(
                Objects.requireNonNullElse(
                        violations.at("title", () -> languages.parse(row.title(), ProjectContent.MAX_TITLE_LENGTH)),
                        LocalizedText.of(Map.of())),
                row.acronym(),
                violations.at("summary", () -> languages.parse(row.summary(), ProjectContent.MAX_SUMMARY_LENGTH)),
                violations.at(
                        "contactFunction",
                        row.contactFunction(),
                        given -> languages.parse(given, ProjectContent.MAX_FUNCTION_LENGTH)),
                Objects.requireNonNullElse(areas.areas(row.areas(), violations), List.of()),
                row.plannedStartsOn(),
                row.plannedEndsOn(),
                ImportedConstants.parse(ProjectVisibility.class, row.visibility(), "visibility"),
                Objects.requireNonNullElse(
                        violations.at(
                                "needs",
                                () -> row.needs().stream()
                                        .map(ProjectImporter::need)
                                        .toList()),
                        List.of()),
                List.of());
    }

    private static Need need(NeedRow row) {
        return new Need(
                CompetenceCode.parse(row.competence()),
                ImportedConstants.parse(CompetenceLevel.class, row.level(), "level"),
                ImportedConstants.parse(Importance.class, row.importance(), "importance"));
    }

    private static List<InvitedPartner> invited(
            ProjectRow row, Map<String, Organisation> members, LocalDate today, Violations violations) {
        return Objects.requireNonNullElse(
                violations.at(
                        "members",
                        () -> row.members().stream()
                                .map(member -> new InvitedPartner(
                                        Objects.requireNonNull(members.get(member.partner()))
                                                .partner(),
                                        new InvitationTerms(
                                                ImportedConstants.parse(ProjectRole.class, member.role(), "role"),
                                                member.asked(),
                                                null,
                                                null,
                                                today,
                                                member.since())))
                                .toList()),
                List.of());
    }

    private static GateDecision decision(GateRow row) {
        return new GateDecision(
                ImportedConstants.parse(GateKind.class, row.gate(), "gate"),
                ImportedConstants.parse(GateState.class, row.state(), "state"),
                row.decidedOn(),
                row.decidedBy(),
                row.reference(),
                null,
                row.conditions(),
                row.reason());
    }
}
