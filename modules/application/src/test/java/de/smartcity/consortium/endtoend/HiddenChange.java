package de.smartcity.consortium.endtoend;

import java.util.List;
import java.util.function.Supplier;

/**
 * A change that some do not see.
 *
 * @param question what they ask before and after it
 * @param by who must not see it
 * @param control who sees it
 */
record HiddenChange(String what, Supplier<Request> question, Runnable made, List<Party> by, Party control) {

    @Override
    public String toString() {
        return what;
    }
}
