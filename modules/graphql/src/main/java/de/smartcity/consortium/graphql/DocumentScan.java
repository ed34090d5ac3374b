package de.smartcity.consortium.graphql;

/**
 * Counts what makes the parser slow or, as a name, is repeated in the answer, in one pass over a document's text and before the parser: it takes
 * kilobytes of memory for each digit of a number and each character outside ASCII, and a kilobyte for each token.
 */
final class DocumentScan {

    private static final int MAX_CHARACTERS = 100_000;
    private static final int MAX_TOKENS = 2_000;
    private static final int MAX_DIGITS = 500;
    private static final int MAX_NAME = 100;
    private static final int MAX_OUTSIDE_ASCII = 2_000;
    private static final String QUOTES = "\"\"\"";

    private final String text;
    private int at;
    private int tokens;
    private int longestName;
    private int digits;
    private int outsideAscii;

    private DocumentScan(String text) {
        this.text = text;
    }

    /** @throws RefusedRequest if the document has more than the parser gets */
    static void demand(String document) {
        if (document.length() > MAX_CHARACTERS || !new DocumentScan(document).isWithinBounds()) {
            throw RefusedRequest.tooLarge(
                    "A document has at most %,d characters, %,d of them outside ASCII, %,d names, numbers, texts and signs, %,d digits in numbers, and names of %,d characters: use variables, or split it into several.",
                    MAX_CHARACTERS, MAX_OUTSIDE_ASCII, MAX_TOKENS, MAX_DIGITS, MAX_NAME);
        }
    }

    private boolean isWithinBounds() {
        while (at < text.length()) {
            token();
            if (tokens > MAX_TOKENS
                    || longestName > MAX_NAME
                    || digits > MAX_DIGITS
                    || outsideAscii > MAX_OUTSIDE_ASCII) {
                return false;
            }
        }
        return true;
    }

    private void token() {
        var character = next();
        if (character == '#') {
            while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                next();
            }
        } else if (character == '"') {
            tokens++;
            text();
        } else if (isNameStart(character)) {
            tokens++;
            var start = at - 1;
            while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
                next();
            }
            longestName = Math.max(longestName, at - start);
        } else if (isDigit(character)) {
            tokens++;
            digits++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                digits++;
                next();
            }
        } else if (character > ' ' && character != ',') {
            tokens++;
        }
    }

    /** The rest of a text whose first quotation mark has been read. */
    private void text() {
        if (text.startsWith(QUOTES, at - 1)) {
            at += 2;
            while (at < text.length() && !text.startsWith(QUOTES, at)) {
                if (next() == '\\' && text.startsWith(QUOTES, at)) {
                    at += QUOTES.length();
                }
            }
            at = Math.min(at + QUOTES.length(), text.length());
            return;
        }
        while (at < text.length()) {
            var character = next();
            if (character == '"' || character == '\n' || character == '\r') {
                return;
            }
            if (character == '\\' && at < text.length()) {
                next();
            }
        }
    }

    private char next() {
        var character = text.charAt(at++);
        if (character >= 0x80) {
            outsideAscii++;
        }
        return character;
    }

    private static boolean isNameStart(char character) {
        return character == '_' || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
