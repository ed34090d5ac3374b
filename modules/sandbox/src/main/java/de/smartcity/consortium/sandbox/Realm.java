package de.smartcity.consortium.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's realm: the production realm with organisations, accounts and apps for trying things out. */
final class Realm {

    static final String NAME = "consortium";
    static final String SECRET = "sandbox";
    private static final String UNMANAGED = "UNMANAGED";
    /** The organisation groups of every partner, and the client role that each carries. */
    private static final Map<String, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("viewers", "viewer");
        GROUPS.put("editors", "editor");
        GROUPS.put("signatories", "signatory");
        GROUPS.put("admins", "partner-admin");
    }

    private final ObjectNode realm;
    private final ArrayNode users;
    private final ArrayNode clients;

    private Realm(ObjectNode production) {
        this.realm = production;
        this.users = production.putArray("users");
        this.clients = production.withArray("clients");
    }

    /** The realm in the format that Keycloak imports. @param folder with realm.json and sandbox/organisations.properties */
    static String derive(Path folder) {
        try {
            var production = (ObjectNode) JsonMapper.shared().readTree(Files.readString(folder.resolve("realm.json")));
            // The passwords of the sandbox's accounts are short and documented.
            production.remove("passwordPolicy");
            var realm = new Realm(production);
            realm.addOrganisations(organisations(folder.resolve("sandbox/organisations.properties")));
            return production.toString();
        } catch (IOException unreadable) {
            throw new SandboxFailure("The realm cannot be read", unreadable);
        }
    }

    /** Organisation ids by alias. */
    static Map<String, String> organisations(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new SandboxFailure("The organisations cannot be read", unreadable);
        }
        var byAlias = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(alias -> byAlias.put(alias, properties.getProperty(alias)));
        return byAlias;
    }

    private void addOrganisations(Map<String, String> organisations) {
        var all = realm.putArray("organizations");
        organisations.forEach((alias, id) -> addOrganisation(all.addObject(), alias, id));
        addAccount("office@consortium.sandbox").putArray("realmRoles").add("consortium-admin");
        addAccount("liaison@consortium.sandbox");
        var cli = clients.addObject();
        cli.put("clientId", "sandbox-cli")
                .put("publicClient", true)
                .put("directAccessGrantsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("fullScopeAllowed", false);
    }

    private void addOrganisation(ObjectNode organisation, String alias, String id) {
        organisation.put("id", id).put("name", alias).put("alias", alias).put("enabled", true);
        organisation
                .putArray("domains")
                .addObject()
                .put("name", alias + ".sandbox")
                .put("verified", true);
        var groups = organisation.putArray("groups");
        var members = organisation.putArray("members");
        GROUPS.forEach((group, role) -> {
            var added = groups.addObject().put("id", groupId(id, group)).put("name", group);
            added.putObject("clientRoles").putArray("consortium-api").add(role);
            var account = (role.equals("partner-admin") ? "admin" : role) + "@" + alias + ".sandbox";
            addAccount(account);
            addMember(members, account, id, group);
        });
        var app = alias + "-app";
        var client = clients.addObject();
        client.put("clientId", app)
                .put("secret", SECRET)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("fullScopeAllowed", false);
        users.addObject()
                .put("username", "service-account-" + app)
                .put("enabled", true)
                .put("serviceAccountClientId", app);
        addMember(members, "service-account-" + app, id, "editors");
        // Where two people sign together.
        if (alias.equals("chamber")) {
            addAccount("signatory2@chamber.sandbox");
            addMember(members, "signatory2@chamber.sandbox", id, "signatories");
        }
        // The account that belongs to two organisations.
        if (alias.equals("ude")) {
            addMember(members, "liaison@consortium.sandbox", id, "editors");
        } else if (alias.equals("ims")) {
            addMember(members, "liaison@consortium.sandbox", id, "viewers");
        }
    }

    private static void addMember(ArrayNode members, String account, String organisation, String group) {
        members.addObject()
                .put("username", account)
                .put("membershipType", UNMANAGED)
                .putArray("groups")
                .add(groupId(organisation, group));
    }

    private static String groupId(String organisation, String group) {
        return UUID.nameUUIDFromBytes((organisation + group).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Named after its role and its organisation, such as {@code Signatory of ude, sandbox}, so that nobody takes its signatures for a person's. */
    private ObjectNode addAccount(String name) {
        var at = name.indexOf('@');
        var account = users.addObject();
        account.put("username", name)
                .put("email", name)
                .put("emailVerified", true)
                .put("enabled", true)
                // Who has no name cannot sign, and people do not name themselves.
                .put("firstName", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1, at))
                .put("lastName", "of " + name.substring(at + 1).replace(".sandbox", ", sandbox"));
        account.putArray("credentials").addObject().put("type", "password").put("value", SECRET);
        return account;
    }
}
