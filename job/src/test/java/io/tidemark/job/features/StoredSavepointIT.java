package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of the whole job, taken by the release its name says, goes on in this build: state of
 * every operator is read, and the rows after it are those of a job that was never stopped.
 */
class StoredSavepointIT {
    private static final Path STORED =
            Path.of("src", "test", "resources", "state", "feature-job-0.1.savepoint.zip");

    /** Queues are in the state of the source, so they keep their names. */
    private static final String QUEUES = "it-stored-savepoint.";

    private static final int SECONDS = 12;
    private static final Duration NEVER_QUIET = Duration.ofMinutes(10);

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path directory;

    /**
     * A stored savepoint is never written over once its release is out: a later one is stored
     * beside it. Until 0.1 is out, a change of the state's form writes it anew: {@code mvn -pl job
     * -am verify -Dit.test=StoredSavepointIT -Dsurefire.failIfNoSpecifiedTests=false
     * -Dtidemark.regenerate=true}.
     */
    @Test
    void goesOnInThisBuild() throws Exception {
        List<MarketEvent> events = Events.market(21, 3, 2 * SECONDS);
        if (Boolean.getBoolean("tidemark.regenerate")) {
            write(events);
        }
        try (JobFixture fixture = new JobFixture(directory.resolve("archive"), QUEUES)) {
            Path savepoint = unpack(directory.resolve("savepoint"));
            JobClient job = fixture.submit(NEVER_QUIET, savepoint.toUri().toString());
            fixture.publish(after(events));
            Map<String, FeatureRow> expected = JobFixture.reference(events);
            long lastRow = events.get(events.size() - 1).eventTimeMicros() / 1_000_000 * 1_000_000;
            expected.values()
                    .removeIf(
                            row ->
                                    row.gridTimeMicros() < half()
                                            || row.gridTimeMicros() >= lastRow);
            assertThat(expected).hasSizeGreaterThan(3 * (SECONDS - 4));
            JobFixture.await(() -> fixture.storedRows().keySet().containsAll(expected.keySet()));
            Map<String, FeatureRow> stored = fixture.storedRows();
            for (Map.Entry<String, FeatureRow> one : expected.entrySet()) {
                assertThat(stored.get(one.getKey())).as(one.getKey()).isEqualTo(one.getValue());
            }
            // What was read before the savepoint is still known: the very same message is a
            // duplicate.
            fixture.publish(events.subList(0, 3));
            JobFixture.await(() -> fixture.count("duplicates/*/*/*/*.parquet") == 3);
            job.cancel().get();
        }
    }

    private static List<MarketEvent> after(List<MarketEvent> events) {
        return events.stream().filter(e -> e.eventTimeMicros() >= half()).toList();
    }

    private static long half() {
        return (Events.NOON + SECONDS * 1_000L) * 1_000;
    }

    private void write(List<MarketEvent> events) throws Exception {
        try (JobFixture fixture = new JobFixture(directory.resolve("before"), QUEUES)) {
            JobClient job = fixture.submit(NEVER_QUIET, null);
            List<MarketEvent> first =
                    events.stream().filter(e -> e.eventTimeMicros() < half()).toList();
            fixture.publish(first);
            // Checkpoints pass after the last row that can leave: the archive's folder, which will
            // not
            // be there, then has no part that a restore would look for.
            Map<String, FeatureRow> rows = JobFixture.reference(first);
            rows.values().removeIf(row -> row.gridTimeMicros() >= half() - 1_000_000);
            JobFixture.await(() -> fixture.storedRows().keySet().containsAll(rows.keySet()));
            Thread.sleep(3_000);
            String savepoint =
                    job.stopWithSavepoint(
                                    false,
                                    directory.resolve("savepoints").toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
            pack(Path.of(URI.create(savepoint)));
        }
    }

    private static void pack(Path savepoint) throws IOException {
        try (OutputStream file = Files.newOutputStream(STORED);
                ZipOutputStream zip = new ZipOutputStream(file);
                var parts = Files.list(savepoint)) {
            for (Path part : parts.sorted().toList()) {
                zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                Files.copy(part, zip);
            }
        }
    }

    private static Path unpack(Path to) throws IOException {
        Files.createDirectories(to);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(STORED))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, to.resolve(Path.of(entry.getName()).getFileName()));
            }
        }
        return to;
    }
}
