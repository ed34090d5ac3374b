package de.smartcity.consortium.files.application;

import de.smartcity.consortium.activity.Job;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileImport;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.files.application.FileUploads.Upload;
import de.smartcity.consortium.mongo.RecordCollections;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The services of files. */
@Configuration(proxyBeanMethods = false)
class FileServices {

    @Bean
    FileStore fileStore(RecordCollections collections) {
        return new FileStore(collections);
    }

    /** @param quota of each owner */
    @Bean
    FileUploads fileUploads(
            FileStore store,
            FileContents contents,
            Clock clock,
            @Value("${consortium.files.quota:1GB}") DataSize quota) {
        return new FileUploads(store, contents, clock, quota);
    }

    @Bean
    FileImport fileImport(FileUploads uploads) {
        return (name, mediaType, bytes, actor) -> uploads.upload(
                        new Upload(name, mediaType, bytes.length, new ByteArrayInputStream(bytes)), actor)
                .id();
    }

    @Bean
    FileReading fileReading(FileStore store, FileContents contents, ObjectProvider<FileOwner> owners) {
        return new FileReading(store, contents, owners.stream().toList());
    }

    @Bean
    FileClaims fileClaims(FileStore store, Clock clock) {
        return new Claims(store, clock);
    }

    @Bean
    Job<FileId> removalOfFiles(FileStore store, FileContents contents, ObjectProvider<FileOwner> owners) {
        var cleaning = new FileCleaning(store, contents, owners.stream().toList());
        return new Job<>(
                "remove-unused-files",
                (now, limit) -> store.due(now.at(), limit),
                (file, now) -> cleaning.clean(file, now.at()));
    }
}
