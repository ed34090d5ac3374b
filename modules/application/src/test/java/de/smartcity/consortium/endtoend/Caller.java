package de.smartcity.consortium.endtoend;

import org.jspecify.annotations.Nullable;

/** Who calls, by the sandbox's accounts; in the tests' deployment tourism is SUSPENDED and harbour ONBOARDING. */
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

    /** The account to sign in with; absent for nobody. */
    @Nullable
    String username() {
        return username;
    }
}
