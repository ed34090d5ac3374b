package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.IdentityProviderUnavailable;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Refusal.Reason;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.sandbox.RealmAdmin;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** The names of accounts, asked for with their own tokens. */
@ExtendWith(OutputCaptureExtension.class)
class UserinfoNamesTest {

    private static final String SUBJECT = "7c5f3b1e";

    private final TestKeycloak keycloak = TestKeycloak.shared();
    private final RealmAdmin realm = RealmAdmin.ofSharedRealm();
    private final UserinfoNames names = new UserinfoNames(URI.create(keycloak.issuer()));

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signatory@ude.sandbox      | Signatory of ude, sandbox",
                "office@consortium.sandbox  | Office of consortium, sandbox"
            })
    void aPersonHasTheNameThatKeycloakStates(String username, String name) {
        assertThat(names.nameOf(signIn(keycloak.token(username)))).isEqualTo(name);
    }

    @Test
    void theScopeOfOrganisationsIsNotNeeded() {
        assertThat(names.nameOf(signIn(keycloak.token("signatory@ude.sandbox", "openid"))))
                .isEqualTo("Signatory of ude, sandbox");
    }

    @Test
    void aTokenWithoutTheScopeProfileHasNoName() {
        var client = RealmAdmin.unique("nameless");
        realm.createClient(client, List.of("basic", "consortium-api"), List.of("profile"));

        assertNameMissing(signIn(token(client, "openid")));
        assertThat(names.nameOf(signIn(token(client, "openid profile")))).isEqualTo("Signatory of ude, sandbox");
    }

    @Test
    void aTokenWithoutTheScopeOpenidHasNoName() {
        assertNameMissing(signIn(keycloak.token("signatory@ude.sandbox", "organization:*")));
    }

    private String token(String client, String scope) {
        return realm.issue(client, "signatory@ude.sandbox", scope)
                .get("access_token")
                .asString();
    }

    @Test
    void anAppHasNoName() {
        assertNameMissing(signIn(keycloak.appToken("ude")));
    }

    @Test
    void aTokenOfAnotherAccountIsNotAskedForTheActorsName() {
        var actor = signIn(keycloak.token("signatory@ude.sandbox"));
        signIn(keycloak.token("admin@ude.sandbox"));

        assertThatExceptionOfType(IdentityProviderUnavailable.class).isThrownBy(() -> names.nameOf(actor));
    }

    @Test
    void anAccountWhoseSessionHasEndedIsNotSignedIn() {
        var username = RealmAdmin.unique("leaving") + "@test.sandbox";
        var account = realm.createAccount(username);
        var actor = signIn(keycloak.token(username));
        assertThat(names.nameOf(actor)).isEqualTo("Test Account");

        realm.endSessions(account);

        assertThatExceptionOfType(Forbidden.class)
                .isThrownBy(() -> names.nameOf(actor))
                .satisfies(refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.NOT_SIGNED_IN));
    }

    @Test
    void aNameIsAskedForOnTheThreadOfASignedInRequest() {
        assertThatIllegalStateException().isThrownBy(() -> names.nameOf(Actor.anonymous()));
        assertThatIllegalStateException().isThrownBy(() -> names.nameOf(Actor.system()));
    }

    // Answers that a real Keycloak does not give.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Some Body | Some Body",
                "'  Some Body ' | Some Body",
                "'' | ",
                "' ' | ",
                "Some\\nBody | ",
                "Some\\u202eBody | ",
            })
    void aNameIsOneVisibleLine(String stated, @Nullable String name) {
        try (var issuer = new LocalIssuer()) {
            issuer.stateOfAccounts(200, "{\"sub\":\"" + SUBJECT + "\",\"name\":\"" + stated + "\"}");
            assertStated(issuer, name);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void aNameHasAtMostTwoHundredCharacters(int length, boolean accepted) {
        var name = "x".repeat(length);
        try (var issuer = new LocalIssuer()) {
            issuer.stateOfAccounts(200, "{\"sub\":\"" + SUBJECT + "\",\"name\":\"" + name + "\"}");
            assertStated(issuer, accepted ? name : null);
        }
    }

    private void assertStated(LocalIssuer issuer, @Nullable String name) {
        var actor = signIn(issuer);
        var stating = new UserinfoNames(issuer.issuer());
        if (name == null) {
            assertNameMissing(stating, actor);
        } else {
            assertThat(stating.nameOf(actor)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | ''",
                "200 | null",
                "200 | []",
                "200 | {}",
                "200 | <html>",
                "200 | {\"name\":\"Some Body\"}",
                "200 | {\"sub\":\"other\",\"name\":\"Some Body\"}",
                "302 | {}",
                "404 | {}",
                "500 | {}",
                "503 | {}"
            })
    void anAnswerThatIsNoneIsAnOutage(int status, String body) {
        try (var issuer = new LocalIssuer()) {
            issuer.stateOfAccounts(status, body);
            assertUnavailable(issuer);
        }
    }

    @Test
    void anAnswerThatIsTooLongIsAnOutage() {
        try (var issuer = new LocalIssuer()) {
            issuer.stateOfAccounts(200, " ".repeat(256 * 1024) + "{\"sub\":\"" + SUBJECT + "\"}");
            assertUnavailable(issuer);
        }
    }

    @Test
    void aKeycloakThatIsNotReachedIsAnOutageThatIsLoggedWithoutTheToken(CapturedOutput output) {
        var issuer = new LocalIssuer();
        issuer.close();
        assertUnavailable(issuer);

        assertThat(output).contains("The name of an account cannot be had from", "ConnectException");
        assertThat(output.getAll()).doesNotContain(token(issuer).substring(0, 12));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeycloakThatIsSlowIsAnOutageAfterSomeSeconds(boolean hanging) {
        try (var issuer = new LocalIssuer()) {
            slow(issuer, hanging);
            var start = System.nanoTime();
            assertUnavailable(issuer);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeadlineOfTheRequestEndsTheQuestion(boolean hanging) {
        try (var issuer = new LocalIssuer()) {
            slow(issuer, hanging);
            var actor = signIn(issuer);
            var asking = new UserinfoNames(issuer.issuer());
            var start = System.nanoTime();
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.in(Duration.ofMillis(300)).call(() -> asking.nameOf(actor)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThatExceptionOfType(DeadlineExceeded.class)
                    .isThrownBy(() -> Deadline.in(Duration.ZERO).call(() -> asking.nameOf(actor)));
        }
    }

    private static void slow(LocalIssuer issuer, boolean hanging) {
        if (hanging) {
            issuer.hang();
        } else {
            issuer.trickle();
        }
    }

    private void assertUnavailable(LocalIssuer issuer) {
        var actor = signIn(issuer);
        var asking = new UserinfoNames(issuer.issuer());
        assertThatExceptionOfType(IdentityProviderUnavailable.class)
                .isThrownBy(() -> asking.nameOf(actor))
                .withMessage("Keycloak cannot be asked for your name now; try again later.");
    }

    private void assertNameMissing(Actor actor) {
        assertNameMissing(names, actor);
    }

    private static void assertNameMissing(UserinfoNames names, Actor actor) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> names.nameOf(actor))
                .satisfies(broken -> assertThat(broken.violations())
                        .extracting(Violation::rule)
                        .containsExactly("account.nameMissing"));
    }

    /** The actor of the request that this thread now works for. */
    private Actor signIn(String token) {
        var tokens = new AccessTokens(URI.create(keycloak.issuer()), Clock.systemUTC());
        var authentication = tokens.authenticate(new BearerTokenAuthenticationToken(token));
        SecurityContextHolder.getContext().setAuthentication(authentication);
        return actor(authentication.getPrincipal().id());
    }

    private static Actor signIn(LocalIssuer issuer) {
        var account = new Account(
                new AccountId(SUBJECT),
                Actor.Kind.PERSON,
                false,
                List.of(),
                NoActingOrganisation.NO_MEMBERSHIP,
                Instant.MAX);
        SecurityContextHolder.getContext().setAuthentication(new AccountAuthentication(account, token(issuer)));
        return actor(account.id());
    }

    private static String token(LocalIssuer issuer) {
        return issuer.token(Instant.EPOCH, claims -> {});
    }

    private static Actor actor(AccountId account) {
        return Actor.unattached(Actor.Kind.PERSON, account, false, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }
}
