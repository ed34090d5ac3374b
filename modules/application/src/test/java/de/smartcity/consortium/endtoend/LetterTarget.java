package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.endtoend.LetterRequests.Written;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.util.List;
import java.util.UUID;

/**
 * What an attempt on a letter is about, or the like of which none exists. Ids are global ones.
 *
 * @param written the letter, with the digest of the edition that is offered or was last
 * @param event the id of its last event, if that is asked for
 * @param earliestEvent the id of the event that it was drafted, likewise
 * @param partner the id of a partner
 * @param word a word of its title that no other letter has
 * @param textWord such a word of its text
 * @param key an Idempotency-Key of its own people
 */
record LetterTarget(
        Written written,
        String event,
        String earliestEvent,
        Attached files,
        String partner,
        String word,
        String textWord,
        String key) {

    /**
     * The ids of files.
     *
     * @param document the letter's PDF
     * @param annex a further file of it
     * @param power a power of attorney of a signature
     * @param upload an upload of its initiator that no letter has
     */
    record Attached(String document, String annex, String power, String upload) {

        private static Attached absent() {
            return new Attached(newId("File"), newId("File"), newId("File"), newId("File"));
        }

        Attached withPower(String attached) {
            return new Attached(document, annex, attached, upload);
        }
    }

    /** A target that does not exist; also the plan of one that will. */
    static LetterTarget absent() {
        var digest = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        return new LetterTarget(
                new Written(newId("LetterOfIntent"), 1_000_000, digest),
                newId("Activity"),
                newId("Activity"),
                Attached.absent(),
                newId("Partner"),
                RealmAdmin.unique("zz"),
                RealmAdmin.unique("zt"),
                RealmAdmin.unique("key-"));
    }

    /** The same letter with nothing else that exists. */
    LetterTarget withNothingElse() {
        var absent = absent();
        return new LetterTarget(
                new Written(letter(), absent.written.version(), absent.written.digest()),
                absent.event,
                absent.earliestEvent,
                absent.files,
                absent.partner,
                absent.word,
                absent.textWord,
                absent.key);
    }

    /** This target as its letter is now. */
    LetterTarget as(Written now) {
        var shown = now.digest().isEmpty() ? new Written(now.id(), now.version(), written.digest()) : now;
        return new LetterTarget(shown, event, earliestEvent, files, partner, word, textWord, key);
    }

    /** @param events the ids of all of its events, the first first */
    LetterTarget with(List<String> events) {
        return new LetterTarget(written, events.getLast(), events.getFirst(), files, partner, word, textWord, key);
    }

    LetterTarget with(Attached attached) {
        return new LetterTarget(written, event, earliestEvent, attached, partner, word, textWord, key);
    }

    LetterTarget withPartner(String id) {
        return new LetterTarget(written, event, earliestEvent, files, id, word, textWord, key);
    }

    String letter() {
        return written.id();
    }

    private static String newId(String type) {
        return new GlobalId(type, TimeOrderedIds.next()).text();
    }
}
