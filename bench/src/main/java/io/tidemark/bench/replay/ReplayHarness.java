package io.tidemark.bench.replay;

import io.tidemark.job.archive.ParquetFiles;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.replay.LocalReplay;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Replays an archive, beside the bare Parquet reader that makes records of the same files and
 * nothing of them; both in each round, one after the other.
 */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false)
public final class ReplayHarness implements Callable<Integer> {
    @Option(names = "--archive", required = true, description = "its root")
    private Path archive = Path.of("");

    @Option(names = "--registry", description = "built-in version", defaultValue = "1.0.0")
    private String registry = "";

    @Option(names = "--parallelism", description = "of the replay", defaultValue = "1")
    private int parallelism;

    @Option(names = "--rounds", description = "baseline and replay in turn", defaultValue = "2")
    private int rounds;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ReplayHarness()).execute(args));
    }

    private record Taken(long events, double seconds, double cpuSeconds) {
        String text(String name, double baseline) {
            double perSecond = events / cpuSeconds;
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.1f | %.1f | %,.0f | %.2f |",
                    name,
                    events,
                    seconds,
                    cpuSeconds,
                    perSecond,
                    perSecond / baseline);
        }
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(
                "| | events | s | CPU s | events a second of CPU | of the reader |\n"
                        + "|---|---|---|---|---|---|");
        for (int round = 0; round < rounds; round++) {
            Taken reader = measure(this::read);
            double baseline = reader.events / reader.cpuSeconds;
            System.out.println(reader.text("bare Parquet reader", baseline));
            System.out.println(
                    measure(this::replay)
                            .text(
                                    "replay of " + registry + ", parallelism " + parallelism,
                                    baseline));
        }
        System.out.printf("%nhighest resident memory: %s%n", highestResident());
        return 0;
    }

    private interface Work {
        long run() throws Exception;
    }

    private static Taken measure(Work work) throws Exception {
        double cpu = cpuSeconds();
        long began = System.nanoTime();
        long events = work.run();
        return new Taken(events, (System.nanoTime() - began) / 1e9, cpuSeconds() - cpu);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e9;
    }

    private long read() throws IOException {
        long events = 0;
        for (EventType type : EventType.values()) {
            Path folder = archive.resolve("raw/type=" + type.wireName());
            if (!Files.isDirectory(folder)) {
                continue;
            }
            List<Path> files;
            try (var all = Files.walk(folder)) {
                files = all.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                try (ParquetReader<IndexedRecord> reader =
                        ParquetFiles.reader(
                                new LocalInputFile(file), ArchiveRecords.schema(type))) {
                    while (reader.read() != null) {
                        events++;
                    }
                }
            }
        }
        return events;
    }

    private long replay() throws IOException, InterruptedException {
        Path out = Files.createTempDirectory("tidemark-replay");
        try {
            Replay replay =
                    Replay.of(
                            new ReplayRequest(
                                    archive.toString(),
                                    out.toString(),
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE,
                                    List.of(),
                                    new Registry(BuiltInRegistries.yaml(registry), 1_000_000),
                                    RawView.FINAL,
                                    0),
                            parallelism);
            ReplayCounts counts =
                    LocalReplay.run(replay, parallelism, new StopSignal(), (done, s, soFar) -> {})
                            .orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows; %,d events read for rows, %,d for the chain%n",
                    counts.rows(),
                    counts.events(),
                    counts.chainEvents());
            return counts.events();
        } finally {
            delete(out);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static String highestResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElse("unknown");
    }
}
