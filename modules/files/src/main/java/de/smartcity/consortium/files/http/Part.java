package de.smartcity.consortium.files.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * The part of a file that a download asks for.
 *
 * @param start its first byte
 * @param length in bytes; 0 if the file has no such part
 * @param isAll whether it is not a part but all of the file
 */
record Part(long start, long length, boolean isAll) {

    /** As a request's header Range says; all of the file where it says nothing, something malformed, or several parts. */
    static Part of(@Nullable String range, long size) {
        var all = new Part(0, size, true);
        if (range == null) {
            return all;
        }
        try {
            var ranges = HttpRange.parseRanges(range);
            if (ranges.size() != 1) {
                return all;
            }
            var start = ranges.getFirst().getRangeStart(size);
            return start >= size
                    ? new Part(0, 0, false)
                    : new Part(start, ranges.getFirst().getRangeEnd(size) - start + 1, false);
        } catch (IllegalArgumentException malformed) {
            return all;
        }
    }

    /** The header Content-Range. */
    String contentRange(long size) {
        return length == 0 ? "bytes */" + size : "bytes %d-%d/%d".formatted(start, start + length - 1, size);
    }
}
