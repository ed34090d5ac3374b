package de.smartcity.consortium.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/** After {@code ./mvnw install} a module can be built on its own and used in other projects. */
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InstalledArtifactsTest {

    private static final Path ROOT = required("consortium.root");
    private static final Path OUR_GROUP = Path.of("de", "smartcity");

    @TempDir
    static Path folder;

    @BeforeAll
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    static void install() throws Exception {
        copyCheckout();
        linkUsualRepository();
        maven(checkout(), Map.of(), "install", "-DskipTests");
    }

    @Test
    void aModuleIsTestedWithoutBuildingUpstreamModules() throws Exception {
        maven(checkout(), Map.of(), "-pl", "modules/partners", "test", "-Dtest=**/partners/model/*Test");
    }

    @Test
    void anotherProjectCompilesAgainstAModuleItsDependenciesAndFixtures() throws Exception {
        var consumer = Files.createDirectories(folder.resolve("consumer"));
        // The parent uses plugin versions that this build has already downloaded.
        Files.writeString(consumer.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-starter-parent</artifactId>
                    <version>%1$s</version>
                    <relativePath/>
                  </parent>
                  <groupId>org.example</groupId>
                  <artifactId>consumer</artifactId>
                  <version>1</version>
                  <properties>
                    <java.version>21</java.version>
                  </properties>
                  <dependencies>
                    <dependency>
                      <groupId>de.smartcity.consortium</groupId>
                      <artifactId>partners</artifactId>
                      <version>%2$s</version>
                    </dependency>
                    <dependency>
                      <groupId>de.smartcity.consortium</groupId>
                      <artifactId>partners</artifactId>
                      <version>%2$s</version>
                      <type>test-jar</type>
                      <scope>test</scope>
                    </dependency>
                    <dependency>
                      <groupId>org.springframework.boot</groupId>
                      <artifactId>spring-boot-starter-graphql-test</artifactId>
                      <scope>test</scope>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(
                        SpringBootVersion.getVersion(), installedVersion("partners")));
        Files.writeString(
                Files.createDirectories(consumer.resolve("src/main/java")).resolve("Extension.java"), """
                import de.smartcity.consortium.kernel.PartnerId;
                import de.smartcity.consortium.partners.PartnerImport;

                interface Extension {
                    PartnerId imported(PartnerImport partners);
                }
                """);
        Files.writeString(
                Files.createDirectories(consumer.resolve("src/test/java")).resolve("ExtensionTest.java"), """
                import de.smartcity.consortium.kernel.Actor;
                import de.smartcity.consortium.kernel.PartnerStatus;
                import de.smartcity.consortium.partners.Callers;
                import de.smartcity.consortium.partners.PartnerFixtures.Given;

                interface ExtensionTest {
                    default Actor member(Given given) {
                        return Callers.of(given.partner(PartnerStatus.ACTIVE));
                    }
                }
                """);
        // It selects no toolchain, so Maven itself must run on a new JDK.
        maven(consumer, Map.of("JAVA_HOME", System.getProperty("java.home")), "test-compile");
        assertThat(consumer.resolve("target/test-classes/ExtensionTest.class")).exists();
    }

    /** JUnit would delete them, too, but with a warning for each. */
    @AfterAll
    static void removeLinks() throws IOException {
        try (var entries = Files.walk(usualRepository())) {
            for (var link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private static Path checkout() {
        return folder.resolve("checkout");
    }

    private static Path repository() {
        return folder.resolve("repository");
    }

    private static Path usualRepository() {
        return folder.resolve("usual");
    }

    /** Copies tracked and new files, so that the running build's output is not touched. */
    private static void copyCheckout() throws Exception {
        var listing = folder.resolve("files");
        var git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(listing.toFile());
        if (exitCode(git) != 0) {
            abort("Not a git checkout: " + Files.readString(listing));
        }
        for (var name : Files.readString(listing).split("\0")) {
            var file = ROOT.resolve(name);
            // Missing if deleted and the deletion is not staged.
            if (Files.exists(file)) {
                var copy = checkout().resolve(name);
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Links to everything in the usual local repository except our artifacts, which an earlier install may have left there. */
    private static void linkUsualRepository() throws IOException {
        var usual = required("consortium.repository");
        linkContent(usual, usualRepository(), OUR_GROUP.getName(0));
        var shared = usual.resolve(OUR_GROUP.getName(0));
        if (Files.exists(shared)) {
            linkContent(shared, usualRepository().resolve(OUR_GROUP.getName(0)), OUR_GROUP.getName(1));
        }
    }

    private static void linkContent(Path from, Path to, Path but) throws IOException {
        Files.createDirectories(to);
        try (var content = Files.list(from)) {
            for (var entry : content.toList()) {
                if (!entry.getFileName().equals(but)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toRealPath());
                }
            }
        }
    }

    private static String installedVersion(String module) throws IOException {
        try (var versions = Files.list(repository().resolve("de/smartcity/consortium/" + module))) {
            return versions.filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    private static void maven(Path project, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                checkout().resolve("mvnw").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository(),
                "-Dmaven.repo.local.tail=" + usualRepository()));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(folder, "maven", ".log");
        var maven = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().putAll(environment);
        assertThat(exitCode(maven))
                .withFailMessage(() -> "Failed: " + command + "\n" + content(log))
                .isZero();
    }

    private static int exitCode(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.start();
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static String content(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Path required(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), () -> "-D" + property + " is not set"));
    }
}
