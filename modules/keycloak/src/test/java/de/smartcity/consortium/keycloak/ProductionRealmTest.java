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
import java.text.ParseException;
import java.util.List;
import java.util.Map;
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

        assertThat(nameStatedTo(token)).isEqualTo("Test Account");
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims())
                .doesNotContainKeys("name", "given_name", "family_name");
    }

    /** Otherwise somebody could sign under another name, and take it back. */
    @Test
    void onlyAdministratorsChangeNames() throws Exception {
        var username = "renaming@example.org";
        var account = realm.createAccount(username, PASSWORD);
        realm.createAccountClient("account-of-renaming");
        var token = realm.issue("account-of-renaming", username, PASSWORD, "openid")
                .get("access_token")
                .asString();
        assertThatCode(() -> realm.changeOwnAccount(token, own(username, "Test", "Account")))
                .doesNotThrowAnyException();

        for (var name : List.of(
                own(username, "Other", "Account"),
                own(username, "Test", "Person"),
                own(username, "", ""),
                Map.of("username", username, "email", username, "attributes", Map.of("lastName", List.of("Person"))))) {
            assertThatThrownBy(() -> realm.changeOwnAccount(token, name))
                    .hasMessageContaining("answered 400")
                    .hasMessageContaining("error-user-attribute-read-only");
        }
        assertThat(nameStatedTo(token)).isEqualTo("Test Account");

        realm.rename(account, "Married", "Person");
        assertThat(nameStatedTo(token)).isEqualTo("Married Person");
        assertThatThrownBy(() -> realm.changeOwnAccount(token, own(username, "Test", "Account")))
                .hasMessageContaining("error-user-attribute-read-only");
    }

    @Test
    void anAccountWithoutANameSignsInAndDoesNotNameItself() throws Exception {
        var username = "nameless@example.org";
        var account = realm.createAccount(username, PASSWORD);
        realm.rename(account, "", "");
        realm.createAccountClient("account-of-nameless");
        var token = realm.issue("account-of-nameless", username, PASSWORD, "openid")
                .get("access_token")
                .asString();

        assertThatThrownBy(() -> realm.changeOwnAccount(token, own(username, "Some", "Body")))
                .hasMessageContaining("error-user-attribute-read-only");
        assertThatThrownBy(() -> nameStatedTo(token)).hasMessageContaining("account.nameMissing");
    }

    @Test
    void peopleStillChangeTheirEmailAndTheirLanguage() throws Exception {
        var username = "moving@example.org";
        realm.createAccount(username, PASSWORD);
        realm.createAccountClient("account-of-moving");
        var token = realm.issue("account-of-moving", username, PASSWORD, "openid")
                .get("access_token")
                .asString();

        var changed = Map.of(
                "username", username,
                "email", "moved@example.org",
                "firstName", "Test",
                "lastName", "Account",
                "attributes", Map.of("locale", List.of("en")));
        realm.changeOwnAccount(token, changed);
        assertThatCode(() -> realm.issue("account-of-moving", "moved@example.org", PASSWORD, "openid"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> realm.changeOwnAccount(token, Map.of("username", username)))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("email");
    }

    private static Map<String, ?> own(String username, String firstName, String lastName) {
        return Map.of("username", username, "email", username, "firstName", firstName, "lastName", lastName);
    }

    private static String nameStatedTo(String token) throws ParseException {
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        SecurityContextHolder.getContext().setAuthentication(new AccountAuthentication(Account.of(claims), token));
        try {
            return new UserinfoNames(URI.create(realm.issuer()))
                    .nameOf(Actor.unattached(
                            Actor.Kind.PERSON,
                            new AccountId(claims.getSubject()),
                            false,
                            NoActingOrganisation.NO_MEMBERSHIP,
                            List.of()));
        } finally {
            SecurityContextHolder.clearContext();
        }
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
