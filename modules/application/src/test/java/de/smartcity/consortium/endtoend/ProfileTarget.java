package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.util.List;

/**
 * What an attempt on a competence profile is about, or the like of which none exists. Ids are global ones.
 *
 * @param partner the id of the partner whose profile it is
 * @param event the id of its last event
 * @param earliestEvent the id of the event that it was begun
 * @param file the id of the certificate of its entry for members
 * @param competence the code of that entry
 * @param version its version; 0 if there is none
 * @param key an Idempotency-Key of its own people
 */
record ProfileTarget(
        String partner, String event, String earliestEvent, String file, String competence, int version, String key) {

    /** What entries for members are about in these tests; nobody in Duisburg has it. */
    static final String COMPETENCE = "FLOOD_PROTECTION";

    /** Nobody has it, and it has the same broader one. */
    private static final String NOBODYS = "URBAN_DRAINAGE";

    /** A target whose partner does not exist. */
    static ProfileTarget absent() {
        return ofNothing(newId("Partner"));
    }

    /** A target whose partner exists and has nothing of it. */
    static ProfileTarget ofNothing(String partner) {
        return new ProfileTarget(
                partner, newId("Activity"), newId("Activity"), newId("File"), NOBODYS, 0, RealmAdmin.unique("key-"));
    }

    /** A partner of whose profile nothing else is known. */
    static ProfileTarget of(String partner) {
        var absent = ofNothing(partner);
        return new ProfileTarget(partner, absent.event, absent.earliestEvent, absent.file, COMPETENCE, 0, absent.key);
    }

    ProfileTarget with(String attached, int current) {
        return new ProfileTarget(partner, event, earliestEvent, attached, competence, current, key);
    }

    /** @param events the ids of its events, the first first */
    ProfileTarget with(List<String> events) {
        return new ProfileTarget(partner, events.getLast(), events.getFirst(), file, competence, version, key);
    }

    String profile() {
        return Target.as("CompetenceProfile", partner);
    }

    private static String newId(String type) {
        return new GlobalId(type, TimeOrderedIds.next()).text();
    }
}
