package de.smartcity.consortium.mongo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A change of stored data, declared as a bean and applied once, before the service is ready. The migrations of all capabilities share one
 * numbering: 1, 2, 3, …. A migration processes all documents of a collection in the order of their ids, which must be of one type.
 *
 * <p>An applied migration must not change: the service does not start if number, name or revision differ from what is recorded. An unfinished
 * migration, such as a failed one, starts again from the first document when its revision changes.
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
     * Replaces each document of a collection by the result of the step. {@code version} stays unless the step changes it. If the version or a field
     * that the step changes was changed concurrently, the step is applied to the document again.
     *
     * @param number the last migration's plus one
     * @param name for logs and error messages
     * @param revision identifies what it does, as words or a number; change it with the step until the migration is released
     */
    public static Migration ofDocuments(
            int number, String name, String revision, String collection, DocumentStep step) {
        return new Migration(number, name, revision, collection, resaving -> step);
    }

    /**
     * Saves each aggregate of a collection again, so that {@code BeforeConvertCallback}s recompute derived fields. Unlike a save by Spring Data it
     * keeps the {@code version} and fields of the document that the aggregate does not map; those inside its values are lost.
     *
     * @param number the last migration's plus one
     * @param name for logs and error messages
     * @param revision identifies the rule that has changed, as words or a number; change it with the rule until the migration is released
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
