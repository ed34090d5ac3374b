package de.smartcity.consortium.files;

/** Where and how files are uploaded and downloaded. */
public final class FileEndpoint {

    /** The path to which files are uploaded, and below which they are downloaded by their global ids. */
    public static final String PATH = "/files";

    /** The largest file, in bytes. */
    public static final int MAX_SIZE = 10 * 1024 * 1024;

    private FileEndpoint() {}
}
