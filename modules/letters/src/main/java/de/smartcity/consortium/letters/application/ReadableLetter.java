package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.letters.model.Edition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be read of a letter's document. Something else than this service may have put a text in the place of a number there, or a constant that
 * does not exist.
 *
 * @param unreadable the paths of what was left out, such as {@code editions.0.terms.noticeDays}
 */
record ReadableLetter(StoredLetter letter, List<String> unreadable) {

    private static final Logger LOG = LoggerFactory.getLogger(ReadableLetter.class);

    static ReadableLetter of(BsonDocument document, Codec<StoredLetter> codec) {
        try {
            return new ReadableLetter(decode(document, codec), List.of());
        } catch (RuntimeException broken) {
            var reading = new Reading(codec, new ArrayList<>());
            var rest = reading.readable(document, "", UnaryOperator.identity());
            LOG.error("Letter {} cannot be read at {}", document.get("_id"), reading.unreadable(), broken);
            // A missing edition would pass for verified.
            if (rest == null || reading.unreadable().stream().anyMatch(path -> path.matches("editions(\\.\\d+)?"))) {
                throw broken;
            }
            return new ReadableLetter(decode(rest.asDocument(), codec), List.copyOf(reading.unreadable()));
        }
    }

    /** Those of this edition, as paths within it, and those that belong to no edition. */
    List<String> unreadableOf(Edition edition) {
        var own = "editions." + letter.editions().indexOf(edition) + ".";
        return unreadable.stream()
                .filter(path -> path.startsWith(own) || !path.startsWith("editions."))
                .map(path -> path.startsWith(own) ? path.substring(own.length()) : path)
                .toList();
    }

    private static StoredLetter decode(BsonDocument document, Codec<StoredLetter> codec) {
        return codec.decode(document.asBsonReader(), DecoderContext.builder().build());
    }

    private record Reading(Codec<StoredLetter> codec, List<String> unreadable) {

        /** The value without what cannot be read of it; null if nothing can. @param in puts it into an otherwise empty letter, at its place */
        @Nullable
        BsonValue readable(BsonValue value, String path, UnaryOperator<BsonValue> in) {
            if (isReadable(in.apply(value))) {
                return value;
            }
            var before = unreadable.size();
            var rest = rest(value, path, in);
            if (rest != null && unreadable.size() > before && isReadable(in.apply(rest))) {
                return rest;
            }
            unreadable.subList(before, unreadable.size()).clear();
            unreadable.add(path);
            return null;
        }

        private @Nullable BsonValue rest(BsonValue value, String path, UnaryOperator<BsonValue> in) {
            if (value.isDocument()) {
                var whole = value.asDocument();
                // Parts may need each other, so that one that is alone to blame is not looked at without the others.
                return whole.keySet().stream()
                        .filter(name -> isReadable(in.apply(without(name, whole))))
                        .findFirst()
                        .map(name -> parts(List.of(name), whole, without(name, whole), path, in))
                        .orElseGet(() -> parts(whole.keySet(), whole, new BsonDocument(), path, in));
            }
            if (value.isArray()) {
                var rest = new BsonArray();
                for (var index = 0; index < value.asArray().size(); index++) {
                    var readable = readable(
                            value.asArray().get(index),
                            LetterVerification.below(path, String.valueOf(index)),
                            only -> in.apply(new BsonArray(List.of(only))));
                    if (readable != null) {
                        rest.add(readable);
                    }
                }
                return rest;
            }
            return null;
        }

        /** What is there already, with what can be read of these parts beside it. */
        private BsonDocument parts(
                Collection<String> names,
                BsonDocument whole,
                BsonDocument beside,
                String path,
                UnaryOperator<BsonValue> in) {
            var rest = beside.clone();
            names.forEach(name -> {
                var readable = readable(
                        Objects.requireNonNull(whole.get(name)),
                        LetterVerification.below(path, name),
                        only -> in.apply(beside.clone().append(name, only)));
                if (readable != null) {
                    rest.put(name, readable);
                }
            });
            return rest;
        }

        private static BsonDocument without(String name, BsonDocument whole) {
            var rest = whole.clone();
            rest.remove(name);
            return rest;
        }

        private boolean isReadable(BsonValue letter) {
            try {
                decode(letter.asDocument(), codec);
                return true;
            } catch (RuntimeException unreadableSomewhere) {
                // Each kind of value has exceptions of its own.
                return false;
            }
        }
    }
}
