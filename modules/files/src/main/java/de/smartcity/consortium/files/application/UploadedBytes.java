package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileEndpoint;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.RuleViolation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of an upload, counted, digested and bounded while they are read. */
final class UploadedBytes extends InputStream {

    private final InputStream bytes;
    private final MessageDigest digest;
    private long count;

    UploadedBytes(InputStream bytes) {
        this.bytes = bytes;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static RuleViolation tooLarge() {
        return new RuleViolation("file.large", "A file has at most " + FileEndpoint.MAX_SIZE / (1024 * 1024) + " MB.");
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Fails with unchecked exceptions: checked ones would be taken for failures of the storage. */
    @Override
    public int read(byte[] into, int from, int length) {
        Deadline.check();
        int read;
        try {
            read = bytes.read(into, from, length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (read > 0) {
            count += read;
            if (count > FileEndpoint.MAX_SIZE) {
                throw tooLarge();
            }
            digest.update(into, from, read);
        }
        return read;
    }

    /** @param length as stated; negative if it was not. @throws RuleViolation {@code file.incomplete} */
    void demandComplete(long length) {
        if (length >= 0 && count != length) {
            throw new RuleViolation("file.incomplete", "The file has not arrived as a whole: send it again.");
        }
    }

    long count() {
        return count;
    }

    /** Of what has been read; once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
