package de.smartcity.consortium.endtoend;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Commands to MongoDB as a {@link de.smartcity.consortium.sandbox.TcpProxy} sees them sent, at which it stalls. */
final class SentCommands {

    private SentCommands() {}

    /** An update of this collection. */
    static Predicate<String> update(String collection) {
        var value = "update\0" + (char) (collection.length() + 1) + "\0\0\0" + collection + "\0";
        return sent -> sent.contains(value);
    }

    /** A claim of files; other updates of files give no object for this field. */
    static Predicate<String> claim() {
        return update("files").and(sent -> sent.contains("\u0003claim\0"));
    }

    /** The second, once the first was sent. */
    static Predicate<String> inTurn(Predicate<String> first, Predicate<String> then) {
        var isNext = new AtomicBoolean();
        return sent -> {
            if (first.test(sent)) {
                isNext.set(true);
            }
            return isNext.get() && then.test(sent);
        };
    }
}
