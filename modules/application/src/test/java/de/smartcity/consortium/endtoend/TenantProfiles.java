package de.smartcity.consortium.endtoend;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static org.awaitility.Awaitility.await;

import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.endtoend.Tenants.Tenant;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Competence profiles of tenants. The owner's is made anew for one attempt; another member never has one. One that has been suspended since has
 * published one, and an onboarding one has drafted one.
 */
final class TenantProfiles {

    private static final String KEY = "Idempotency-Key";

    private final Tenants tenants;
    private final Secrecy secrecy;
    private final FileClient files;

    final Tenant owner;
    final Tenant without;
    final Party admin;
    final Party adminWithout;
    final Party onboardingAdmin;
    final Party suspendedAdmin;
    final ProfileTarget ofOnboarding;
    final ProfileTarget ofSuspended;

    private final Tenant onboarding;
    private final Tenant suspended;

    TenantProfiles(Tenants tenants, World world, Secrecy secrecy, FileClient files) {
        this.tenants = tenants;
        this.secrecy = secrecy;
        this.files = files;
        owner = tenants.tenant(PartnerStatus.ACTIVE);
        without = tenants.tenant(PartnerStatus.ACTIVE);
        onboarding = tenants.tenant(PartnerStatus.ONBOARDING);
        suspended = tenants.tenant(PartnerStatus.ACTIVE);
        admin = adminOf(owner);
        adminWithout = adminOf(without);
        onboardingAdmin = adminOf(onboarding);
        suspendedAdmin = adminOf(suspended);
        ofOnboarding = draft(onboarding, TenantProfiles::allForEverybody);
        ofSuspended = publish(draft(suspended, TenantProfiles::allForEverybody), suspendedAdmin);
        world.management().suspend(suspended.id(), "A hidden reason", Tenants.change());
        // The profile follows a moment later.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> secrecy.value(
                                        Party.OFFICE,
                                        CompetenceRequests.competentPartners(ProfileTarget.COMPETENCE, "", ""),
                                        "/data/competentPartners/totalCount")
                                .asInt()
                        == 0);
    }

    private static Party adminOf(Tenant tenant) {
        return Party.of("an admin of " + tenant.alias(), tenant.admin());
    }

    static String idOf(Tenant tenant) {
        return new GlobalId("Partner", tenant.id().value()).text();
    }

    /** The member that has no profile. */
    ProfileTarget none() {
        return ProfileTarget.ofNothing(idOf(without));
    }

    /** A profile of which nothing is published. */
    ProfileTarget draft() {
        return draft(owner, certificate -> List.of(forEverybody(), forMembers(certificate)));
    }

    /** A published profile with an entry for everybody and one for members. */
    ProfileTarget published() {
        return publish(draft(), admin);
    }

    /** A published profile without an entry for everybody. */
    ProfileTarget publishedForMembers() {
        return publish(draft(owner, certificate -> List.of(forMembers(certificate))), admin);
    }

    /** A published profile with only an entry for everybody. */
    ProfileTarget publishedForEverybody() {
        return publish(draft(owner, certificate -> List.of(forEverybody())), admin);
    }

    /** A published profile and a later draft, of which the file is. */
    ProfileTarget amended() {
        var published = published();
        var file = newFile();
        return edit(published, Map.of("entries", List.of(forEverybody(), forMembers(file))))
                .with(file, version(published.partner(), admin));
    }

    private static List<Map<String, Object>> allForEverybody(String certificate) {
        return List.of(
                forEverybody(), CompetenceRequests.entry(ProfileTarget.COMPETENCE, "PUBLIC", List.of(certificate)));
    }

    /** @param entries those with a certificate */
    private ProfileTarget draft(Tenant tenant, Function<String, List<Map<String, Object>>> entries) {
        var by = adminOf(tenant);
        var file = upload(tenant);
        var target = ProfileTarget.of(idOf(tenant));
        var before = tenants.eventsOf("CompetenceProfile", tenant.id().value()).size();
        made(
                by,
                "editCompetenceProfile",
                target,
                Map.of("entries", entries.apply(file)),
                request -> request.with(KEY, target.key()));
        var events = tenants.eventsOf("CompetenceProfile", tenant.id().value());
        return target.with(file, version(target.partner(), by)).with(events.subList(before, events.size()));
    }

    static Map<String, Object> forEverybody() {
        return CompetenceRequests.entry("STREET_LIGHTING", "PUBLIC", List.of());
    }

    static Map<String, Object> forMembers(String... certificates) {
        return CompetenceRequests.entry(ProfileTarget.COMPETENCE, "CONSORTIUM", List.of(certificates));
    }

    /** The owner's draft after a change. */
    ProfileTarget edit(ProfileTarget target, Map<String, ?> more) {
        return change(target, admin, "editCompetenceProfile", more);
    }

    ProfileTarget publish(ProfileTarget target, Party by) {
        return change(target, by, "publishCompetenceProfile", Map.of());
    }

    ProfileTarget change(ProfileTarget target, Party by, String mutation, Map<String, ?> more) {
        made(by, mutation, target, more, UnaryOperator.identity());
        var events = new ArrayList<>(tenants.eventsOf("CompetenceProfile", Target.uuid(target.partner())));
        var since = events.indexOf(target.earliestEvent());
        return target.with(target.file(), version(target.partner(), by)).with(events.subList(since, events.size()));
    }

    private int version(String partner, Party by) {
        return secrecy.value(
                        by,
                        Request.of(
                                "query ($id: ID!) { partner(id: $id) { competenceProfile { version } } }",
                                Map.of("id", partner)),
                        "/data/partner/competenceProfile/version")
                .asInt();
    }

    private void made(
            Party by, String mutation, ProfileTarget target, Map<String, ?> more, UnaryOperator<Request> header) {
        var request = header.apply(CompetenceRequests.change(mutation, target.partner(), target.version(), more));
        var answer = secrecy.send(by.sends(request)).body();
        if (!answer.contains("\"userErrors\":[]")) {
            throw new AssertionError(mutation + ": " + answer);
        }
    }

    /** The id of a new upload of the owner's admin. */
    String newFile() {
        return upload(owner);
    }

    private String upload(Tenant tenant) {
        var uploaded = files.upload(tenant.admin(), FileClient.letterWith(Map.of()), ofByteArray(FileClient.PDF));
        return FileClient.json(uploaded).at("/id").asString();
    }

    /** Removes the profile that was made. */
    void removeMade() {
        tenants.removeProfile(owner);
    }

    void removeAll() {
        List.of(owner, onboarding, suspended).forEach(tenants::removeProfile);
    }
}
