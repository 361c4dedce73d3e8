package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the release's jar carries, and what it must leave to the cluster. */
class JobJarIT {
    private static final Path JAR = Path.of("target/tidemark-job.jar");

    /** The connectors; everything else of Flink is the cluster's. */
    private static final Pattern OF_FLINK =
            Pattern.compile(
                    "org/apache/flink/(connector/(base|file)|streaming/connectors/rabbitmq)/.*");

    /** In Flink's lib, or of another platform's build. */
    private static final Pattern OF_THE_CLUSTER =
            Pattern.compile(
                    "(org/slf4j|org/apache/logging|org/apache/log4j|org/apache/commons/logging"
                            + "|org/rocksdb|com/esotericsoftware|akka|org/apache/pekko|scala"
                            + "|io/tidemark/(server|local|bench))/.*");

    @Test
    void hasTheJobAndWhatTheJobNeeds() throws IOException {
        assertThat(entries())
                .contains(
                        "io/tidemark/job/features/FeatureJob.class",
                        "io/tidemark/features/engine/SymbolEngine.class",
                        "io/tidemark/schemas/event/EventType.class",
                        "registry/features-1.0.0.yaml",
                        "db/migration/V001__serving_store.sql",
                        "io/tidemark/job/source/MarketSource.class",
                        "org/apache/flink/connector/file/sink/FileSink.class",
                        "com/rabbitmq/client/ConnectionFactory.class",
                        "org/apache/parquet/avro/AvroParquetWriter.class",
                        "org/postgresql/Driver.class",
                        "org/flywaydb/core/Flyway.class",
                        "META-INF/services/org.flywaydb.core.extensibility.Plugin",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE");
    }

    @Test
    void hasNothingOfFlinkButConnectors() throws IOException {
        assertThat(classes())
                .filteredOn(name -> name.startsWith("org/apache/flink/"))
                .allMatch(name -> OF_FLINK.matcher(name).matches());
    }

    @Test
    void hasNothingTheClusterBrings() throws IOException {
        assertThat(classes()).noneMatch(name -> OF_THE_CLUSTER.matcher(name).matches());
    }

    @Test
    void hasEveryEntryOnceAndNoSignature() throws IOException {
        assertThat(entries()).doesNotHaveDuplicates();
        assertThat(entries()).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
    }

    @Test
    void namesItsMainClass() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo(FeatureJob.class.getName());
        }
    }

    private static List<String> classes() throws IOException {
        return entries().stream().filter(name -> name.endsWith(".class")).toList();
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
