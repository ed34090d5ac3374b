package de.smartcity.consortium.projects.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileOwner;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.projects.ProjectId;
import de.smartcity.consortium.projects.model.FileAudience;
import de.smartcity.consortium.projects.model.Gate;
import de.smartcity.consortium.projects.model.ProjectAudience;
import de.smartcity.consortium.projects.model.ProjectFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** Says who sees the files of projects: whoever sees the field that shows them, and who left those that its copy has. */
class ProjectFiles implements FileOwner {

    static final String KIND = "JointProject";

    /** The path of all files of a project or a copy. */
    static final String FILES = "allFiles";

    private static final String READER = "reader";
    private static final String PROJECT = "project";

    private final TypeTable<StoredProject> table;
    private final MongoCollection<StoredProject> projects;
    private final MongoCollection<Attached> attached;
    private final MongoCollection<StoredCopy> copies;

    /** The files of a project; public only because the driver instantiates no other class. */
    public record Attached(@BsonId ProjectId id, @Nullable List<FileId> allFiles) {}

    ProjectFiles(TypeTable<StoredProject> table, RecordCollections collections) {
        this.table = table;
        this.projects = collections.of(ProjectReading.PROJECTS, StoredProject.class);
        this.attached = collections.of(ProjectReading.PROJECTS, Attached.class);
        this.copies = collections.of(ProjectReading.COPIES, StoredCopy.class);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<FileId> visible(Collection<FileId> files, Actor actor) {
        var visible = new HashSet<FileId>();
        var held = table.tokens(actor);
        projects.find(Filters.and(Filters.in(FILES, files), Filters.in(DerivedPaths.AUDIENCE, held.keySet())))
                .projection(table.projection(Selection.NONE, List.of("files", "gates.document")))
                .batchSize(files.size() + 1)
                .forEach(project -> shown(project, held).forEach(visible::add));
        // Also without a reader, so that a caller who cannot have left takes as long.
        var readers = held.keySet().stream()
                .filter(ProjectAudience.FORMER::isOf)
                .map(token -> token.substring(token.indexOf(':') + 1))
                .map(UUID::fromString)
                .toList();
        copies.find(Filters.and(Filters.in(FILES, files), Filters.in(READER, readers)))
                .projection(Projections.include(FILES))
                .batchSize(files.size() + 1)
                .forEach(copy -> visible.addAll(Objects.requireNonNullElse(copy.allFiles(), List.of())));
        visible.retainAll(Set.copyOf(files));
        return visible;
    }

    private static Stream<FileId> shown(StoredProject project, Map<String, Viewpoint> held) {
        var viewpoints = project.derived().audience().viewpoints(held);
        if (viewpoints.stream().anyMatch(ProjectAudience.INSIDE::contains)) {
            return Stream.concat(
                    ShownFile.of(project).stream().map(each -> each.attached().file()),
                    project.gates().stream().map(Gate::document).filter(Objects::nonNull));
        }
        return viewpoints.stream().anyMatch(ProjectAudience.PRESENT::contains)
                ? ShownFile.of(project).stream()
                        .map(ShownFile::attached)
                        .filter(each -> each.audience() == FileAudience.PROJECT)
                        .map(ProjectFile::file)
                : Stream.of();
    }

    @Override
    public Set<FileId> referred(UUID aggregate) {
        var referred = new HashSet<FileId>();
        attached.find(Filters.eq("_id", aggregate))
                .projection(Projections.include(FILES))
                .limit(1)
                .forEach(project -> referred.addAll(Objects.requireNonNullElse(project.allFiles(), List.of())));
        copies.find(Filters.eq(PROJECT, aggregate))
                .projection(Projections.include(FILES))
                .forEach(copy -> referred.addAll(Objects.requireNonNullElse(copy.allFiles(), List.of())));
        return referred;
    }
}
