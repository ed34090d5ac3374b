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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Says who sees the files of projects: whoever sees the field that shows them, and who left those that its copy has. */
class ProjectFiles implements FileOwner {

    static final String KIND = "JointProject";

    /** The path of all files of a project or a copy. */
    static final String FILES = "allFiles";

    private static final String READER = "reader";
    private static final String PROJECT = "project";
    private static final String COPY = "memberships.copy";

    private final TypeTable<StoredProject> table;
    private final MongoCollection<StoredProject> projects;
    private final MongoCollection<Attached> attached;
    private final MongoCollection<CopiedFiles> copies;

    /** The files of a project, and its copies; public only because the driver instantiates no other class. */
    public record Attached(
            @BsonId ProjectId id,
            @Nullable List<FileId> allFiles,
            @Nullable List<CopyKey> memberships) {

        Stream<UUID> copies() {
            return memberships == null
                    ? Stream.of()
                    : memberships.stream().map(CopyKey::copy).filter(Objects::nonNull);
        }
    }

    /** The copy that was made for a membership; public only because the driver instantiates no other class. */
    public record CopyKey(@Nullable UUID copy) {}

    /** The files of a copy; public only because the driver instantiates no other class. */
    public record CopiedFiles(
            @BsonId UUID id,
            @Nullable ProjectId project,
            @Nullable List<FileId> allFiles) {}

    ProjectFiles(TypeTable<StoredProject> table, RecordCollections collections) {
        this.table = table;
        this.projects = collections.of(ProjectReading.PROJECTS, StoredProject.class);
        this.attached = collections.of(ProjectReading.PROJECTS, Attached.class);
        this.copies = collections.of(ProjectReading.COPIES, CopiedFiles.class);
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
        var read = copies.find(Filters.and(Filters.in(FILES, files), Filters.in(READER, readers)))
                .projection(Projections.include(PROJECT, FILES))
                .batchSize(files.size() + 1)
                .into(new ArrayList<>());
        // What an interrupted change has left is no copy.
        var referred = copiesOf(Filters.in(
                "_id",
                read.stream().map(CopiedFiles::project).filter(Objects::nonNull).collect(Collectors.toSet())));
        read.stream().filter(copy -> referred.contains(copy.id())).forEach(copy -> visible.addAll(files(copy)));
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

    private Set<UUID> copiesOf(Bson filter) {
        var ids = new HashSet<UUID>();
        attached.find(filter)
                .projection(Projections.include(COPY))
                .forEach(project -> project.copies().forEach(ids::add));
        return ids;
    }

    private static List<FileId> files(CopiedFiles copy) {
        return Objects.requireNonNullElse(copy.allFiles(), List.of());
    }

    @Override
    public Set<FileId> referred(UUID aggregate) {
        var referred = new HashSet<FileId>();
        var copied = new HashSet<UUID>();
        attached.find(Filters.eq("_id", aggregate))
                .projection(Projections.include(FILES, COPY))
                .limit(1)
                .forEach(project -> {
                    referred.addAll(Objects.requireNonNullElse(project.allFiles(), List.of()));
                    project.copies().forEach(copied::add);
                });
        copies.find(Filters.in("_id", copied))
                .projection(Projections.include(FILES))
                .forEach(copy -> referred.addAll(files(copy)));
        return referred;
    }
}
