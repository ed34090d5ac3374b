package de.smartcity.consortium.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.EmailAddress;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.PhoneNumber;
import de.smartcity.consortium.kernel.Website;
import de.smartcity.consortium.mongo.MongoApplication.Flagged;
import de.smartcity.consortium.mongo.MongoApplication.Marked;
import de.smartcity.consortium.mongo.MongoApplication.Named;
import de.smartcity.consortium.mongo.MongoApplication.Numbered;
import de.smartcity.consortium.sandbox.TestMongo;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class StoredValuesTest {

    private static final String THINGS = "things";

    private static final Thing FULL = new Thing(
            PartnerId.next(),
            new AccountId("3f0c9b1e-account"),
            new OrganisationId("8c96-organisation"),
            new PartnerAlias("stadt-duisburg"),
            PartnerId.next(),
            new EmailAddress("office@example.org"),
            new PhoneNumber("+492030000000"),
            new Website("https://www.example.org"),
            new Audience(List.of("public", "consortium", "office", "own:" + UUID.randomUUID())),
            LocalDate.of(2018, 7, 9),
            List.of(LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1)),
            List.of(new PartnerAlias("ude"), new PartnerAlias("dvg")),
            PartnerStatus.SUSPENDED,
            new Named("a name"),
            new Numbered(Long.MAX_VALUE),
            new Flagged(false),
            Instant.parse("2026-11-24T09:30:00.123Z"),
            new BigDecimal("1250000.00"),
            new Marked(UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd")),
            new Inner(
                    LocalizedText.of(
                            Map.of("de", "Überschrift", "en", "Heading", "zh-Hant-TW", "標題", "sr-Latn", "Naslov")),
                    List.of(new Inner(LocalizedText.of(Map.of("tr", "İç")), List.of(), null)),
                    PartnerId.next()));

    private static final Thing EMPTY = new Thing(
            PartnerId.next(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
        properties.add("spring.mongodb.representation.uuid", () -> "standard");
    }

    @Autowired
    private MongoTemplate template;

    @Autowired
    private RecordCollections records;

    @Autowired
    private List<StoredValues> declared;

    @BeforeEach
    void deleteAll() {
        template.getCollection(THINGS).deleteMany(new Document());
    }

    @Test
    void bothReadTheSameValuesFromADocumentOfSpringData() {
        template.insert(FULL, THINGS);

        assertThat(template.findAll(Thing.class, THINGS)).containsExactly(FULL);
        assertThat(records.of(THINGS, Thing.class).find()).containsExactly(FULL);
    }

    @Test
    void bothReadTheSameValuesFromADocumentOfTheDriver() {
        records.of(THINGS, Thing.class).insertOne(FULL);

        assertThat(template.findAll(Thing.class, THINGS)).containsExactly(FULL);
        assertThat(records.of(THINGS, Thing.class).find()).containsExactly(FULL);
    }

    @Test
    void bothWriteTheSameDocument() {
        template.insert(FULL, THINGS);
        var bySpringData = onlyDocument();
        deleteAll();
        records.of(THINGS, Thing.class).insertOne(FULL);
        var byTheDriver = onlyDocument();

        // Spring Data adds the class; sets have no order.
        bySpringData.remove("_class");
        assertThat(tokens(bySpringData)).isEqualTo(tokens(byTheDriver));
        assertThat(bySpringData).containsOnlyKeys(byTheDriver.keySet()).containsAllEntriesOf(byTheDriver);
    }

    @Test
    void valuesAreStoredAsTheirOnlyComponent() {
        template.insert(FULL, THINGS);

        var stored = onlyDocument();
        assertThat(stored.get("_id")).isEqualTo(FULL.id().value());
        assertThat(stored.get("alias")).isEqualTo("stadt-duisburg");
        assertThat(stored.get("account")).isEqualTo("3f0c9b1e-account");
        assertThat(stored.get("website")).isEqualTo("https://www.example.org");
        assertThat(stored.get("day")).isEqualTo("2018-07-09");
        assertThat(stored.get("numbered")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void everyDeclaredValueTypeIsTested() {
        var tried = Arrays.stream(Thing.class.getRecordComponents())
                .map(RecordComponent::getType)
                .toList();

        assertThat(declared.stream().flatMap(values -> values.types().stream()))
                .isNotEmpty()
                .allMatch(tried::contains);
    }

    @Test
    void missingFieldsAreNull() {
        template.insert(EMPTY, THINGS);

        assertThat(onlyDocument()).containsOnlyKeys("_id", "_class");
        assertThat(records.of(THINGS, Thing.class).find()).containsExactly(EMPTY);
        assertThat(template.findAll(Thing.class, THINGS)).containsExactly(EMPTY);
    }

    @Test
    void fieldsOutsideTheProjectionAreNull() {
        template.insert(FULL, THINGS);

        var read = Objects.requireNonNull(records.of(THINGS, Thing.class)
                .find()
                .projection(Projections.include("alias", "inner.text"))
                .first());

        assertThat(read.alias()).isEqualTo(FULL.alias());
        assertThat(read.day()).isNull();
        assertThat(read.audience()).isNull();
        var inner = Objects.requireNonNull(read.inner());
        assertThat(inner.text()).isEqualTo(Objects.requireNonNull(FULL.inner()).text());
        assertThat(inner.reference()).isNull();
    }

    @Test
    void aStoredNullIsNull() {
        template.getCollection(THINGS)
                .insertOne(new Document("_id", EMPTY.id().value())
                        .append("alias", null)
                        .append("website", null)
                        .append("day", null)
                        .append("days", null)
                        .append("inner", null)
                        .append("audience", null));

        assertThat(records.of(THINGS, Thing.class).find()).containsExactly(EMPTY);
        assertThat(template.findAll(Thing.class, THINGS)).containsExactly(EMPTY);
    }

    @Test
    void valuesCanBeUsedInFilters() {
        template.insert(FULL, THINGS);
        template.insert(EMPTY, THINGS);
        var things = records.of(THINGS, Thing.class);

        assertThat(things.find(Filters.eq("_id", FULL.id()))).containsExactly(FULL);
        assertThat(things.find(Filters.in("alias", List.of(new PartnerAlias("stadt-duisburg")))))
                .containsExactly(FULL);
        assertThat(things.find(Filters.in("audience.tokens", Set.of("office")))).containsExactly(FULL);
        assertThat(things.find(Filters.lt("day", LocalDate.of(2018, 7, 10)))).containsExactly(FULL);
        assertThat(things.find(Filters.lt("day", LocalDate.of(2018, 7, 9)))).isEmpty();
        assertThat(template.find(
                        Query.query(Criteria.where("alias").is(new PartnerAlias("stadt-duisburg"))),
                        Thing.class,
                        THINGS))
                .containsExactly(FULL);
        assertThat(template.find(
                        Query.query(Criteria.where("audience.tokens").in(Set.of("office"))), Thing.class, THINGS))
                .containsExactly(FULL);
    }

    @Test
    void storedValuesThatBreakRulesAreRead() {
        template.getCollection(THINGS)
                .insertOne(new Document("_id", UUID.randomUUID()).append("alias", "NOT AN ALIAS"));

        var alias = new PartnerAlias("NOT AN ALIAS");
        assertThat(Objects.requireNonNull(records.of(THINGS, Thing.class).find().first())
                        .alias())
                .isEqualTo(alias);
        assertThat(template.findAll(Thing.class, THINGS).getFirst().alias()).isEqualTo(alias);
    }

    @Test
    void aRecordWithTwoComponentsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoConfiguration.mongoCustomConversions(
                        List.of(new StoredValues(List.of(PartnerId.class, Two.class)))))
                .withMessageContaining("exactly one component");
    }

    private Document onlyDocument() {
        var all = template.getCollection(THINGS).find().into(new ArrayList<>());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static Set<String> tokens(Document stored) {
        var audience = (Document) Objects.requireNonNull(stored.remove("audience"));
        assertThat(audience).containsOnlyKeys("tokens");
        return Set.copyOf(audience.getList("tokens", String.class));
    }

    record Two(String one, String other) {}

    public record Thing(
            @BsonId PartnerId id,
            @Nullable AccountId account,
            @Nullable OrganisationId organisation,
            @Nullable PartnerAlias alias,
            @Nullable PartnerId owner,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone,
            @Nullable Website website,
            @Nullable Audience audience,
            @Nullable LocalDate day,
            @Nullable List<LocalDate> days,
            @Nullable List<PartnerAlias> aliases,
            @Nullable PartnerStatus status,
            @Nullable Named named,
            @Nullable Numbered numbered,
            @Nullable Flagged flagged,
            @Nullable Instant at,
            @Nullable BigDecimal amount,
            @Nullable Marked marked,
            @Nullable Inner inner) {}

    public record Inner(
            LocalizedText text, List<Inner> parts, @Nullable PartnerId reference) {}
}
