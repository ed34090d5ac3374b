package de.smartcity.consortium.partners;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.consortium.ConsortiumImport;
import de.smartcity.consortium.consortium.ConsortiumRows.AreaRow;
import de.smartcity.consortium.consortium.ConsortiumRows.ConsortiumRow;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.IdempotencyKey;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.partners.application.PartnerManagement;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerDraft;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerProfile;
import de.smartcity.consortium.partners.model.Partners;
import de.smartcity.consortium.sandbox.TestMongo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Partners in any status, and a client for any actor. */
@TestConfiguration
public class PartnerFixtures {

    @Bean
    DynamicPropertyRegistrar databaseOfItsOwn() {
        var uri = TestMongo.newDatabase();
        return properties -> properties.add("spring.mongodb.uri", (Supplier<Object>) () -> uri);
    }

    @Bean
    Given given(PartnerManagement management, Partners partners, ConsortiumImport consortium, MongoOperations mongo) {
        return new Given(management, partners, consortium, mongo);
    }

    @Bean
    Asked asked(ExecutionGraphQlService graphQl) {
        return new Asked(graphQl);
    }

    /** Creates partners through the module's services. */
    public static final class Given {

        private static final List<String> AREAS = List.of("EDUCATION", "LIVING", "MOBILITY");

        private final PartnerManagement management;
        private final Partners partners;
        private final MongoOperations mongo;
        private final AtomicInteger number = new AtomicInteger();

        Given(PartnerManagement management, Partners partners, ConsortiumImport consortium, MongoOperations mongo) {
            this.management = management;
            this.partners = partners;
            this.mongo = mongo;
            consortium.load(
                    new ConsortiumRow(
                            Map.of("en", "A consortium"),
                            List.of(Map.of("en", "A goal")),
                            List.of("en"),
                            "Europe/Berlin",
                            Map.of("en", "The office"),
                            null,
                            List.of()),
                    AREAS.stream()
                            .map(code -> new AreaRow(code, Map.of("en", code)))
                            .toList());
        }

        /** A partner in this status. */
        public Partner partner(PartnerStatus status) {
            var n = number.incrementAndGet();
            return partner("partner-" + n, "Partner " + n, status);
        }

        /** A partner of this name in this status; with an area in turn, one contact for members and one for its own people. */
        public Partner partner(String alias, String name, PartnerStatus status) {
            var kinds = PartnerKind.values();
            var turn = Math.floorMod(name.hashCode(), 60);
            var id = management.recordProspect(
                    violations -> new PartnerDraft(
                            new PartnerAlias(alias),
                            new PartnerProfile(
                                    LocalizedText.of(Map.of("en", name)),
                                    null,
                                    kinds[turn % kinds.length],
                                    List.of(new AreaCode(AREAS.get(turn % AREAS.size()))),
                                    List.of(),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    1)),
                    Change.by(Actor.system(), Instant.now()));
            contact(id, true);
            contact(id, false);
            if (status != PartnerStatus.PROSPECT) {
                management.beginOnboarding(
                        id, new OrganisationId(UUID.randomUUID().toString()), Change.by(Actor.system(), Instant.now()));
                if (status != PartnerStatus.ONBOARDING) {
                    management.admit(
                            id, LocalDate.of(2018, 7, 9).plusDays(turn), Change.by(Actor.system(), Instant.now()));
                    if (status == PartnerStatus.SUSPENDED) {
                        management.suspend(id, "For a test", Change.by(Actor.system(), Instant.now()));
                    }
                    if (status == PartnerStatus.DEPARTED) {
                        depart(id);
                    }
                }
            }
            return now(id);
        }

        /** So many members. */
        public List<Partner> members(int count) {
            return IntStream.range(0, count)
                    .mapToObj(n -> partner(PartnerStatus.ACTIVE))
                    .toList();
        }

        /** The partner as it is stored now. */
        public Partner now(PartnerId id) {
            return partners.findById(id).orElseThrow();
        }

        /** No verb leads to DEPARTED yet. */
        private void depart(PartnerId id) {
            mongo.getCollection("partners")
                    .updateOne(Filters.eq("_id", id.value()), Updates.set("status", PartnerStatus.DEPARTED.name()));
            partners.save(now(id));
        }

        private void contact(PartnerId id, boolean visibleToMembers) {
            management.addContact(
                    id,
                    violations -> new Contact(
                            ContactId.next(),
                            LocalizedText.of(Map.of("en", visibleToMembers ? "Press office" : "Project office")),
                            new EmailAddress("office@example.org"),
                            null,
                            visibleToMembers),
                    Change.by(Actor.system(), Instant.now()));
        }
    }

    /** Executes documents as an actor, without HTTP. */
    public static final class Asked {

        private final ExecutionGraphQlService graphQl;

        Asked(ExecutionGraphQlService graphQl) {
            this.graphQl = graphQl;
        }

        /** The partner's global id. */
        public static String globalId(Partner partner) {
            return new GlobalId("Partner", partner.id().value()).text();
        }

        /** An Idempotency-Key that was never used. */
        public static IdempotencyKey newKey() {
            return new IdempotencyKey(List.of(UUID.randomUUID().toString()));
        }

        /** The code of a response's first error. */
        public static String code(Map<String, Object> answer) {
            return answer.get("errors") instanceof List<?> errors
                            && errors.getFirst() instanceof Map<?, ?> error
                            && error.get("extensions") instanceof Map<?, ?> extensions
                    ? String.valueOf(extensions.get("code"))
                    : "none: " + answer;
        }

        /** The results of calls that are made at once, in their order. */
        public static <T> List<T> together(List<Callable<T>> calls) throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var results = new ArrayList<T>();
                for (var future : threads.invokeAll(calls)) {
                    results.add(future.get());
                }
                return results;
            }
        }

        /** The response: data, errors. */
        public Map<String, Object> ask(
                Actor actor, String document, Map<String, ? extends @Nullable Object> variables) {
            return ask(actor, new IdempotencyKey(List.of()), document, variables);
        }

        /** The response to a request with this key. */
        public Map<String, Object> ask(
                Actor actor, IdempotencyKey key, String document, Map<String, ? extends @Nullable Object> variables) {
            var request = new DefaultExecutionGraphQlRequest(
                    document,
                    null,
                    new HashMap<String, @Nullable Object>(variables),
                    null,
                    UUID.randomUUID().toString(),
                    null);
            request.configureExecutionInput(
                    (input, builder) -> builder.graphQLContext(Map.of(Actor.class, actor, IdempotencyKey.class, key))
                            .build());
            return Objects.requireNonNull(graphQl.execute(request).block())
                    .getExecutionResult()
                    .toSpecification();
        }

        /** The value at this path of the data; fails if the response has errors. */
        // The test's type argument says whether null is allowed.
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T extends @Nullable Object> T data(
                Actor actor, String document, Map<String, ? extends @Nullable Object> variables, String... path) {
            var answer = ask(actor, document, variables);
            if (answer.containsKey("errors")) {
                throw new AssertionError(String.valueOf(answer.get("errors")));
            }
            @Nullable Object at = answer.get("data");
            for (var step : path) {
                at = at instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return (T) at;
        }
    }
}
