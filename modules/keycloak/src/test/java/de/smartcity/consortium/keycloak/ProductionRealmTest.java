package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.context.SecurityContextHolder;

/** The realm that administrators import, in a real Keycloak. */
class ProductionRealmTest {

    private static final Path FILE =
            Path.of(Objects.requireNonNull(System.getProperty("consortium.root")), "config", "keycloak", "realm.json");
    private static final String PASSWORD = "correct horse battery";

    private static RealmAdmin realm;

    @BeforeAll
    static void importTheRealm() throws Exception {
        realm = RealmAdmin.ofNewRealm(FILE);
        realm.createClient("test", List.of("basic"), List.of());
    }

    @AfterAll
    static void deleteTheRealm() throws Exception {
        realm.deleteRealm();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "elevenchars", "somebody@example.org"})
    void anAccountWithAWeakPasswordIsRefused(String password) {
        assertThatThrownBy(() -> realm.createAccount("somebody@example.org", password))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("assword");
        var tooLong = "x".repeat(129);
        assertThatThrownBy(() -> realm.createAccount("somebody@example.org", tooLong))
                .hasMessageContaining("answered 400");
    }

    @Test
    void anAccountsNameIsStatedToTheServiceAndNotInItsToken() throws Exception {
        realm.createAccount("named@example.org", PASSWORD);
        realm.createClient("naming", List.of("basic", "consortium-api", "profile"), List.of());
        var token = realm.issue("naming", "named@example.org", PASSWORD, "openid")
                .get("access_token")
                .asString();
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        SecurityContextHolder.getContext().setAuthentication(new AccountAuthentication(Account.of(claims), token));
        try {
            var actor = Actor.unattached(
                    Actor.Kind.PERSON,
                    new AccountId(claims.getSubject()),
                    false,
                    NoActingOrganisation.NO_MEMBERSHIP,
                    List.of());
            assertThat(new UserinfoNames(URI.create(realm.issuer())).nameOf(actor))
                    .isEqualTo("Test Account");
        } finally {
            SecurityContextHolder.clearContext();
        }
        assertThat(claims.getClaims()).doesNotContainKeys("name", "given_name", "family_name");
    }

    @Test
    void signInsAreRecorded() throws Exception {
        var account = realm.createAccount("recorded@example.org", PASSWORD);
        // In this order: while Keycloak still counts a wrong password, it refuses the right one, too.
        assertThatCode(() -> realm.issue("test", "recorded@example.org", PASSWORD, "openid"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> realm.issue("test", "recorded@example.org", "a wrong password", "openid"))
                .hasMessageContaining("Invalid user credentials");

        assertThat(realm.events("LOGIN").toString()).contains(account, "test");
        assertThat(realm.events("LOGIN_ERROR").toString()).contains(account, "invalid_user_credentials");
    }

    @Test
    void changesByAdministratorsAreRecordedWithDetailsButWithoutPasswords() throws Exception {
        var account = realm.createAccount("created@example.org", PASSWORD);

        assertThat(realm.adminEvents().toString())
                .contains("CREATE", "users/" + account, "created@example.org")
                .doesNotContain(PASSWORD);
    }
}
