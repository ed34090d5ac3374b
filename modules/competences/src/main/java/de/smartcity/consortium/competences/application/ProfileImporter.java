package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.CompetenceRows.EvidenceRow;
import de.smartcity.consortium.competences.CompetenceRows.FactsRow;
import de.smartcity.consortium.competences.CompetenceRows.MadeUpRow;
import de.smartcity.consortium.competences.ProfileImport;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.CompetenceProfiles;
import de.smartcity.consortium.competences.model.Concept;
import de.smartcity.consortium.competences.model.EntryVisibility;
import de.smartcity.consortium.competences.model.Evidence;
import de.smartcity.consortium.competences.model.EvidenceKind;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.competences.model.Vocabulary;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.ImportedConstants;
import de.smartcity.consortium.partners.ImportedPartners;
import de.smartcity.consortium.partners.PartnerLookup;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** Makes each profile in one save, so that an interrupted import leaves none half done. */
class ProfileImporter implements ProfileImport {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileImporter.class);
    /** What the descriptions of facts end with where a level is made up. */
    private static final Map<String, String> MADE_UP =
            Map.of("de", "Demonstrationsdaten: Stufe und Nachweise.", "en", "Demonstration data: level and evidence.");

    private static final Set<String> ALL = Set.of("entries", "availability", "contactFunction");

    private final VocabularyReading vocabulary;
    private final CompetenceProfiles profiles;
    private final PartnerDirectory directory;
    private final PartnerLookup partners;
    private final Languages languages;
    private final ConsortiumZone zone;
    private final Clock clock;

    ProfileImporter(
            VocabularyReading vocabulary,
            CompetenceProfiles profiles,
            PartnerDirectory directory,
            PartnerLookup partners,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        this.vocabulary = vocabulary;
        this.profiles = profiles;
        this.directory = directory;
        this.partners = partners;
        this.languages = languages;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public void load(List<FactsRow> facts, List<MadeUpRow> madeUp, Map<PartnerAlias, OrganisationId> organisations) {
        var named = new ImportedPartners(directory, organisations);
        var rows = new LinkedHashMap<String, Rows>();
        facts.forEach(row -> rows.put(row.partner(), new Rows(row, null)));
        madeUp.forEach(
                row -> rows.merge(row.partner(), new Rows(null, row), (known, added) -> new Rows(known.facts(), row)));
        var violations = new Violations();
        rows.forEach((alias, row) -> violations.at(alias, () -> {
            add(alias, row, named);
            return row;
        }));
        violations.throwIfAny();
    }

    /** What both files say of a partner. */
    private record Rows(@Nullable FactsRow facts, @Nullable MadeUpRow madeUp) {}

    private void add(String alias, Rows rows, ImportedPartners named) {
        var found = named.find(alias).filter(member -> member.status() == PartnerStatus.ACTIVE);
        if (found.isEmpty()) {
            LOG.warn("The profile of {} is not loaded: there is no such partner that is ACTIVE", alias);
            return;
        }
        var organisation = found.get();
        if (profiles.findById(organisation.partner()).isPresent()) {
            return;
        }
        var now = clock.instant();
        var day = zone.dayOf(now);
        var face = Objects.requireNonNull(
                partners.find(List.of(organisation.partner()), Actor.system()).get(organisation.partner()));
        var profile = CompetenceProfile.of(face, now);
        var known = vocabulary.vocabulary();
        var editor = ImportedPartners.demonstrationAccount(organisation, "editor", Role.EDITOR);
        profile.edit(
                Change.by(editor, now),
                day,
                () -> known,
                0,
                new Edit<>(ALL, violations -> current(alias, content(rows, day, violations), known)));
        var admin = ImportedPartners.demonstrationAccount(organisation, "admin", Role.PARTNER_ADMIN);
        profile.publish(Change.by(admin, now), day, () -> known, 0);
        try {
            profiles.save(profile);
        } catch (DuplicateKeyException begun) {
            LOG.info("The profile of {} is not loaded: the partner has just begun one", alias);
        }
    }

    /** A later release than that of the files may have deprecated competences, which does not keep a node from starting. */
    private static ProfileContent current(String alias, ProfileContent content, Vocabulary known) {
        var entries = content.entries().stream()
                .filter(entry ->
                        !known.find(entry.competence()).map(Concept::deprecated).orElse(false))
                .toList();
        if (entries.size() < content.entries().size()) {
            LOG.warn("The profile of {} is loaded without entries whose competences are deprecated", alias);
        }
        return new ProfileContent(entries, content.availability(), content.contactFunction());
    }

    private ProfileContent content(Rows rows, LocalDate day, Violations violations) {
        var entries = new ArrayList<CompetenceEntry>();
        var madeUp = rows.madeUp();
        if (rows.facts() != null) {
            entries.addAll(violations.each(
                    rows.facts().entries(),
                    fact -> entry(
                            fact.competence(),
                            madeUp == null ? null : madeUp.levels().get(fact.competence()),
                            madeUp != null && madeUp.publicEntries().contains(fact.competence())
                                    ? EntryVisibility.PUBLIC.name()
                                    : EntryVisibility.CONSORTIUM.name(),
                            madeUp == null ? fact.description() : marked(fact.description()),
                            madeUp,
                            day)));
        }
        if (madeUp == null) {
            return new ProfileContent(entries, null, null);
        }
        entries.addAll(violations.each(
                madeUp.entries(),
                row -> entry(row.competence(), row.level(), row.visibility(), row.description(), madeUp, day)));
        var availability = violations.at(
                "availability",
                madeUp.availability(),
                row -> new Availability(
                        ImportedConstants.parse(Availability.State.class, row.state(), "availability"),
                        day.plusDays(row.forDays())));
        var function = violations.at(
                "contactFunction",
                madeUp.contactFunction(),
                texts -> languages.parse(texts, ProfileContent.MAX_FUNCTION_LENGTH));
        return new ProfileContent(entries, availability, function);
    }

    private CompetenceEntry entry(
            String competence,
            @Nullable String level,
            String visibility,
            @Nullable Map<String, String> description,
            @Nullable MadeUpRow madeUp,
            LocalDate day) {
        var evidence = madeUp == null || madeUp.evidence() == null
                ? List.<EvidenceRow>of()
                : madeUp.evidence().getOrDefault(competence, List.of());
        return new CompetenceEntry(
                CompetenceCode.parse(competence),
                level == null ? CompetenceLevel.KNOWS : ImportedConstants.parse(CompetenceLevel.class, level, "level"),
                description == null ? null : text(description),
                evidence.stream().map(row -> evidence(row, day)).toList(),
                ImportedConstants.parse(EntryVisibility.class, visibility, "visibility"));
    }

    private static Map<String, String> marked(@Nullable Map<String, String> description) {
        var marked = new LinkedHashMap<>(MADE_UP);
        if (description != null) {
            description.forEach((locale, text) -> marked.merge(locale, text, (mark, known) -> known + " – " + mark));
        }
        return marked;
    }

    private LocalizedText text(Map<String, String> texts) {
        return languages.parse(texts, CompetenceEntry.MAX_DESCRIPTION_LENGTH);
    }

    private static Evidence evidence(EvidenceRow row, LocalDate day) {
        var from = row.validFromDaysAgo() == null ? null : day.minusDays(row.validFromDaysAgo());
        var evidence = new Evidence(
                ImportedConstants.parse(EvidenceKind.class, row.kind(), "kind"),
                row.issuer(),
                row.number(),
                from,
                from == null || row.validForDays() == null ? null : from.plusDays(row.validForDays()),
                null,
                null,
                row.url() == null ? null : Website.parse(row.url()),
                row.daysAgo() == null ? null : day.minusDays(row.daysAgo()));
        var violations = new Violations();
        evidence.check(violations);
        violations.throwIfAny();
        return evidence;
    }
}
