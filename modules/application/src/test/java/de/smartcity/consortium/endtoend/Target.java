package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What an attempt is about: a partner and parts of it that are hidden from others, or the like of which none exists.
 *
 * @param partner its global id
 * @param contact the global id of a contact that members do not see
 * @param event the global id of the event that added that contact
 * @param earliestEvent the global id of the event that recorded the partner, which only the office saw
 * @param organisation the id of its Keycloak organisation
 * @param word a word of its name and its summary that no other partner has
 * @param identifier its Wikidata item
 * @param version its version
 * @param key an Idempotency-Key of its own people
 */
record Target(
        String partner,
        String contact,
        String event,
        String earliestEvent,
        String alias,
        String organisation,
        String word,
        String identifier,
        int version,
        String key) {

    /** The beginning of all aliases. */
    static final String ALIASES = "zz";

    /** A target that does not exist; also the plan of one that will. */
    static Target absent() {
        return new Target(
                newId("Partner"),
                newId("Contact"),
                newId("Activity"),
                newId("Activity"),
                RealmAdmin.unique(ALIASES),
                UUID.randomUUID().toString(),
                RealmAdmin.unique("zz"),
                "Q" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000),
                1_000_000,
                RealmAdmin.unique("key-"));
    }

    /** The same plan for an organisation that there is. */
    Target with(String existingOrganisation) {
        return new Target(
                partner, contact, event, earliestEvent, alias, existingOrganisation, word, identifier, version, key);
    }

    /** What this plan has become. */
    Target of(PartnerId created) {
        return new Target(
                new GlobalId("Partner", created.value()).text(),
                contact,
                event,
                earliestEvent,
                alias,
                organisation,
                word,
                identifier,
                version,
                key);
    }

    private static String newId(String type) {
        return new GlobalId(type, TimeOrderedIds.next()).text();
    }

    static UUID uuid(String globalId) {
        return (UUID) GlobalId.parse(globalId).key();
    }

    /** The id of this type with the key of another object. */
    static String as(String type, String globalId) {
        return new GlobalId(type, uuid(globalId)).text();
    }
}
