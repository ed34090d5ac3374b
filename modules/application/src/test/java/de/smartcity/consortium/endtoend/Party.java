package de.smartcity.consortium.endtoend;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sends requests.
 *
 * @param token its access token now; null for none
 * @param headers names and values in turn
 */
record Party(String name, Supplier<@Nullable String> token, List<String> headers) {

    static final String ACTING = "X-Acting-Organisation";

    static final Party OFFICE = of("the office", "office@consortium.sandbox");
    static final Party NOBODY = new Party("nobody", () -> null, List.of());
    static final Party MEMBER = of("a member's admin", "admin@huawei.sandbox");
    static final Party ONBOARDING = of("an admin of an onboarding partner", "admin@harbour.sandbox");
    static final Party SUSPENDED = of("an admin of a suspended member", "admin@tourism.sandbox");
    static final Party LIAISON = of("a member of two organisations", "liaison@consortium.sandbox");

    /** An account of the shared realm. */
    static Party of(String name, String username) {
        return new Party(name, () -> Api.token(username), List.of());
    }

    Party actingFor(String alias) {
        return new Party(name + " acting for " + alias, token, List.of(ACTING, alias));
    }

    Request sends(Request request) {
        var sent = request.withToken(token.get());
        for (var n = 0; n < headers.size(); n += 2) {
            sent = sent.with(headers.get(n), headers.get(n + 1));
        }
        return sent;
    }
}
