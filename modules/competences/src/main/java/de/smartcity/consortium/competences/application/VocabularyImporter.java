package de.smartcity.consortium.competences.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceRows.ConceptRow;
import de.smartcity.consortium.competences.CompetenceRows.MappingRow;
import de.smartcity.consortium.competences.CompetenceRows.VocabularyRow;
import de.smartcity.consortium.competences.VocabularyImport;
import de.smartcity.consortium.competences.application.StoredConcept.ConceptMapping;
import de.smartcity.consortium.competences.model.Vocabulary;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.AreasOfActivity;
import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.graphql.DefaultLocale;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.DerivedFields;
import de.smartcity.consortium.kernel.Excerpt;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.SearchEntry;
import de.smartcity.consortium.kernel.SearchText;
import de.smartcity.consortium.kernel.SortKey;
import de.smartcity.consortium.kernel.Translation;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.ImportedConstants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a release of the vocabulary. One that is interrupted is completed by the next start. */
class VocabularyImporter implements VocabularyImport {

    /** All of them are read at once. */
    static final int MAX_CONCEPTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(VocabularyImporter.class);
    private static final int MAX_LABEL_LENGTH = 100;
    /** In each language. */
    private static final int MAX_ALTERNATIVES = 10;

    private static final int MAX_MAPPINGS = 10;
    /** As the schema says. */
    private static final int MAX_NARROWER = 20;

    private final MongoCollection<StoredConcept> stored;
    private final AreasOfActivity areas;
    private final Languages languages;
    private final DefaultLocale defaultLocale;

    VocabularyImporter(
            RecordCollections collections, AreasOfActivity areas, Languages languages, DefaultLocale defaultLocale) {
        this.stored = collections.of(VocabularyReading.COMPETENCES, StoredConcept.class);
        this.areas = areas;
        this.languages = languages;
        this.defaultLocale = defaultLocale;
    }

    @Override
    public void load(VocabularyRow vocabulary) {
        var before = new HashMap<CompetenceCode, StoredConcept>();
        stored.find().sort(Sorts.ascending("_id")).forEach(concept -> before.put(concept.code(), concept));
        var latest = before.values().stream()
                .map(StoredConcept::release)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (latest > vocabulary.release()) {
            LOG.info("Release {} of the vocabulary is stored: release {} is not loaded", latest, vocabulary.release());
            return;
        }
        for (var concept : parsed(vocabulary, before)) {
            if (!concept.equals(before.get(concept.code()))) {
                stored.replaceOne(Filters.eq("_id", concept.code()), concept, new ReplaceOptions().upsert(true));
            }
        }
    }

    private List<StoredConcept> parsed(VocabularyRow vocabulary, Map<CompetenceCode, StoredConcept> before) {
        var rows = vocabulary.concepts();
        if (rows.size() > MAX_CONCEPTS) {
            throw new RuleViolation("competences.many", "A vocabulary has at most " + MAX_CONCEPTS + " competences.");
        }
        var violations = new Violations();
        demandAreas(rows, violations);
        var byCode = new HashMap<String, ConceptRow>();
        rows.forEach(row -> violations.demand(
                byCode.put(row.code(), row) == null, "competence.twice", "This code is given twice.", row.code()));
        before.keySet()
                .forEach(code -> violations.demand(
                        byCode.containsKey(code.value()),
                        "competence.missing",
                        "An earlier release has this competence: deprecate it.",
                        code.value()));
        var labels = new HashSet<String>();
        var concepts = new ArrayList<StoredConcept>();
        for (var row : rows) {
            var concept = violations.at(row.code(), () -> {
                demandRelations(row, vocabulary.release(), byCode);
                var narrower = narrower(row, rows);
                if (narrower.size() > MAX_NARROWER) {
                    throw new RuleViolation(
                            "narrower.many", "At most " + MAX_NARROWER + " competences are a part of one.");
                }
                var parsed = concept(row, vocabulary.release(), narrower);
                demandLabels(parsed, labels);
                demandStillDeprecated(parsed, before.get(parsed.code()));
                return parsed;
            });
            if (concept != null) {
                concepts.add(concept);
            }
        }
        violations.throwIfAny();
        return concepts;
    }

    private void demandAreas(List<ConceptRow> rows, Violations violations) {
        var distinct = rows.stream().map(ConceptRow::area).distinct().toList();
        areas.areas(distinct, violations);
    }

    private static void demandRelations(ConceptRow row, int release, Map<String, ConceptRow> rows) {
        var violations = new Violations();
        var broader = row.broader() == null ? null : rows.get(row.broader());
        violations.demand(
                row.broader() == null
                        || (broader != null
                                && broader.broader() == null
                                && (broader.deprecatedSince() == null || row.deprecatedSince() != null)),
                "broader.level",
                "The broader competence is one of the first level, and not deprecated unless both are.",
                "broader");
        violations.demand(
                broader == null || broader.area().equals(row.area()),
                "area.broader",
                "A competence has the area of its broader one.",
                "area");
        violations.demand(
                row.since() >= 1 && row.since() <= release,
                "since.release",
                "A competence came with this release or an earlier one.",
                "since");
        violations.demand(
                row.deprecatedSince() == null
                        || (row.deprecatedSince() > row.since() && row.deprecatedSince() <= release),
                "deprecatedSince.release",
                "A competence is deprecated with this release or an earlier one, after it came.",
                "deprecatedSince");
        violations.demand(
                row.replacedBy() == null || (row.deprecatedSince() != null && endsAtCurrent(row, rows)),
                "replacedBy.unknown",
                "A deprecated competence is replaced by one that in the end is not deprecated.",
                "replacedBy");
        violations.throwIfAny();
    }

    private static boolean endsAtCurrent(ConceptRow row, Map<String, ConceptRow> rows) {
        var met = new HashSet<String>();
        ConceptRow at = row;
        while (at != null && at.replacedBy() != null && met.add(at.code())) {
            at = rows.get(at.replacedBy());
        }
        return at != null && at.deprecatedSince() == null && met.size() <= Vocabulary.MAX_REPLACEMENTS;
    }

    private static List<CompetenceCode> narrower(ConceptRow of, List<ConceptRow> rows) {
        return rows.stream()
                .filter(row -> of.code().equals(row.broader()) && row.deprecatedSince() == null)
                .map(row -> new CompetenceCode(row.code()))
                .toList();
    }

    private void demandLabels(StoredConcept concept, Set<String> labels) {
        Objects.requireNonNull(concept.label()).texts().forEach((tag, label) -> {
            if (concept.deprecatedSince() == null && !labels.add(tag + " " + SearchText.sortKey(label))) {
                throw new RuleViolation("label.twice", "Another competence has the label " + Excerpt.of(label) + ".");
            }
        });
    }

    private static void demandStillDeprecated(StoredConcept concept, @Nullable StoredConcept before) {
        if (before != null && before.deprecatedSince() != null && concept.deprecatedSince() == null) {
            throw new RuleViolation("competence.restored", "What is deprecated stays so: give it a new code.");
        }
    }

    private StoredConcept concept(ConceptRow row, int release, List<CompetenceCode> narrower) {
        var violations = new Violations();
        var code = violations.at("code", () -> CompetenceCode.parse(row.code()));
        var label = violations.at("label", () -> languages.parse(row.label(), MAX_LABEL_LENGTH));
        var alternatives = violations.at("alternatives", () -> alternatives(row.alternatives()));
        var mappings = violations.at("mappings", () -> mappings(row.mappings()));
        violations.throwIfAny();
        return concept(
                row,
                release,
                narrower,
                Objects.requireNonNull(code),
                Objects.requireNonNull(label),
                Objects.requireNonNull(alternatives),
                Objects.requireNonNull(mappings));
    }

    private StoredConcept concept(
            ConceptRow row,
            int release,
            List<CompetenceCode> narrower,
            CompetenceCode code,
            LocalizedText label,
            List<Translation> alternatives,
            List<ConceptMapping> mappings) {
        return new StoredConcept(
                code,
                derived(row, code, label, alternatives),
                release,
                label,
                alternatives,
                new AreaCode(row.area()),
                row.broader() == null ? null : new CompetenceCode(row.broader()),
                narrower,
                row.since(),
                row.deprecatedSince(),
                row.replacedBy() == null ? null : new CompetenceCode(row.replacedBy()),
                mappings);
    }

    private DerivedFields derived(
            ConceptRow row, CompetenceCode code, LocalizedText label, List<Translation> alternatives) {
        var audience = Audience.everybody();
        var locale = defaultLocale.tag();
        var id = UUID.nameUUIDFromBytes(code.value().getBytes(StandardCharsets.UTF_8));
        return new DerivedFields(
                audience,
                Map.of(VocabularyReading.LABEL, SortKey.of(SearchText.sortKey(label.in(List.of(locale), locale)), id)),
                Stream.of(
                                audience.keys("area", List.of(row.area())),
                                audience.keys("broader", List.of(Objects.requireNonNullElse(row.broader(), ""))),
                                audience.keys("deprecated", List.of(String.valueOf(row.deprecatedSince() != null))))
                        .flatMap(List::stream)
                        .toList(),
                List.of(new SearchEntry(
                        List.copyOf(audience.tokens()),
                        SearchText.prefixes(
                                List.copyOf(label.texts().values()),
                                alternatives.stream().map(Translation::text).toList()))),
                null);
    }

    private List<Translation> alternatives(@Nullable Map<String, List<String>> given) {
        var alternatives = new ArrayList<Translation>();
        if (given != null) {
            if (given.size() > languages.maxLanguages()) {
                throw new RuleViolation(
                        "text.languages", "Give other words in at most " + languages.maxLanguages() + " languages.");
            }
            given.forEach((locale, texts) -> {
                if (texts.size() > MAX_ALTERNATIVES) {
                    throw new RuleViolation(
                            "alternatives.many", "Give at most " + MAX_ALTERNATIVES + " other words in a language.");
                }
                var tag = LocalizedText.canonicalTag(locale);
                texts.forEach(text ->
                        alternatives.add(new Translation(tag, BoundedText.parseLine(text, MAX_LABEL_LENGTH, "text"))));
            });
        }
        return List.copyOf(alternatives);
    }

    private static List<ConceptMapping> mappings(@Nullable List<MappingRow> given) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MAX_MAPPINGS) {
            throw new RuleViolation("mappings.many", "A competence has at most " + MAX_MAPPINGS + " mappings.");
        }
        var violations = new Violations();
        var mappings = violations.each(given, VocabularyImporter::mapping);
        violations.throwIfAny();
        return mappings;
    }

    private static ConceptMapping mapping(MappingRow row) {
        return new ConceptMapping(
                BoundedText.parseLine(row.scheme(), MAX_LABEL_LENGTH, "scheme"),
                Website.parse(row.uri()),
                ImportedConstants.parse(ConceptMapping.Match.class, row.match(), "match"),
                BoundedText.parseLine(row.source(), 500, "source"));
    }
}
