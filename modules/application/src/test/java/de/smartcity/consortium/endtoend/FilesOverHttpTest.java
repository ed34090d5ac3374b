package de.smartcity.consortium.endtoend;

import static de.smartcity.consortium.endtoend.FileClient.PDF;
import static de.smartcity.consortium.endtoend.FileClient.json;
import static de.smartcity.consortium.endtoend.FileClient.letterWith;
import static de.smartcity.consortium.endtoend.FileClient.pdfOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import de.smartcity.consortium.graphql.GlobalId;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

/** Files go in and out beside GraphQL, with the same token and acting organisation. */
@EndToEnd
@ExtendWith(OutputCaptureExtension.class)
class FilesOverHttpTest {

    private static final String EDITOR = "editor@ude.sandbox";
    private static final int MB = 1024 * 1024;

    @LocalServerPort
    private int port;

    @Autowired
    private Api api;

    private FileClient files = new FileClient("");

    @BeforeEach
    void connect() {
        files = new FileClient("http://127.0.0.1:" + port);
    }

    private static void assertError(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).at("/errors/0/extensions/code").asString()).isEqualTo(code);
        assertThat(json(answer).at("/errors/0/message").asString()).isNotBlank();
    }

    private static String rule(HttpResponse<byte[]> answer) {
        return json(answer).at("/errors/0/extensions/rule").asString("");
    }

    private String url(HttpResponse<byte[]> uploaded) {
        assertThat(uploaded.statusCode()).as(new String(uploaded.body())).isEqualTo(201);
        return uploaded.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void whatIsUploadedIsDownloaded() throws Exception {
        var bytes = pdfOf(3 * MB);
        var uploaded = files.upload(EDITOR, bytes);
        var url = url(uploaded);
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        var id = json(uploaded).at("/id").asString();
        assertThat(json(uploaded).toString())
                .isEqualTo(
                        "{\"id\":\"%s\",\"name\":\"Erklärung.pdf\",\"mediaType\":\"application/pdf\",\"size\":%d,\"sha256\":\"%s\"}"
                                .formatted(id, bytes.length, sha256));
        assertThat(url).isEqualTo("/files/" + id);

        var downloaded = files.download("viewer@ude.sandbox", url, Map.of());
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(bytes);
        var headers = downloaded.headers();
        assertThat(headers.firstValue("Content-Type")).contains("application/pdf");
        assertThat(headers.firstValue("Content-Length")).contains(String.valueOf(bytes.length));
        assertThat(headers.firstValue("ETag")).contains("\"" + sha256 + "\"");
        assertThat(headers.firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("filename*=UTF-8''Erkl%C3%A4rung.pdf");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.allValues("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
        assertThat(headers.firstValue("Cache-Control")).contains("no-cache, private");
        assertThat(headers.firstValue("Accept-Ranges")).contains("bytes");

        var shown = api.ask(
                Api.token(EDITOR),
                Map.of(),
                "query ($id: ID!) { node(id: $id) { id ... on File { name mediaType size sha256 url uploadedAt } } }",
                Map.of("id", id));
        assertThat(shown.data("/node/sha256").asString()).isEqualTo(sha256);
        assertThat(shown.data("/node/url").asString()).isEqualTo(url);
        assertThat(shown.data("/node/size").asInt()).isEqualTo(bytes.length);
    }

    @Test
    void aDownloadIsContinuedAndRepeated() {
        var bytes = pdfOf(200_000);
        bytes[150_000] = 7;
        var url = url(files.upload(EDITOR, bytes));
        var range = files.download(EDITOR, url, Map.of("Range", "bytes=149999-150001"));
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).containsExactly(0, 7, 0);
        assertThat(range.headers().firstValue("Content-Range")).contains("bytes 149999-150001/200000");
        var end = files.download(EDITOR, url, Map.of("Range", "bytes=-100000"));
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 200_000));
        var cut = files.download(EDITOR, url, Map.of("Range", "bytes=199999-300000"));
        assertThat(cut.headers().firstValue("Content-Range")).contains("bytes 199999-199999/200000");
        assertThat(cut.body()).hasSize(1);
        for (var none : List.of("bytes=200000-", "bytes=-0", "bytes=300000-400000")) {
            var answer = files.download(EDITOR, url, Map.of("Range", none));
            assertError(answer, 416, "BAD_REQUEST");
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */200000");
            assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        }
        for (var ignored : List.of(
                "bytes=0-0,-1", "bytes=9-5", "bytes=", "items=0-1", "bytes=0-99999999999999999999", "nonsense")) {
            var answer = files.download(EDITOR, url, Map.of("Range", ignored));
            assertThat(answer.statusCode()).as(ignored).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes);
            assertThat(answer.headers().firstValue("Content-Length")).contains("200000");
        }

        var etag = range.headers().firstValue("ETag").orElseThrow();
        var unchanged = files.download(EDITOR, url, Map.of("If-None-Match", etag));
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(files.download(EDITOR, url, Map.of("If-Range", "\"other\"", "Range", "bytes=0-1"))
                        .body())
                .isEqualTo(bytes);
        assertThat(files.download(EDITOR, url, Map.of("If-Range", etag, "Range", "bytes=0-1"))
                        .body())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ANONYMOUS, 401, UNAUTHENTICATED",
        "VIEWER, 403, FORBIDDEN",
        "EDITOR, 201, ",
        "SIGNATORY, 201, ",
        "ADMIN, 201, ",
        "STRANGER, 201, ",
        "SUSPENDED, 403, FORBIDDEN",
        "ONBOARDING, 201, ",
        "OFFICE, 201, "
    })
    void editorsSignatoriesAndTheOfficeUpload(Caller caller, int status, String code) {
        var answer = files.upload(caller.username(), PDF);
        if (status == 201) {
            url(answer);
        } else {
            assertError(answer, status, code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANONYMOUS, false",
        "STRANGER, false",
        "VIEWER, true",
        "SIGNATORY, true",
        "SUSPENDED, false",
        "ONBOARDING, false",
        "OFFICE, false"
    })
    void anUploadDoesNotExistForOthers(Caller caller, boolean visible) {
        var url = url(files.upload(EDITOR, PDF));
        var id = url.substring("/files/".length());
        var absent = id.substring(0, id.length() - 4) + (id.endsWith("AAAA") ? "BBBB" : "AAAA");
        var answer = files.download(caller.username(), url, Map.of());
        var node = api.ask(caller, "query ($id: ID!) { node(id: $id) { id } }", Map.of("id", id));
        if (visible) {
            assertThat(answer.body()).isEqualTo(PDF);
            assertThat(node.data("/node/id").asString()).isEqualTo(id);
            return;
        }
        assertError(answer, 404, "NOT_FOUND");
        var ofNone = files.download(caller.username(), "/files/" + absent, Map.of());
        assertThat(answer.body()).isEqualTo(ofNone.body());
        assertThat(answer.headers().map().keySet())
                .isEqualTo(ofNone.headers().map().keySet());
        assertThat(node.body())
                .isEqualTo(api.ask(caller, "query ($id: ID!) { node(id: $id) { id } }", Map.of("id", absent))
                        .body());
        assertError(files.download(caller.username(), "/files/nonsense", Map.of()), 404, "NOT_FOUND");
    }

    @Test
    void theActingOrganisationIsNamedAsInGraphQl() {
        var liaison = "liaison@consortium.sandbox";
        var url = url(files.upload(EDITOR, PDF));
        assertError(files.download(liaison, url, Map.of()), 403, "FORBIDDEN");
        assertThat(files.download(liaison, url, Map.of("X-Acting-Organisation", "UDE"))
                        .body())
                .isEqualTo(PDF);
        assertError(files.download(liaison, url, Map.of("X-Acting-Organisation", "ims")), 404, "NOT_FOUND");
        assertError(
                files.upload(
                        liaison, letterWith(Map.of("X-Acting-Organisation", "ims")), BodyPublishers.ofByteArray(PDF)),
                403,
                "FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, '', 415, file.type",
        "Content-Type, text/html, 415, file.type",
        "Content-Type, */*, 415, ''",
        "Content-Type, 'nonsense', 415, ''",
        "Content-Type, image/png, 415, file.content",
        "Content-Disposition, '', 400, file.name.required",
        "Content-Disposition, attachment, 400, file.name.required",
        "Content-Disposition, nonsense, 400, file.name.required",
        "Content-Disposition, 'attachment; filename=\"../../etc/passwd\"', 400, file.name.characters",
        "Content-Disposition, 'attachment; filename=\" \"', 400, file.name.blank"
    })
    void malformedUploadsAreRefused(String header, String value, int status, String rule) {
        var answer = files.upload(EDITOR, letterWith(Map.of(header, value)), BodyPublishers.ofByteArray(PDF));
        assertError(answer, status, "BAD_REQUEST");
        assertThat(rule(answer)).isEqualTo(rule);
    }

    @Test
    void aFileHasTenMegabytesAtMost() {
        url(files.upload(EDITOR, pdfOf(10 * MB)));
        var declared = files.upload(EDITOR, pdfOf(10 * MB + 1));
        assertError(declared, 413, "BAD_REQUEST");
        var chunked = files.upload(
                EDITOR,
                letterWith(Map.of()),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(pdfOf(10 * MB + 1))));
        assertError(chunked, 413, "BAD_REQUEST");
        assertThat(rule(chunked)).isEqualTo("file.large");
    }

    /** Two connections of the client, each used again after a refusal. */
    @Test
    void aConnectionIsUsableAfterARefusal() {
        for (var n = 0; n < 5; n++) {
            assertError(files.upload("viewer@ude.sandbox", PDF), 403, "FORBIDDEN");
            assertError(files.download(EDITOR, "/files/nonsense", Map.of()), 404, "NOT_FOUND");
            url(files.upload(EDITOR, PDF));
        }
    }

    @Test
    void aRefusedUploadThatBreaksOffIsNotLogged(CapturedOutput log) throws Exception {
        var before = log.getAll().length();
        var head = "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n";
        for (var broken : List.of(
                head + "Content-Length: 1000\r\n\r\nabc",
                head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /files/%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /files%2f HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(broken.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.setSoTimeout(30_000);
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 4");
            }
        }
        assertThat(log.getAll().substring(before)).doesNotContain("ERROR", "WARN", "\tat ");
    }

    @Test
    void anEscapedPathIsTheSame() {
        url(files.uploadTo("/%66iles", EDITOR, pdfOf(2 * MB)));
        assertError(files.uploadTo("/%66iles", EDITOR, pdfOf(10 * MB + 1)), 413, "BAD_REQUEST");
    }

    /** Bytes that somebody has removed. */
    @Test
    void aDefectIsAnsweredWithoutItsDetails(@Autowired MongoOperations mongo) {
        var url = url(files.upload(EDITOR, PDF));
        var id = GlobalId.parse(url.substring("/files/".length()), "File");
        mongo.getCollection("fileContents.chunks").deleteMany(Filters.eq("files_id", id));
        mongo.getCollection("fileContents.files").deleteMany(Filters.eq("_id", id));
        var answer = files.download(EDITOR, url, Map.of());
        assertError(answer, 500, "INTERNAL");
        assertThat(new String(answer.body())).doesNotContain("Exception", "GridFS", "mongo");
        mongo.getCollection("files").deleteMany(Filters.eq("_id", id));
    }

    @Test
    void otherMethodsAndPathsAreNotThere() {
        assertError(files.download(EDITOR, "/files", Map.of()), 405, "BAD_REQUEST");
        assertError(files.download(EDITOR, "/files/a/b", Map.of()), 403, "FORBIDDEN");
    }
}
