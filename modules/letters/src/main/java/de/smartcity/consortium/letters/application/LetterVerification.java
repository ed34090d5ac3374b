package de.smartcity.consortium.letters.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.model.Answer;
import de.smartcity.consortium.letters.model.CanonicalForm;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterAudience;
import de.smartcity.consortium.letters.model.LetterFacts;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.codecs.Codec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recomputes what was signed from what is stored, and names what differs. */
public class LetterVerification {

    private static final int MAX_DIFFERENCES = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MongoCollection<BsonDocument> letters;
    private final Codec<StoredLetter> stored;
    private final LetterTexts texts;
    private final FileClaims files;

    LetterVerification(RecordCollections collections, LetterTexts texts, FileClaims files) {
        var typed = collections.of(LetterReading.LETTERS, StoredLetter.class);
        this.letters = typed.withDocumentClass(BsonDocument.class);
        this.stored = typed.getCodecRegistry().get(StoredLetter.class);
        this.texts = texts;
        this.files = files;
    }

    /**
     * The result for a letter.
     *
     * @param verified whether nothing differs in any of the editions
     * @param editions those that the actor sees from the inside
     */
    public record Verification(boolean verified, List<EditionVerification> editions) {}

    /**
     * The result for an edition.
     *
     * @param digest that the parties signed
     * @param recomputed the digest of what is stored now
     * @param verified whether nothing differs
     * @param differences what differs, such as {@code title.de}, {@code parties.1.signaturesRequired} or {@code signatures.0.1.digest}; at most 100
     */
    public record EditionVerification(
            int number, String digest, String recomputed, boolean verified, List<String> differences) {}

    /** Verifies a letter, if the actor sees an edition of it from the inside. At most three Mongo commands. */
    public Optional<Verification> verify(LetterId id, Actor actor) {
        var held = actor.tokens(LetterAudience.RELATIONS);
        var document = letters.find(
                        Filters.and(Filters.eq("_id", id.value()), Filters.in(DerivedPaths.AUDIENCE, held.keySet())))
                .projection(Projections.exclude("outbox", "keyedChanges", "editions.textWords"))
                .limit(1)
                .first();
        if (document == null) {
            return Optional.empty();
        }
        var read = ReadableLetter.of(document, stored);
        var letter = read.letter();
        var editions = ShownEdition.seenBy(letter, actor).stream()
                .filter(shown -> shown.edition().state() != EditionState.DRAFT && shown.isSeenFromInside(actor))
                .map(ShownEdition::edition)
                .toList();
        if (editions.isEmpty()) {
            return Optional.empty();
        }
        var attached = new HashSet<FileId>();
        editions.forEach(edition -> attached.addAll(edition.terms().files()));
        var offered =
                texts.find(editions.stream().map(LetterVerification::digest).toList());
        var facts = files.find(attached);
        var results = editions.stream()
                .map(edition ->
                        verify(letter, edition, offered.get(digest(edition)), facts, read.unreadableOf(edition)))
                .toList();
        return Optional.of(new Verification(results.stream().allMatch(EditionVerification::verified), results));
    }

    /**
     * Demands that the edition with this digest is stored as it was offered, since nobody is bound by what was put in its place. At most two Mongo
     * commands.
     *
     * @throws RuleViolation {@code edition.altered}
     */
    void demandGenuine(LetterFacts letter, String digest) {
        var edition = letter.last(each -> digest.equals(each.digest())).orElseThrow();
        var facts = files.find(edition.terms().files());
        if (!verify(letter, edition, texts.find(List.of(digest)).get(digest), facts, List.of())
                .verified()) {
            throw new RuleViolation(
                    "edition.altered",
                    "What is stored is not what was offered: verify the letter, and inform the consortium's office.");
        }
    }

    private static String digest(Edition edition) {
        return Objects.requireNonNullElse(edition.digest(), "");
    }

    private static EditionVerification verify(
            LetterFacts letter,
            Edition edition,
            LetterTexts.@Nullable Offered offered,
            Map<FileId, FileFacts> files,
            List<String> unreadable) {
        var differences = new TreeSet<String>();
        var signed = offered == null ? null : offered.content();
        var text = LetterTexts.Offered.textOf(signed);
        var stored = CanonicalForm.of(letter, edition, text, files);
        if (offered == null || signed == null) {
            differences.add("canonicalForm");
        } else {
            var genuine = offered.isGenuine();
            differences.addAll(differing(signed, JSON.readTree(stored.substring(stored.indexOf('{')))));
            differences.addAll(ofParties(signed, edition));
            if (genuine && !languages(text).equals(Set.copyOf(edition.textLanguages()))) {
                differences.add("textLanguages");
            }
            differences.addAll(ofHead(Objects.requireNonNull(offered.canonicalForm()), stored));
            if (!genuine || (differences.isEmpty() && !stored.equals(offered.canonicalForm()))) {
                differences.add("digest");
            }
        }
        differences.addAll(ofSignatures(edition));
        differences.addAll(unreadable);
        return new EditionVerification(
                edition.number(),
                digest(edition),
                CanonicalForm.digest(stored),
                differences.isEmpty(),
                differences.stream().limit(MAX_DIFFERENCES).toList());
    }

    /** The lines before the JSON. */
    private static Collection<String> ofHead(String signed, String stored) {
        var differences = new ArrayList<String>();
        var names = List.of("version", "letter", "number");
        var before = signed.lines().toList();
        var now = stored.lines().toList();
        for (var line = 0; line < names.size(); line++) {
            if (before.size() <= line || !before.get(line).equals(now.get(line))) {
                differences.add(names.get(line));
            }
        }
        return differences;
    }

    private static Set<String> languages(@Nullable LocalizedText text) {
        return text == null ? Set.of() : text.texts().keySet();
    }

    /** The terms have the parties once more, by which they are found and shown. */
    private static Collection<String> ofParties(JsonNode signed, Edition edition) {
        var asked = signed.path("parties")
                .valueStream()
                .map(party -> party.path("partner").asString("") + " "
                        + party.path("requirement").asString(""))
                .toList();
        var stored = edition.terms().parties().stream()
                .map(party -> party.partner().value() + " " + party.requirement())
                .toList();
        return IntStream.range(0, Math.max(asked.size(), stored.size()))
                .filter(index -> index >= asked.size()
                        || index >= stored.size()
                        || !asked.get(index).equals(stored.get(index)))
                .mapToObj(index -> "parties." + index)
                .toList();
    }

    private static Collection<String> ofSignatures(Edition edition) {
        var differences = new ArrayList<String>();
        for (var party = 0; party < edition.answers().size(); party++) {
            Answer answer = edition.answers().get(party);
            for (var index = 0; index < answer.signatures().size(); index++) {
                if (!Objects.equals(answer.signatures().get(index).digest(), edition.digest())) {
                    differences.add("signatures." + party + "." + index + ".digest");
                }
            }
        }
        return differences;
    }

    private static Collection<String> differing(JsonNode signed, JsonNode stored) {
        var before = leaves(signed);
        var now = leaves(stored);
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(now.keySet());
        paths.removeIf(path -> Objects.equals(before.get(path), now.get(path)));
        return paths;
    }

    private static Map<String, JsonNode> leaves(JsonNode node) {
        var leaves = new TreeMap<String, JsonNode>();
        collect("", node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isObject()) {
            node.propertyNames().forEach(name -> collect(below(path, name), node.get(name), leaves));
        } else if (node.isArray()) {
            for (var index = 0; index < node.size(); index++) {
                collect(below(path, String.valueOf(index)), node.get(index), leaves);
            }
        } else {
            leaves.put(path, node);
        }
    }

    static String below(String path, String step) {
        return path.isEmpty() ? step : path + "." + step;
    }
}
