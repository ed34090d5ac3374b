package de.smartcity.consortium.files.graphql;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.application.FileReading;
import de.smartcity.consortium.files.application.FileView;
import de.smartcity.consortium.graphql.NodeSource;
import de.smartcity.consortium.graphql.Reference;
import de.smartcity.consortium.graphql.TypeTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The type of files. Who sees a field that shows a file sees all of it. */
@Configuration(proxyBeanMethods = false)
class FileTypes {

    @Bean
    TypeTable<FileView> fileTable() {
        return TypeTable.ofRecord(FileView.class, "File")
                .key(file -> file.id().value())
                .build();
    }

    /** Loads the files of aggregates, for fields that show them: whoever sees such a field sees the file. */
    @Bean
    Reference.Loader<FileId, FileView> referredFiles(FileReading reading) {
        return (ids, arguments, actor, selection) -> reading.findReferred(ids);
    }

    @Bean
    NodeSource<FileId> fileNodes(FileReading reading) {
        return NodeSource.byUuid("File", FileId::new, (ids, actor, selection) -> reading.find(ids, actor));
    }
}
