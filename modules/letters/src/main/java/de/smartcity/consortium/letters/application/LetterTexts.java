package de.smartcity.consortium.letters.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.model.CanonicalForm;
import de.smartcity.consortium.mongo.RecordCollections;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was offered, in which the texts of editions are. */
public class LetterTexts {

    /** The collection of what was offered. */
    public static final String EDITIONS = "letterEditions";

    private static final Logger LOG = LoggerFactory.getLogger(LetterTexts.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DRAFT_TEXT = "draftText";

    private final MongoCollection<Offered> offered;
    private final MongoCollection<Drafted> drafts;

    LetterTexts(RecordCollections collections) {
        this.offered = collections.of(EDITIONS, Offered.class);
        this.drafts = collections.of(LetterReading.LETTERS, Drafted.class);
    }

    /** The text of a draft; public only because the driver instantiates no other class. */
    public record Drafted(@BsonId LetterId id, @Nullable LocalizedText draftText) {}

    /** What was offered, as it is stored; public only because the driver instantiates no other class. */
    public record Offered(@BsonId String digest, @Nullable String canonicalForm) {

        /** Whether it is what was offered under the digest. */
        boolean isGenuine() {
            return canonicalForm != null && CanonicalForm.digest(canonicalForm).equals(digest);
        }

        /** The JSON in its canonical form; null if there is none. */
        @Nullable
        JsonNode content() {
            var start = canonicalForm == null ? -1 : canonicalForm.indexOf('{');
            try {
                return start < 0
                        ? null
                        : JSON.readTree(Objects.requireNonNull(canonicalForm).substring(start));
            } catch (JacksonException broken) {
                return null;
            }
        }

        /** The text of the edition; null if it has none. */
        @Nullable
        LocalizedText text() {
            return textOf(content());
        }

        static @Nullable LocalizedText textOf(@Nullable JsonNode content) {
            var texts = content == null ? null : content.get("text");
            if (texts == null) {
                return null;
            }
            var byTag = new TreeMap<String, String>();
            texts.properties().stream()
                    .filter(text -> text.getValue().isString())
                    .forEach(text -> byTag.put(text.getKey(), text.getValue().asString()));
            return LocalizedText.of(byTag);
        }
    }

    /** What was offered under these digests; one Mongo command. */
    Map<String, Offered> find(Collection<String> digests) {
        var found = new HashMap<String, Offered>();
        offered.find(Filters.in("_id", digests))
                .batchSize(digests.size() + 1)
                .forEach(each -> found.put(each.digest(), each));
        return found;
    }

    /**
     * These texts; at most one Mongo command for offered editions and one for drafts. Whoever asks has seen the edition. A text that was altered in
     * the database is not shown, since it is not what was signed.
     */
    public Map<TextOf, LetterText> load(Collection<TextOf> texts) {
        var digests =
                texts.stream().map(TextOf::digest).filter(Objects::nonNull).toList();
        var letters =
                texts.stream().map(TextOf::draftOf).filter(Objects::nonNull).toList();
        var loaded = new HashMap<TextOf, LetterText>();
        if (!digests.isEmpty()) {
            findGenuine(digests).forEach((digest, offer) -> put(new TextOf(digest, null), offer.text(), loaded));
        }
        if (!letters.isEmpty()) {
            drafts.find(Filters.in("_id", letters))
                    .projection(Projections.include(DRAFT_TEXT))
                    .batchSize(letters.size() + 1)
                    .forEach(draft -> put(new TextOf(null, draft.id()), draft.draftText(), loaded));
        }
        return loaded;
    }

    private static void put(TextOf of, @Nullable LocalizedText text, Map<TextOf, LetterText> loaded) {
        if (text != null) {
            loaded.put(of, new LetterText(text));
        }
    }

    /** The canonical forms with these digests; one Mongo command. */
    public Map<String, String> canonicalForms(Collection<String> digests) {
        var forms = new HashMap<String, String>();
        findGenuine(digests)
                .forEach((digest, offer) -> forms.put(digest, Objects.requireNonNull(offer.canonicalForm())));
        return forms;
    }

    /** What was offered and has not been altered since; one Mongo command. */
    Map<String, Offered> findGenuine(Collection<String> digests) {
        var found = find(digests);
        found.values().removeIf(offer -> {
            var altered = !offer.isGenuine();
            if (altered) {
                LOG.error("What was offered as {} was altered in the database", offer.digest());
            }
            return altered;
        });
        return found;
    }
}
