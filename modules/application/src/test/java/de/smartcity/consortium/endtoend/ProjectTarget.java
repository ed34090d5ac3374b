package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.TimeOrderedIds;
import de.smartcity.consortium.sandbox.RealmAdmin;
import java.util.List;
import java.util.UUID;

/**
 * What a request about a joint project names, or the like of which none exists. Ids are global ones.
 *
 * @param version its version, as its coordinator read it last
 * @param digest that of the invitation of the partner
 * @param partner another partner than the coordinator
 * @param account an account of the organisation that sends the request
 * @param file a file of the project, or one for it
 * @param event the id of its last event, if that is asked for
 * @param earliestEvent the id of the event that it was proposed, likewise
 * @param word a word of its title that no other project has
 * @param reference a key of it in a system, and the number of its grant
 * @param key an Idempotency-Key of its own people
 */
record ProjectTarget(
        String project,
        int version,
        String digest,
        String partner,
        String account,
        String file,
        String event,
        String earliestEvent,
        String word,
        String reference,
        String key) {

    /** A target that does not exist; also the plan of one that will. */
    static ProjectTarget absent() {
        return new ProjectTarget(
                newId("JointProject"),
                1_000_000,
                (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", ""),
                newId("Partner"),
                UUID.randomUUID().toString(),
                newId("File"),
                newId("Activity"),
                newId("Activity"),
                RealmAdmin.unique("zz"),
                RealmAdmin.unique("zr"),
                RealmAdmin.unique("key-"));
    }

    /** The same project with nothing else that exists. */
    ProjectTarget withNothingElse() {
        return absent().as(project, version, absent().digest)
                .withPartner(partner)
                .withAccount(account);
    }

    ProjectTarget as(String id, int now, String shown) {
        return new ProjectTarget(id, now, shown, partner, account, file, event, earliestEvent, word, reference, key);
    }

    ProjectTarget withPartner(String id) {
        return new ProjectTarget(
                project, version, digest, id, account, file, event, earliestEvent, word, reference, key);
    }

    ProjectTarget withAccount(String id) {
        return new ProjectTarget(
                project, version, digest, partner, id, file, event, earliestEvent, word, reference, key);
    }

    ProjectTarget withFile(String id) {
        return new ProjectTarget(
                project, version, digest, partner, account, id, event, earliestEvent, word, reference, key);
    }

    ProjectTarget withReference(String number) {
        return new ProjectTarget(
                project, version, digest, partner, account, file, event, earliestEvent, word, number, key);
    }

    /** @param events the ids of all of its events, the first first */
    ProjectTarget with(List<String> events) {
        return new ProjectTarget(
                project,
                version,
                digest,
                partner,
                account,
                file,
                events.getLast(),
                events.getFirst(),
                word,
                reference,
                key);
    }

    private static String newId(String type) {
        return new GlobalId(type, TimeOrderedIds.next()).text();
    }
}
