package io.tidemark.bench.throughput;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.LoadQueues;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.WallClock;
import io.tidemark.bench.platform.CpuMeter;
import io.tidemark.bench.platform.JobCounters;
import io.tidemark.bench.platform.JobOptions;
import io.tidemark.bench.platform.JobProcess;
import io.tidemark.bench.platform.RunDatabase;
import io.tidemark.bench.platform.RunDirectory;
import io.tidemark.bench.platform.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How fast does the whole job drain a backlog, and what part of what Flink's own source alone
 * reaches is that? Both read the same messages from the same broker, in turn, in one run.
 */
@Command(name = "throughput", mixinStandardHelpOptions = true, sortOptions = false)
public final class ThroughputHarness implements Callable<Integer> {
    private static final Duration UP = Duration.ofSeconds(60);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);
    private static final long TICK_MILLIS = 100;

    @Mixin private ThroughputOptions options = new ThroughputOptions();

    private final WallClock clock = WallClock.start();

    public static void main(String[] args) {
        System.exit(new CommandLine(new ThroughputHarness()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Services services = Services.fromEnvironment(System.getenv());
        List<Drain> drains = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            drains.add(drain(services, JobOptions.Kind.BARE_SOURCE));
            drains.add(drain(services, JobOptions.Kind.FEATURES));
        }
        ThroughputReport.print(System.out, options, drains);
        return 0;
    }

    private Drain drain(Services services, JobOptions.Kind kind) throws Exception {
        String name = "tidemark_bench_" + ProcessHandle.current().pid();
        try (RunDirectory directory = RunDirectory.create();
                RunDatabase database = RunDatabase.create(services, name);
                LoadQueues queues = LoadQueues.create(services.broker(), name + ".")) {
            int seconds = options.events / options.spreadRate + 1;
            // Ends before now: nothing of it is in the future.
            EventSchedule times =
                    new EventSchedule(
                            (clock.micros() / 1_000_000 - seconds - 60) * 1_000_000,
                            options.spreadRate);
            MarketMix mix = new MarketMix(options.symbols, 1);
            Backlog.fill(services.broker(), queues.prefix(), times, mix, options.events);
            JobOptions job = jobOptions(kind, directory, database, services, queues);
            try (JobProcess process = JobProcess.start(job, services)) {
                return follow(kind, process, database, services);
            }
        }
    }

    private JobOptions jobOptions(
            JobOptions.Kind kind,
            RunDirectory directory,
            RunDatabase database,
            Services services,
            LoadQueues queues) {
        List<String> settings =
                switch (kind) {
                    case BARE_SOURCE ->
                            List.of(queues.prefix(), Integer.toString(options.prefetch));
                    case FEATURES -> jobSettings(directory, database, services, queues);
                };
        return new JobOptions(
                kind,
                options.checkpointInterval(),
                options.parallelism,
                directory.path(),
                options.flinkConf,
                settings);
    }

    private List<String> jobSettings(
            RunDirectory directory, RunDatabase database, Services services, LoadQueues queues) {
        List<String> settings = new ArrayList<>();
        settings.add("--source.queue-prefix=" + queues.prefix());
        settings.add("--source.max-unacknowledged=" + options.prefetch);
        settings.add("--archive.root=" + directory.path().resolve("archive"));
        settings.add("--serving-store.url=" + database.url());
        settings.add("--serving-store.writer=" + services.postgresUser());
        for (String setting : options.jobSettings) {
            settings.add("--" + setting);
        }
        return settings;
    }

    private Drain follow(
            JobOptions.Kind kind, JobProcess job, RunDatabase database, Services services)
            throws Exception {
        job.awaitRunning(UP);
        boolean stores = kind == JobOptions.Kind.FEATURES;
        DrainCurve read = new DrainCurve();
        DrainCurve stored = new DrainCurve();
        CpuMeter meter = CpuMeter.of(job, services);
        Map<String, Double> before = meter.read();
        long begin = clock.micros();
        long limit = begin + TimeUnit.NANOSECONDS.toMicros(LONGEST_DRAIN.toNanos());
        while (read.done() < options.events
                || (stores && stored.done() + notInRows(job) < options.events)) {
            if (clock.micros() > limit || !job.isAlive()) {
                throw new IOException(
                        "wanted %d events drained, got %d read and %d in rows"
                                .formatted(options.events, read.done(), stored.done()));
            }
            read.at(clock.micros(), job.counterSum(JobCounters.READ));
            if (stores) {
                stored.at(clock.micros(), database.eventsInRows(0, clock.micros()));
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
        return new Drain(
                stores ? "Tidemark's job" : "bare RMQSource",
                options.events,
                read.middleRate(options.events),
                stores ? stored.middleRate(options.events) : Double.NaN,
                meter.since(before),
                (clock.micros() - begin) / 1e6,
                job.counter("late"),
                job.counter("duplicates"));
    }

    /** Kept aside by the job: in no row. */
    private static long notInRows(JobProcess job) {
        return job.counter("late") + job.counter("duplicates");
    }
}
