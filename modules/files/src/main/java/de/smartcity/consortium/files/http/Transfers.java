package de.smartcity.consortium.files.http;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds how many files go in and out at a time: each has some memory while its bytes pass through. No account takes more than a part of them, and
 * all anonymous callers together as many as one.
 */
@Component
class Transfers {

    private static final int SHARE = 16;
    private static final AccountId ANONYMOUS = new AccountId("anonymous");

    private final int max;
    private final Map<AccountId, Integer> running = new HashMap<>();
    private int all;

    /** @param max at a time on this node */
    Transfers(@Value("${consortium.files.transfers:256}") int max) {
        if (max < SHARE) {
            throw new IllegalArgumentException(
                    "consortium.files.transfers is %d, and must be %d at least".formatted(max, SHARE));
        }
        this.max = max;
    }

    /** A transfer, until it is closed. */
    interface Transfer {
        void close();
    }

    /** There are too many. */
    static final class TooMany extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super("Too many files are uploaded and downloaded at the moment; try again later.", null, false, false);
        }
    }

    /** @throws TooMany if there is no room for one more */
    synchronized Transfer begin(Actor actor) {
        var account = actor.account().orElse(ANONYMOUS);
        if (all >= max || running.getOrDefault(account, 0) >= max / SHARE) {
            throw new TooMany();
        }
        all++;
        running.merge(account, 1, Integer::sum);
        return () -> end(account);
    }

    private synchronized void end(AccountId account) {
        all--;
        running.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1);
    }
}
