package de.smartcity.consortium.endtoend;

import org.jspecify.annotations.Nullable;

/** The kinds of callers, as accounts of the sandbox; in tests tourism is SUSPENDED and harbour ONBOARDING. */
enum Caller {
    ANONYMOUS(null),
    STRANGER("admin@huawei.sandbox"),
    VIEWER("viewer@ude.sandbox"),
    EDITOR("editor@ude.sandbox"),
    SIGNATORY("signatory@ude.sandbox"),
    ADMIN("admin@ude.sandbox"),
    SUSPENDED("admin@tourism.sandbox"),
    ONBOARDING("admin@harbour.sandbox"),
    OFFICE("office@consortium.sandbox");

    private final @Nullable String username;

    Caller(@Nullable String username) {
        this.username = username;
    }

    /** The account to sign in with; null for none. */
    @Nullable
    String username() {
        return username;
    }
}
