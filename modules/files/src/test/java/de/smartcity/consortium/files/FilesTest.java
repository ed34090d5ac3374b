package de.smartcity.consortium.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FilesApplication.ChunkReads;
import de.smartcity.consortium.files.FilesApplication.Things;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Deadline;
import de.smartcity.consortium.kernel.DeadlineExceeded;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.sandbox.SettableClock;
import de.smartcity.consortium.sandbox.TestMongo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What becomes of files between their first byte and their removal. */
@SpringBootTest(
        classes = FilesApplication.class,
        properties = {
            "spring.graphql.schema.locations=classpath*:graphql/",
            "consortium.jobs.interval=20ms",
            "consortium.files.quota=20MB"
        })
class FilesTest {

    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MB = 1024 * 1024;

    private final PartnerId own = PartnerId.next();
    private final Actor editor = Actors.editor(own);
    private final Actor stranger = Actors.editor(PartnerId.next());
    private final UUID thing = UUID.randomUUID();

    @Autowired
    private FileUploads uploads;

    @Autowired
    private FileReading reading;

    @Autowired
    private FileClaims claims;

    @Autowired
    private Things things;

    @Autowired
    private SettableClock clock;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private ChunkReads chunkReads;

    @DynamicPropertySource
    static void mongo(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", TestMongo::newDatabase);
    }

    private static Upload pdf(byte[] bytes) {
        return pdf(bytes.length, new ByteArrayInputStream(bytes));
    }

    private static Upload pdf(long length, InputStream bytes) {
        return new Upload("letter.pdf", "application/pdf", length, bytes);
    }

    /** A PDF as far as its beginning says. */
    private static byte[] pdfOf(int size) {
        return Arrays.copyOf(PDF, size);
    }

    private FileView uploaded() {
        return uploads.upload(pdf(PDF), editor);
    }

    private void assertRefused(String rule, Upload upload) {
        var before = stored();
        assertThatThrownBy(() -> uploads.upload(upload, editor)).satisfies(thrown -> assertRule(thrown, rule));
        assertThat(stored()).isEqualTo(before);
    }

    private static void assertRule(Throwable thrown, String rule, String... path) {
        assertThat(thrown).isInstanceOf(RuleViolation.class);
        var violation = ((RuleViolation) thrown).violations().getFirst();
        assertThat(violation.rule()).isEqualTo(rule);
        assertThat(violation.path()).containsExactly(path);
    }

    /** Documents of files, and of their bytes. */
    private List<Long> stored() {
        return List.of(count("files"), count("fileContents.files"), count("fileContents.chunks"));
    }

    private long count(String collection) {
        return mongo.getCollection(collection).countDocuments();
    }

    private boolean exists(FileView file) {
        var id = file.id().value();
        return mongo.getCollection("files").countDocuments(Filters.eq("_id", id))
                        + mongo.getCollection("fileContents.files").countDocuments(Filters.eq("_id", id))
                        + mongo.getCollection("fileContents.chunks").countDocuments(Filters.eq("files_id", id))
                > 0;
    }

    private byte[] read(FileView file) throws IOException {
        try (var bytes = reading.bytes(file.id())) {
            return bytes.readAllBytes();
        }
    }

    @Test
    void anUploadIsReadAsItWasWritten() throws Exception {
        for (var size : List.of(PDF.length, 64 * 1024, 64 * 1024 + 1, 3 * MB)) {
            var bytes = pdfOf(size);
            for (var length : List.of((long) size, -1L)) {
                var file = uploads.upload(pdf(length, new ByteArrayInputStream(bytes)), editor);
                assertThat(file.name()).isEqualTo("letter.pdf");
                assertThat(file.mediaType()).isEqualTo("application/pdf");
                assertThat(file.size()).isEqualTo((long) size);
                assertThat(file.sha256())
                        .isEqualTo(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
                assertThat(file.uploadedAt()).isEqualTo(clock.instant());
                assertThat(file.url()).isEqualTo("/files/" + file.globalId());
                assertThat(FileView.parse(file.globalId())).isEqualTo(file.id());
                assertThat(read(file)).isEqualTo(bytes);
                assertThat(reading.find(file.id(), editor)).contains(file);
            }
        }
    }

    @Test
    void whoMayNotUploadIsRefusedBeforeAByteIsRead() {
        var before = stored();
        var unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("The body was read");
            }
        };
        for (var actor : List.of(
                Actor.anonymous(),
                Actors.unattached(),
                Actors.of(own, PartnerStatus.ACTIVE, Role.VIEWER),
                Actors.of(own, PartnerStatus.SUSPENDED, Role.EDITOR))) {
            assertThatThrownBy(() -> uploads.upload(new Upload("", "x", Long.MAX_VALUE, unread), actor))
                    .isInstanceOf(Forbidden.class);
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatIsNoFileLeavesNothing() {
        assertRefused("file.name.blank", new Upload(" ", "application/pdf", 1, new ByteArrayInputStream(PDF)));
        assertRefused("file.type", new Upload("a.html", "text/html", 1, new ByteArrayInputStream(PDF)));
        assertRefused("file.content", new Upload("a.png", "image/png", PDF.length, new ByteArrayInputStream(PDF)));
        assertRefused("file.content", pdf("<html>".getBytes(StandardCharsets.US_ASCII)));
        assertRefused("file.content", pdf(new byte[0]));
        assertRefused("file.large", pdf(10 * MB + 1, new ByteArrayInputStream(PDF)));
        assertRefused("file.large", pdf(-1, new ByteArrayInputStream(pdfOf(10 * MB + 1))));
        assertRefused("file.incomplete", pdf(PDF.length + 1, new ByteArrayInputStream(PDF)));
        assertRefused("file.incomplete", pdf(PDF.length - 1, new ByteArrayInputStream(PDF)));
        assertThat(uploads.upload(pdf(pdfOf(10 * MB)), editor).size()).isEqualTo(10L * MB);
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() {
        var before = stored();
        var breaking = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        for (var sent : List.of(0, PDF.length, 300_000)) {
            var bytes = new SequenceInputStream(new ByteArrayInputStream(pdfOf(sent)), breaking);
            assertThatThrownBy(() -> uploads.upload(pdf(-1, bytes), editor)).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void anUploadThatIsTooSlowLeavesNothing() {
        var before = stored();
        var now = new AtomicLong();
        var limit = Duration.ofSeconds(60);
        var slow = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                now.addAndGet(limit.toNanos() / 20);
                Arrays.fill(into, from, from + length, (byte) ' ');
                return length;
            }
        };
        Deadline.in(limit, now::get)
                .run(() -> assertThatThrownBy(() -> uploads.upload(
                                pdf(-1, new SequenceInputStream(new ByteArrayInputStream(pdfOf(5_000)), slow)), editor))
                        .isInstanceOf(DeadlineExceeded.class));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void allFilesOfAnOwnerTogetherHaveAQuota() {
        uploads.upload(pdf(pdfOf(9 * MB)), editor);
        uploads.upload(pdf(pdfOf(9 * MB)), editor);
        assertRefused("file.quota", pdf(pdfOf(2 * MB + 1)));
        assertRefused("file.quota", pdf(-1, new ByteArrayInputStream(PDF)));
        for (var n = 0; n < 32; n++) {
            uploads.upload(pdf(PDF), editor);
        }
        assertRefused("file.quota", pdf(PDF));
        assertThat(uploads.upload(pdf(PDF), stranger)).isNotNull();
        assertThat(uploads.upload(pdf(PDF), Actors.office())).isNotNull();
    }

    @Test
    void concurrentUploadsDoNotExceedTheQuotaTogether() throws Exception {
        assertThat(concurrently("file.quota", () -> uploads.upload(pdf(pdfOf(6 * MB)), editor)))
                .isLessThanOrEqualTo(3);
    }

    /** Of eight at once, how many are not refused by this rule. */
    private static int concurrently(String rule, Runnable change) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = new ArrayList<Future<Boolean>>();
            for (var n = 0; n < 8; n++) {
                all.add(threads.submit((Callable<Boolean>) () -> {
                    try {
                        change.run();
                        return true;
                    } catch (RuleViolation refused) {
                        assertThat(refused.violations().getFirst().rule()).isEqualTo(rule);
                        return false;
                    }
                }));
            }
            var made = 0;
            for (var each : all) {
                made += each.get() ? 1 : 0;
            }
            return made;
        }
    }

    @Test
    void anUploadIsVisibleToItsOwnerOnly() {
        var file = uploaded();
        assertThat(reading.find(file.id(), Actors.of(own, PartnerStatus.ACTIVE, Role.VIEWER)))
                .contains(file);
        for (var actor : List.of(
                Actor.anonymous(),
                stranger,
                Actors.office(),
                Actors.unattached(),
                Actors.of(own, PartnerStatus.SUSPENDED, Role.EDITOR))) {
            assertThat(reading.find(file.id(), actor)).isEmpty();
        }
        assertThat(reading.find(FileId.next(), editor)).isEmpty();
    }

    @Test
    void aClaimedFileIsVisibleToWhomItsOwnerShowsIt() {
        var file = uploaded();
        claims.claim(List.of(file.id()), Things.KIND, thing, editor);
        assertThat(reading.find(file.id(), editor)).as("before it is saved").isEmpty();
        things.save(thing, Set.of(file.id()));
        for (var actor : List.of(editor, stranger, Actors.office())) {
            assertThat(reading.find(file.id(), actor)).contains(file);
        }
        assertThat(reading.find(file.id(), Actor.anonymous())).isEmpty();
    }

    @Test
    void onlyAnUploadOfOnesOwnIsClaimed() {
        var file = uploaded();
        var used = uploaded();
        claims.claim(List.of(used.id()), Things.KIND, UUID.randomUUID(), editor);
        for (var actor : List.of(stranger, Actors.office(), Actor.anonymous())) {
            assertThatThrownBy(() -> claims.claim(List.of(file.id()), Things.KIND, thing, actor))
                    .satisfies(thrown -> assertRule(thrown, "file.unknown", "0"));
        }
        assertThatThrownBy(() -> claims.claim(List.of(file.id(), used.id()), Things.KIND, thing, editor))
                .satisfies(thrown -> assertRule(thrown, "file.unknown", "1"));
        assertThatThrownBy(() -> claims.claim(List.of(FileId.next()), Things.KIND, thing, editor))
                .satisfies(thrown -> assertRule(thrown, "file.unknown", "0"));
        assertThat(reading.find(file.id(), editor)).as("nothing was claimed").contains(file);

        assertThat(claims.claim(List.of(file.id(), file.id()), Things.KIND, thing, editor))
                .extracting(FileFacts::sha256)
                .containsExactly(file.sha256(), file.sha256());
        // Nor by others of its aggregate, who would show it to more people.
        assertThatThrownBy(() -> claims.claim(List.of(file.id()), Things.KIND, thing, stranger))
                .satisfies(thrown -> assertRule(thrown, "file.unknown", "0"));
        assertThat(claims.find(List.of(file.id(), FileId.next()))).containsOnlyKeys(file.id());
    }

    @Test
    void aFileIsClaimedOnce() throws Exception {
        for (var time = 0; time < 5; time++) {
            var file = uploaded();
            assertThat(concurrently(
                            "file.unknown",
                            () -> claims.claim(List.of(file.id()), Things.KIND, UUID.randomUUID(), editor)))
                    .isEqualTo(1);
        }
    }

    @Test
    void anUploadThatNobodyClaimsIsRemovedAfterADay() {
        var file = uploaded();
        clock.advance(Duration.ofHours(24).minusMillis(1));
        var later = uploaded();
        clock.advance(Duration.ofMillis(1));
        await().until(() -> !exists(file));
        assertThat(exists(later)).isTrue();
    }

    @Test
    void aClaimWhoseAggregateWasNotSavedIsRemovedAfterAnHour() {
        var saved = uploaded();
        var lost = uploaded();
        claims.claim(List.of(saved.id()), Things.KIND, thing, editor);
        claims.claim(List.of(lost.id()), Things.KIND, UUID.randomUUID(), editor);
        things.save(thing, Set.of(saved.id()));
        clock.advance(Duration.ofHours(1));
        await().until(() -> !exists(lost));
        clock.advance(Duration.ofDays(1000));
        var unclaimed = uploaded();
        clock.advance(Duration.ofHours(24));
        await().until(() -> !exists(unclaimed));
        assertThat(exists(saved)).isTrue();
    }

    @Test
    void whatAnAggregateNoLongerRefersToIsRemovedAtItsReview() {
        var kept = uploaded();
        var dropped = uploaded();
        claims.claim(List.of(kept.id(), dropped.id()), Things.KIND, thing, editor);
        things.save(thing, Set.of(kept.id(), dropped.id()));
        clock.advance(Duration.ofHours(1));
        things.save(thing, Set.of(kept.id()));
        claims.review(Things.KIND, thing);
        await().until(() -> !exists(dropped));
        assertThat(exists(kept)).isTrue();
        claims.review(Things.KIND, UUID.randomUUID());
    }

    @Test
    void aFileThatIsClaimedAfterItWasFoundDueIsKept(@Autowired Job<FileId> removal) {
        var file = uploaded();
        claims.claim(List.of(file.id()), Things.KIND, thing, editor);
        removal.verb().accept(file.id(), new Moment(clock.instant(), ZoneOffset.UTC));
        assertThat(exists(file)).isTrue();
    }

    @Test
    void aReviewLeavesWhatIsClaimedForASaveThatIsGoingOn() {
        var saved = uploaded();
        var next = uploaded();
        var gone = uploaded();
        claims.claim(List.of(saved.id(), gone.id()), Things.KIND, thing, editor);
        things.save(thing, Set.of(saved.id(), gone.id()));
        clock.advance(Duration.ofHours(1));
        await().until(() -> isSettled(gone) && isSettled(saved));
        things.save(thing, Set.of(saved.id()));
        claims.claim(List.of(next.id()), Things.KIND, thing, editor);
        claims.review(Things.KIND, thing);
        await().until(() -> !exists(gone));
        assertThat(exists(next)).isTrue();
        things.save(thing, Set.of(saved.id(), next.id()));
        clock.advance(Duration.ofHours(1));
        await().until(() -> isSettled(next));
        assertThat(exists(saved)).isTrue();
    }

    private boolean isSettled(FileView file) {
        return mongo.getCollection("files")
                        .countDocuments(Filters.and(Filters.eq("_id", file.id().value()), Filters.eq("dueAt", null)))
                == 1;
    }

    @Test
    void aDownloadReadsFewChunksAtATime() throws Exception {
        var file = uploads.upload(pdf(pdfOf(3 * MB)), editor);
        chunkReads.forget();
        assertThat(read(file)).hasSize(3 * MB);
        assertThat(chunkReads.batchSizes()).isNotEmpty().allMatch(size -> size == 4);
    }

    @Test
    void aClaimKeepsWhatIsAboutToBeRemoved() {
        var file = uploaded();
        claims.claim(List.of(file.id()), Things.KIND, thing, editor);
        clock.advance(Duration.ofMinutes(59));
        claims.claim(List.of(file.id()), Things.KIND, thing, editor);
        clock.advance(Duration.ofMinutes(59));
        var other = uploaded();
        claims.claim(List.of(other.id()), Things.KIND, UUID.randomUUID(), editor);
        assertThat(exists(file)).isTrue();
        things.save(thing, Set.of(file.id()));
        clock.advance(Duration.ofHours(1));
        await().until(() -> !exists(other));
        assertThat(exists(file)).isTrue();
    }

    @Test
    void whatAKilledUploadLeftIsRemoved() {
        var begun = begun("UPLOADING");
        mongo.getCollection("fileContents.chunks").insertMany(List.of(chunk(begun, 0), chunk(begun, 1)));
        assertThat(reading.find(new FileId(begun), editor)).isEmpty();
        assertThatThrownBy(() -> claims.claim(List.of(new FileId(begun)), Things.KIND, thing, editor))
                .satisfies(thrown -> assertRule(thrown, "file.unknown", "0"));
        clock.advance(Duration.ofHours(1));
        await().until(() -> count("files", begun) + count("fileContents.chunks", begun) == 0);
    }

    @Test
    void aRemovalThatWasInterruptedGoesOn() {
        var removed = begun("REMOVED");
        mongo.getCollection("fileContents.chunks").insertOne(chunk(removed, 1));
        assertThat(reading.find(new FileId(removed), editor)).isEmpty();
        clock.advance(Duration.ofHours(1));
        await().until(() -> count("files", removed) + count("fileContents.chunks", removed) == 0);
    }

    private UUID begun(String state) {
        var id = FileId.next().value();
        mongo.getCollection("files")
                .insertOne(new Document("_id", id)
                        .append("owner", own.value())
                        .append("account", "account")
                        .append("name", "a.pdf")
                        .append("mediaType", "application/pdf")
                        .append("size", 100L)
                        .append("counted", 65_536L)
                        .append("sha256", "0".repeat(64))
                        .append("state", state)
                        .append("uploadedAt", Date.from(clock.instant()))
                        .append("dueAt", Date.from(clock.instant().plus(Duration.ofHours(1)))));
        return id;
    }

    private static Document chunk(UUID file, int n) {
        return new Document("files_id", file).append("n", n).append("data", new Binary(new byte[10]));
    }

    private long count(String collection, UUID file) {
        var field = collection.endsWith("chunks") ? "files_id" : "_id";
        return mongo.getCollection(collection).countDocuments(Filters.eq(field, new BsonBinary(file)));
    }

    @Test
    void manyFilesTakeOneCommand() {
        var ids = new ArrayList<FileId>();
        for (var n = 0; n < 3; n++) {
            ids.add(uploaded().id());
        }
        assertThat(reading.find(ids, editor)).hasSize(3);
        assertThat(reading.find(Collections.nCopies(3, ids.getFirst()), editor)).hasSize(1);
    }
}
