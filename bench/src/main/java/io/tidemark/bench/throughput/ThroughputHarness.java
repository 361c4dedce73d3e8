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
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.CheckpointingMode;
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

    private enum Subject {
        BARE_SOURCE("bare RMQSource", JobOptions.Kind.BARE_SOURCE, CheckpointingMode.EXACTLY_ONCE),
        EXACTLY_ONCE("Tidemark's job", JobOptions.Kind.FEATURES, CheckpointingMode.EXACTLY_ONCE),
        DRIFT("the same, drift measured", JobOptions.Kind.FEATURES, CheckpointingMode.EXACTLY_ONCE),
        AT_LEAST_ONCE(
                "the same, at least once",
                JobOptions.Kind.FEATURES,
                CheckpointingMode.AT_LEAST_ONCE);

        private final String title;
        private final JobOptions.Kind kind;
        private final CheckpointingMode checkpointing;

        Subject(String title, JobOptions.Kind kind, CheckpointingMode checkpointing) {
            this.title = title;
            this.kind = kind;
            this.checkpointing = checkpointing;
        }

        boolean stores() {
            return kind == JobOptions.Kind.FEATURES;
        }
    }

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
            for (Subject subject : Subject.values()) {
                if (isWanted(subject)) {
                    drains.add(drain(services, subject));
                }
            }
        }
        ThroughputReport.print(System.out, options, drains);
        return 0;
    }

    private boolean isWanted(Subject subject) {
        return switch (subject) {
            case BARE_SOURCE, EXACTLY_ONCE -> true;
            case DRIFT -> options.drift;
            case AT_LEAST_ONCE -> options.atLeastOnce;
        };
    }

    private Drain drain(Services services, Subject subject) throws Exception {
        String name = "tidemark_bench_" + ProcessHandle.current().pid();
        try (RunDirectory directory = RunDirectory.create();
                RunDatabase database = RunDatabase.create(services, name);
                LoadQueues queues =
                        LoadQueues.create(
                                services.broker(),
                                new MarketQueues(name + ".", options.queuesPerType))) {
            int seconds = options.events / options.spreadRate + 1;
            // Ends before now: nothing of it is in the future.
            EventSchedule times =
                    new EventSchedule(
                            (clock.micros() / 1_000_000 - seconds - 60) * 1_000_000,
                            options.spreadRate);
            MarketMix mix = new MarketMix(options.symbols, 1);
            Backlog.fill(services.broker(), queues.market(), times, mix, options.events);
            if (subject == Subject.DRIFT) {
                WatchedModel.activate(database, services, options.symbols);
            }
            JobOptions job = jobOptions(subject, directory, database, services, queues);
            try (JobProcess process = JobProcess.start(job, services)) {
                return follow(subject, process, database, services);
            }
        }
    }

    private JobOptions jobOptions(
            Subject subject,
            RunDirectory directory,
            RunDatabase database,
            Services services,
            LoadQueues queues) {
        List<String> settings =
                switch (subject.kind) {
                    case BARE_SOURCE -> bareSettings(queues);
                    case FEATURES -> {
                        List<String> job = jobSettings(directory, database, services, queues);
                        if (options.drift && subject != Subject.DRIFT) {
                            job.add("--drift.enabled=false");
                        }
                        yield job;
                    }
                };
        return new JobOptions(
                subject.kind,
                options.checkpointInterval(),
                subject.checkpointing,
                options.parallelism,
                directory.path(),
                options.flinkConf,
                settings);
    }

    private List<String> bareSettings(LoadQueues queues) {
        List<String> settings = new ArrayList<>();
        settings.add(Integer.toString(options.prefetch));
        settings.addAll(queues.names());
        return settings;
    }

    private List<String> jobSettings(
            RunDirectory directory, RunDatabase database, Services services, LoadQueues queues) {
        List<String> settings = new ArrayList<>();
        settings.add("--source.queue-prefix=" + queues.prefix());
        settings.add("--source.max-unacknowledged=" + options.prefetch);
        settings.add("--source.queues-per-type=" + options.queuesPerType);
        settings.add("--source.parallelism=" + options.queuesPerType);
        settings.add("--archive.root=" + directory.path().resolve("archive"));
        settings.add("--serving-store.url=" + database.url());
        settings.add("--serving-store.writer=" + services.postgresUser());
        for (String setting : options.jobSettings) {
            settings.add("--" + setting);
        }
        return settings;
    }

    private Drain follow(Subject subject, JobProcess job, RunDatabase database, Services services)
            throws Exception {
        job.awaitRunning(UP);
        boolean stores = subject.stores();
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
                subject.title,
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
