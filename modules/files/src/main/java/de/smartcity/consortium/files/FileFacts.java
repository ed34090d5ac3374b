package de.smartcity.consortium.files;

/**
 * What never changes of a file.
 *
 * @param name as its owner named it; at most 200 characters
 * @param mediaType such as {@code application/pdf}
 * @param size in bytes
 * @param sha256 the digest of its bytes, 64 lower-case hexadecimal digits
 */
public record FileFacts(FileId id, String name, String mediaType, long size, String sha256) {}
