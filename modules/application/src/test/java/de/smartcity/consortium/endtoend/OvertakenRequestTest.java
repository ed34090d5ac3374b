package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.endtoend.Deployment.World;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.event.AfterSaveEvent;

/** The status of a partner changes while a request of it lasts: what the request changes afterwards is refused. */
@EndToEnd
class OvertakenRequestTest {

    private static final String ALIAS = "ude";
    private static final String ADMIN = "admin@ude.sandbox";
    /** For which another node may remember a status, and a bit. */
    private static final Duration REMEMBERED = Duration.ofMillis(1_200);

    private static final String TWO_CHANGES = """
            mutation ($id: ID!) {
              first: addPartnerContact(input: { partnerId: $id, email: "first@overtaken.example",
                function: [{ locale: "en", text: "First" }] }) { contact { id } }
              second: addPartnerContact(input: { partnerId: $id, email: "second@overtaken.example",
                function: [{ locale: "en", text: "Second" }] }) { contact { id } } }""";

    @Autowired
    private Api api;

    @Autowired
    private World world;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private ConfigurableApplicationContext service;

    private final AtomicReference<Runnable> afterTheNextSave = new AtomicReference<>(() -> {});

    /** Runs something on the request's thread, between its first change and its second. */
    private final class BetweenChanges implements ApplicationListener<AfterSaveEvent<?>> {
        @Override
        public void onApplicationEvent(AfterSaveEvent<?> saved) {
            afterTheNextSave.getAndSet(() -> {}).run();
        }
    }

    private final BetweenChanges listener = new BetweenChanges();

    @BeforeEach
    void listen() {
        service.addApplicationListener(listener);
    }

    @AfterEach
    void leaveThePartnerAsItWas() {
        service.removeApplicationListener(listener);
        setStatus(PartnerStatus.ACTIVE);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.ask(ADMIN, "{ viewer { organisation { alias } } }")
                        .data("/viewer/organisation/alias")
                        .asString()
                        .equals(ALIAS));
        var partner = world.partner(ALIAS);
        partner.contacts().stream()
                .filter(contact ->
                        contact.email() != null && contact.email().value().endsWith("@overtaken.example"))
                .forEach(contact -> world.management()
                        .removeContact(
                                partner.id(), violations -> contact.id(), Change.by(Actor.system(), Instant.now())));
    }

    /** As another node does, so that this one does not forget what it remembers. */
    private void setStatus(PartnerStatus status) {
        mongo.getCollection("partners")
                .updateOne(
                        Filters.eq("_id", world.id(ALIAS).value()),
                        Updates.combine(Updates.set("status", status.name()), Updates.inc("version", 1L)));
    }

    private Api.Answer changeTwice() {
        var contacts = world.partner(ALIAS).contacts().size();
        var id = new GlobalId("Partner", world.id(ALIAS).value()).text();
        var answer = api.ask(Api.token(ADMIN), Map.of(), TWO_CHANGES, Map.of("id", id));
        assertThat(answer.data("/first/contact/id").asString())
                .as(answer.body().toString())
                .isNotEmpty();
        assertThat(answer.data("/second").isNull()).isTrue();
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(world.partner(ALIAS).contacts()).hasSize(contacts + 1);
        return answer;
    }

    @Test
    void aChangeIsRefusedAfterAnotherNodeHasTakenTheAccess() {
        afterTheNextSave.set(() -> {
            setStatus(PartnerStatus.DEPARTED);
            pause();
        });

        // The partner's own status refuses it, too, but with another reason.
        assertThat(changeTwice()
                        .body()
                        .at("/errors/0/extensions/reason/noOrganisation")
                        .asString())
                .isEqualTo("DEPARTED");
    }

    @Test
    void aChangeIsRefusedAtOnceAfterThisNodeHasSuspendedThePartner() {
        afterTheNextSave.set(() ->
                world.management().suspend(world.id(ALIAS), "For a test", Change.by(Actor.system(), Instant.now())));

        assertThat(changeTwice().reason()).isEqualTo("PARTNER_STATUS");
        world.management().reinstate(world.id(ALIAS), "For a test", Change.by(Actor.system(), Instant.now()));
        assertThat(Objects.requireNonNull(world.partner(ALIAS).status())).isEqualTo(PartnerStatus.ACTIVE);
    }

    private static void pause() {
        try {
            Thread.sleep(REMEMBERED);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
