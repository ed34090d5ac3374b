package de.smartcity.consortium.endtoend;

import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.partners.model.Address;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import de.smartcity.consortium.partners.model.IdentifierType;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.sandbox.RealmAdmin;
import de.smartcity.consortium.sandbox.TestKeycloak;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.UuidRepresentation;

/** Partners with everything that can be hidden from others, for one test alone; {@link #close} removes them from the shared deployment. */
final class Tenants implements AutoCloseable {

    private final World world;
    private final RealmAdmin realm;
    private final MongoClient client;
    private final MongoDatabase database;
    private final List<PartnerId> made = new ArrayList<>();

    /** @param mongo the URI of the deployment's database, of which a client of its own is not judged for its queries */
    Tenants(World world, RealmAdmin realm, String mongo) {
        this.world = world;
        this.realm = realm;
        var uri = new ConnectionString(mongo);
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
        this.database = client.getDatabase(String.valueOf(uri.getDatabase()));
    }

    /** A partner that is a tenant: it has people in Keycloak, unless it is a PROSPECT. What attempts change of it is restored. */
    final class Tenant {

        private final Target plan;
        private final PartnerStatus status;
        private final String admins;
        private PartnerId id;

        private Tenant(Target plan, PartnerStatus status, String admins) {
            this.plan = plan;
            this.status = status;
            this.admins = admins;
            this.id = create(plan, status);
        }

        PartnerId id() {
            return id;
        }

        PartnerStatus status() {
            return status;
        }

        String alias() {
            return plan.alias();
        }

        /** The account that is its admin. */
        String admin() {
            return username("admin");
        }

        /** Makes an account one of its admins. */
        void addAdmin(String account) {
            realm.addMember(plan.organisation(), account);
            realm.addToGroup(plan.organisation(), admins, account);
        }

        /** A new account that has this role in it, such as signatory. */
        Party person(String role) {
            var account = realm.createAccount(username(role));
            var group = realm.createGroup(plan.organisation(), role);
            realm.addRole(plan.organisation(), group, role);
            realm.addMember(plan.organisation(), account);
            realm.addToGroup(plan.organisation(), group, account);
            return Party.of("the " + role + " of " + alias(), username(role));
        }

        /** The account that has this role. */
        String username(String role) {
            return role + "@" + alias() + ".test";
        }

        void removeMember(String account) {
            realm.removeMember(plan.organisation(), account);
        }

        /** An access token of its admin, issued while its organisation's attributes look like authority over a target's. */
        String tokenNaming(Target target) {
            realm.setAttributes(
                    plan.organisation(),
                    alias(),
                    Map.of(
                            "id", List.of(target.organisation()),
                            "alias", List.of(target.alias()),
                            "groups", List.of("/admins"),
                            "resource_access", List.of("{\"consortium-api\":{\"roles\":[\"partner-admin\"]}}")));
            return TestKeycloak.shared().token(admin());
        }

        /** Somebody of the office who acts for it. */
        Actor official() {
            var partner = now();
            var organisation = new Organisation(
                    new OrganisationId(plan.organisation()), id, partner.alias(), partner.status(), Set.of());
            return Actor.acting(
                    Actor.Kind.PERSON, new AccountId("official"), true, organisation, List.of(organisation));
        }

        int version() {
            return Objects.requireNonNull(now().version()).intValue();
        }

        private Partner now() {
            return world.partners().findById(id).orElseThrow();
        }

        /** What it has now, after what an attempt changed has been restored. */
        Target target() {
            restore();
            var contact = now().contacts().getFirst().id();
            var log = database.getCollection("activity")
                    .find(Filters.and(Filters.eq("subject", id.value()), Filters.eq("kind", "Partner")))
                    .sort(Sorts.ascending("_id"))
                    .into(new ArrayList<>());
            var added = log.stream()
                    .filter(event -> event.getString("type").equals("PARTNER_CONTACT_ADDED"))
                    .toList()
                    .getLast();
            return new Target(
                    new GlobalId("Partner", id.value()).text(),
                    new GlobalId("Contact", contact.value()).text(),
                    new GlobalId("Activity", added.get("event", UUID.class)).text(),
                    new GlobalId("Activity", log.getFirst().get("event", UUID.class)).text(),
                    plan.alias(),
                    plan.organisation(),
                    plan.word(),
                    plan.identifier(),
                    version(),
                    plan.key());
        }

        private void restore() {
            if (now().droppedAt() != null) {
                id = create(plan, status);
            }
            if (now().status() != status && status == PartnerStatus.SUSPENDED) {
                world.management().suspend(id, "After an attempt", change());
            }
            if (now().status() != status && status == PartnerStatus.ACTIVE) {
                world.management().reinstate(id, "After an attempt", change());
            }
            now().contacts().stream().skip(1).forEach(this::remove);
            if (now().contacts().isEmpty()) {
                addContact(false);
            }
            awaitPublication();
        }

        void addContact(boolean visibleToMembers) {
            world.management().addContact(id, violations -> contact(ContactId.next(), visibleToMembers), change());
        }

        void removeContacts() {
            now().contacts().forEach(this::remove);
        }

        private void remove(Contact contact) {
            world.management().removeContact(id, violations -> contact.id(), change());
        }
    }

    /** A new tenant in this status. */
    Tenant tenant(PartnerStatus status) {
        var plan = Target.absent();
        if (status == PartnerStatus.PROSPECT) {
            return new Tenant(plan, status, "");
        }
        var organisation = realm.createOrganisation(plan.alias());
        var admins = realm.createGroup(organisation, "admins");
        realm.addRole(organisation, admins, "partner-admin");
        var tenant = new Tenant(plan.with(organisation), status, admins);
        var admin = realm.createAccount(tenant.admin());
        tenant.addAdmin(admin);
        // Named like the office's role, which it does not give.
        realm.addToGroup(organisation, realm.createGroup(organisation, "consortium-admin"), admin);
        return tenant;
    }

    /** All kinds of callers who are no tenant's people and not the office; one of them was removed from this tenant. */
    List<Party> outsiders(Tenant tenant) {
        var formerOfficial = RealmAdmin.unique("former-official") + "@consortium.sandbox";
        realm.createAccount(formerOfficial);
        var stranger = RealmAdmin.unique("stranger") + "@test.sandbox";
        realm.addMember(realm.createOrganisation(RealmAdmin.unique("unknown")), realm.createAccount(stranger));
        var removed = RealmAdmin.unique("removed") + "@test.sandbox";
        var account = realm.createAccount(removed);
        tenant.addAdmin(account);
        tenant.removeMember(account);
        return List.of(
                Party.NOBODY,
                Party.MEMBER,
                Party.of("a member's editor", "editor@huawei.sandbox"),
                Party.of("a member's viewer", "viewer@huawei.sandbox"),
                Party.of("a member's signatory", "signatory@huawei.sandbox"),
                new Party("a member's app", () -> TestKeycloak.shared().appToken("huawei"), List.of()),
                Party.ONBOARDING,
                Party.SUSPENDED,
                Party.LIAISON,
                Party.LIAISON.actingFor("ims"),
                Party.MEMBER.actingFor("ude"),
                Party.OFFICE.actingFor(tenant.alias()),
                Party.of("an account of the office without the role", formerOfficial),
                Party.of("an account of an organisation that is no partner", stranger),
                Party.of("an account that was removed from " + tenant.alias(), removed));
    }

    /** Creates a partner with the alias, organisation, word, identifier and contact of the plan. */
    PartnerId create(Target plan, PartnerStatus status) {
        var management = world.management();
        var id = management.recordProspect(violations -> draft(plan), change());
        made.add(id);
        management.addContact(id, violations -> contact(new ContactId(Target.uuid(plan.contact())), false), change());
        if (status == PartnerStatus.PROSPECT) {
            return id;
        }
        management.beginOnboarding(id, new OrganisationId(plan.organisation()), change());
        if (status == PartnerStatus.ONBOARDING) {
            return id;
        }
        management.admit(id, LocalDate.of(2018, 7, 9), change());
        management.suspend(id, "A hidden reason", change());
        if (status == PartnerStatus.ACTIVE) {
            management.reinstate(id, "Another hidden reason", change());
        }
        return id;
    }

    private static PartnerDraft draft(Target plan) {
        // Its name is the last of all, so that pages that other tests ask for are the same.
        return new PartnerDraft(
                new PartnerAlias(plan.alias()),
                new PartnerProfile(
                        LocalizedText.of(Map.of("en", "Zz " + plan.word())),
                        LocalizedText.of(Map.of("en", "A summary of " + plan.word() + "summary")),
                        PartnerKind.OTHER,
                        List.of(new AreaCode("MOBILITY")),
                        List.of(new ExternalIdentifier(IdentifierType.WIKIDATA, plan.identifier(), true)),
                        Website.parse("https://www.example.org/" + plan.word()),
                        new Address(List.of(), null, "Duisburg", "DE", null),
                        null,
                        null,
                        null,
                        1));
    }

    private static Contact contact(ContactId id, boolean visibleToMembers) {
        return new Contact(
                id,
                LocalizedText.of(Map.of("en", "An office")),
                new EmailAddress("office@example.org"),
                null,
                visibleToMembers);
    }

    static Change change() {
        return Change.by(Actor.system(), Instant.now());
    }

    /** What a change would change: of partners, letters, competence profiles, projects and files, and the number of published events. */
    List<Object> stored() {
        return List.of(
                stored("partners", "version", "updatedAt", "outbox.events._id"),
                stored("letters", "version", "updatedAt", "outbox.events._id"),
                stored("letterEditions", "number"),
                stored("competenceProfiles", "version", "updatedAt", "outbox.events._id"),
                stored("jointProjects", "version", "updatedAt", "outbox.events._id"),
                stored("projectCopies", "leftOn"),
                stored("ownReferences", "version", "updatedAt", "outbox.events._id"),
                stored("files", "state", "claim"),
                database.getCollection("activity").estimatedDocumentCount());
    }

    private List<Document> stored(String collection, String... fields) {
        return database.getCollection(collection)
                .find()
                .projection(Projections.include(fields))
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
    }

    /** The global ids of what has happened to an object of this kind, the first first, when it has been published. */
    List<String> eventsOf(String kind, UUID subject) {
        awaitPublication();
        return database.getCollection("activity")
                .find(Filters.and(Filters.eq("subject", subject), Filters.eq("kind", kind)))
                .sort(Sorts.ascending("_id"))
                .map(event -> new GlobalId("Activity", event.get("event", UUID.class)).text())
                .into(new ArrayList<>());
    }

    /** Waits until all events are published, so that what is {@link #stored} does not change by itself. */
    void awaitPublication() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> Stream.of(
                                "partners",
                                "letters",
                                "competenceProfiles",
                                "jointProjects",
                                "ownReferences",
                                "sharedGrants")
                        .allMatch(collection ->
                                database.getCollection(collection).countDocuments(Filters.exists("outbox.events.0"))
                                        == 0));
    }

    /** Removes the letters that this tenant has initiated, and their files, before the service notices that these belong to none. */
    void removeLetters(Tenant initiator) {
        awaitPublication();
        var owner = initiator.id().value();
        var letters = database.getCollection("letters")
                .find(Filters.eq("initiator", owner))
                .projection(Projections.include("_id"))
                .map(letter -> letter.get("_id", UUID.class))
                .into(new ArrayList<>());
        database.getCollection("files")
                .deleteMany(Filters.or(Filters.eq("owner", owner), Filters.in("claim.aggregate", letters)));
        database.getCollection("letterEditions").deleteMany(Filters.in("letter", letters));
        database.getCollection("letters").deleteMany(Filters.in("_id", letters));
    }

    /** Removes the competence profile of this tenant, and its files, before the service notices that these belong to none. */
    void removeProfile(Tenant tenant) {
        awaitPublication();
        var owner = tenant.id().value();
        database.getCollection("files")
                .deleteMany(Filters.or(Filters.eq("owner", owner), Filters.eq("claim.aggregate", owner)));
        database.getCollection("competenceProfiles").deleteOne(Filters.eq("_id", owner));
    }

    /** Removes the joint projects that have one of these tenants or partners as a member, what belongs to them, and the tenants' files. */
    void removeProjects(Collection<PartnerId> members) {
        awaitPublication();
        var partners = members.stream().map(PartnerId::value).toList();
        var projects = database.getCollection("jointProjects")
                .find(Filters.in("memberships.partner", partners))
                .projection(Projections.include("_id"))
                .map(project -> project.get("_id", UUID.class))
                .into(new ArrayList<>());
        database.getCollection("files")
                .deleteMany(Filters.or(Filters.in("owner", partners), Filters.in("claim.aggregate", projects)));
        database.getCollection("projectCopies").deleteMany(Filters.in("project", projects));
        database.getCollection("ownReferences").deleteMany(Filters.in("project", projects));
        database.getCollection("sharedGrants").deleteMany(Filters.in("projects", projects));
        database.getCollection("jointProjects").deleteMany(Filters.in("_id", projects));
    }

    /** Removes the partners that attempts have made, except these. */
    void removeAllBut(Collection<PartnerId> kept) {
        made.removeAll(kept);
        database.getCollection("partners")
                .deleteMany(Filters.and(
                        Filters.nin("_id", kept.stream().map(PartnerId::value).toList()),
                        Filters.or(
                                Filters.in(
                                        "_id",
                                        made.stream().map(PartnerId::value).toList()),
                                Filters.regex("alias", "^" + Target.ALIASES))));
        made.clear();
        made.addAll(kept);
    }

    @Override
    public void close() {
        removeAllBut(List.of());
        client.close();
    }
}
