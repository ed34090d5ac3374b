package de.smartcity.consortium.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.activity.Things.Thing;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.KeyedChanges;
import de.smartcity.consortium.kernel.KeyedChanges.KeyedChange;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.sandbox.TestMongo;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** How large an aggregate's document may become. */
@ActivityTest
class DocumentBudgetTest {

    private static final int MAX_SIZE = 256 * 1024;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    @Autowired
    private Things things;

    @Autowired
    private MongoDatabaseFactory databases;

    @Test
    void aDocumentMayFillTheBudget() {
        var thing = stored(MAX_SIZE);
        assertThat(sizeWithoutOutbox(thing)).isEqualTo(MAX_SIZE);
        assertThat(thing.waiting()).hasSize(1);
    }

    @Test
    void aLargerDocumentIsRefusedBeforeItIsWritten() {
        var thing = stored(1_000);
        var before = raw(thing);
        var changed = things.read(thing.id());
        describe(changed, thing, MAX_SIZE + 1);
        changed.change("Too much");
        assertThatThrownBy(() -> save(changed))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .singleElement()
                                .satisfies(violation -> {
                                    assertThat(violation.rule()).isEqualTo("document.large");
                                    assertThat(violation.path()).isEmpty();
                                    assertThat(violation.message()).contains("shorten");
                                }));
        assertThat(raw(thing)).isEqualTo(before);
        assertThat(things.read(thing.id()).text()).isEqualTo(thing.text());
    }

    @Test
    void aNewDocumentIsMeasuredToo() {
        var thing = Things.unsaved(Audience.everybody());
        thing.describe("x".repeat(MAX_SIZE));
        thing.change("New");
        assertThatThrownBy(() -> things.template().insert(thing, Things.THINGS)).satisfies(this::isTooLarge);
        assertThat(things.template().findById(thing.id(), Thing.class, Things.THINGS))
                .isNull();
    }

    @Test
    void aDocumentThatIsTooLargeAlreadyTakesEssentialChanges() {
        var thing = oversized();
        thing.changeAnyway("Suspended");
        thing.describe(thing.text() + "a reason");
        save(thing);
        assertThat(things.read(thing.id()).waiting()).hasSize(1);
        assertThat(things.read(thing.id()).text()).endsWith("a reason");
    }

    @Test
    void oneOrdinaryChangeBesideEssentialOnesIsEnoughToBeRefused() {
        var thing = oversized();
        thing.changeAnyway("Suspended");
        thing.change("Described");
        assertThatThrownBy(() -> save(thing)).satisfies(this::isTooLarge);
    }

    @Test
    void aDocumentThatIsTooLargeAlreadyIsSavedAgainWithoutEvents() {
        var thing = oversized();
        var version = Objects.requireNonNull(thing.version());
        save(thing);
        assertThat(things.read(thing.id()).version()).isEqualTo(version + 1);
    }

    @Test
    void aDocumentThatIsTooLargeAlreadyMayBecomeSmaller() {
        var thing = oversized();
        var text = thing.text();
        thing.change("As large");
        assertThatThrownBy(() -> save(thing)).satisfies(this::isTooLarge);

        var smaller = things.read(thing.id());
        smaller.describe(text.substring(1));
        smaller.change("Smaller by a letter");
        save(smaller);
        assertThat(things.read(thing.id()).text()).hasSize(text.length() - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_SIZE / 2, 4 * MAX_SIZE})
    void aKindOfAggregateHasABudgetOfItsOwn(int maxSize) {
        var thing = stored(1_000);
        thing.limitTo(maxSize);
        describe(thing, thing, maxSize);
        thing.change("As large as it may be");
        save(thing);
        assertThat(sizeWithoutOutbox(thing)).isEqualTo(maxSize);

        var larger = things.read(thing.id());
        larger.limitTo(maxSize);
        larger.describe(larger.text() + "x");
        larger.change("Too much");
        assertThatThrownBy(() -> save(larger)).satisfies(this::isTooLarge);
    }

    @Test
    void waitingEventsAndKeyedChangesDoNotCount() {
        var thing = stored(1_000);
        IntStream.range(0, 150).forEach(n -> {
            var event = Things.event("x".repeat(2_000));
            thing.record(event);
        });
        thing.remember(new KeyedChanges(IntStream.range(0, 2_000)
                .mapToObj(n -> new KeyedChange(UUID.randomUUID(), "x".repeat(64), null))
                .toList()));
        describe(thing, thing, MAX_SIZE);
        save(thing);
        assertThat(size(find(thing))).isGreaterThan(3 * MAX_SIZE);

        var larger = things.read(thing.id());
        larger.describe(larger.text() + "x");
        larger.change("Too much");
        assertThatThrownBy(() -> save(larger)).satisfies(this::isTooLarge);
    }

    private void isTooLarge(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations().stream().map(Violation::rule))
                                .containsExactly("document.large"));
    }

    /** Stored with one waiting event, of this size without it. */
    private Thing stored(int size) {
        var thing = things.template().insert(Things.unsaved(Audience.everybody()), Things.THINGS);
        describe(thing, thing, size);
        thing.change("Described");
        return save(thing);
    }

    /** Larger than a change may make it, without waiting events. */
    private Thing oversized() {
        var thing = Things.unsaved(Audience.everybody());
        thing.describe("x".repeat(4 * MAX_SIZE));
        return things.template().insert(thing, Things.THINGS);
    }

    /** Gives a thing a text such that its document has this size. */
    private void describe(Thing thing, Thing stored, int size) {
        var without = sizeWithoutOutbox(stored) - stored.text().length();
        thing.describe("x".repeat(size - without));
    }

    private Thing save(Thing thing) {
        return things.template().save(thing, Things.THINGS);
    }

    private int sizeWithoutOutbox(Thing thing) {
        return size(find(thing).projection(Projections.exclude("outbox", "keyedChanges")));
    }

    private static int size(FindIterable<RawBsonDocument> found) {
        return Objects.requireNonNull(found.first()).getByteBuffer().remaining();
    }

    private RawBsonDocument raw(Thing thing) {
        return Objects.requireNonNull(find(thing).first());
    }

    private FindIterable<RawBsonDocument> find(Thing thing) {
        return databases
                .getMongoDatabase()
                .getCollection(Things.THINGS, RawBsonDocument.class)
                .find(Filters.eq("_id", thing.id()));
    }
}
