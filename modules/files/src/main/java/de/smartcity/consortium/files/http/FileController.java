package de.smartcity.consortium.files.http;

import de.smartcity.consortium.files.FileEndpoint;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileUploads;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.NotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Uploads and downloads. */
@RestController
class FileController {

    private final FileUploads uploads;
    private final FileReading reading;
    private final Transfers transfers;

    FileController(FileUploads uploads, FileReading reading, Transfers transfers) {
        this.uploads = uploads;
        this.reading = reading;
        this.transfers = transfers;
    }

    /** An upload that was stored. */
    record Uploaded(String id, String name, String mediaType, long size, String sha256) {}

    @PostMapping(FileEndpoint.PATH)
    ResponseEntity<Uploaded> upload(HttpServletRequest request, Actor actor) throws IOException {
        var transfer = transfers.begin(actor);
        try {
            var file = uploads.upload(
                    new Upload(
                            FileHeaders.name(request),
                            FileHeaders.mediaType(request),
                            request.getContentLengthLong(),
                            request.getInputStream()),
                    actor);
            return ResponseEntity.created(URI.create(file.url()))
                    // Whatever the client accepts: the file is stored.
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Uploaded(file.globalId(), file.name(), file.mediaType(), file.size(), file.sha256()));
        } finally {
            transfer.close();
        }
    }

    @GetMapping(FileEndpoint.PATH + "/{id}")
    void download(@PathVariable String id, Actor actor, ServletWebRequest request, HttpServletResponse response)
            throws IOException {
        Forbidden.unlessPermitted(actor.refusalToAsk());
        var file = reading.find(FileView.parse(id), actor).orElseThrow(() -> new NotFound("File"));
        var transfer = transfers.begin(actor);
        try {
            new Download(file, () -> reading.bytes(file.id())).answer(request, response);
        } finally {
            transfer.close();
        }
    }
}
