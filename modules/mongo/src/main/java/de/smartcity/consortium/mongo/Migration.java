package de.smartcity.consortium.mongo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A change of what is stored already, declared as a bean and applied once, before the service is ready. All migrations of the service, of whatever
 * capability, are numbered 1, 2, 3, … together. It goes over all documents of a collection, whose ids are of one type, in their order.
 *
 * <p>What was applied is never changed: the start is refused where number, name or revision differ from what is recorded. While a migration is unfinished
 * (it failed, say), another revision makes it start again from the first document.
 */
public final class Migration {

    private final int number;
    private final String name;
    private final String checksum;
    private final String collection;
    private final Function<Resaving, DocumentStep> step;

    private Migration(
            int number, String name, String revision, String collection, Function<Resaving, DocumentStep> step) {
        this.number = number;
        this.name = name;
        this.checksum = checksum(number, name, revision);
        this.collection = collection;
        this.step = step;
    }

    /**
     * Turns each document of a collection into a new one. Its {@code version} stays unless the step changes it. Where somebody else has changed what the step
     * changes, or the version, since it was read, the step sees the document again.
     *
     * @param number the one after the last migration's
     * @param name for people
     * @param revision what it does, in words or as a number; to be changed with what it does, until it is released
     */
    public static Migration ofDocuments(
            int number, String name, String revision, String collection, DocumentStep step) {
        return new Migration(number, name, revision, collection, resaving -> step);
    }

    /**
     * Saves each aggregate of a collection again, so that what {@code BeforeConvertCallback}s derive is derived anew. Unlike a save by Spring Data it keeps
     * the {@code version} and the fields that the aggregate does not know.
     *
     * @param number the one after the last migration's
     * @param name for people
     * @param revision which rule has changed, in words or as a number; to be changed with it, until it is released
     */
    public static Migration resave(int number, String name, String revision, String collection, Class<?> aggregate) {
        return new Migration(number, name, revision, collection, resaving -> resaving.of(aggregate, collection));
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    /** SHA-256 over number, name and revision, in hex. */
    String checksum() {
        return checksum;
    }

    String collection() {
        return collection;
    }

    DocumentStep step(Resaving resaving) {
        return step.apply(resaving);
    }

    private static String checksum(int number, String name, String revision) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\0", String.valueOf(number), name, revision)
                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
