package io.tidemark.bench.latency;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.LoadQueues;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.OpenLoopPublisher;
import io.tidemark.bench.load.WallClock;
import io.tidemark.bench.platform.CpuMeter;
import io.tidemark.bench.platform.JobCounters;
import io.tidemark.bench.platform.JobOptions;
import io.tidemark.bench.platform.JobProcess;
import io.tidemark.bench.platform.RunDatabase;
import io.tidemark.bench.platform.RunDirectory;
import io.tidemark.bench.platform.Services;
import io.tidemark.schemas.event.MarketQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.flink.core.execution.CheckpointingMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How late is a row in the serving store and on {@code features.live}, at a given rate? The whole
 * path on a real broker and a real database: the job in its own process with every sink attached
 * and exactly-once checkpoints, an open-loop publisher whose events carry their intended time, and
 * two observers who see rows as clients do.
 */
@Command(name = "latency", mixinStandardHelpOptions = true, sortOptions = false)
public final class LatencyHarness implements Callable<Integer> {
    private static final String REGISTRY_VERSION = "1.0.0";
    private static final int TAIL_SECONDS = 3;
    private static final Duration LAST_ROWS = Duration.ofSeconds(30);

    @Mixin private LatencyOptions options = new LatencyOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new LatencyHarness()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Services services = Services.fromEnvironment(System.getenv());
        String name = "tidemark_bench_" + ProcessHandle.current().pid();
        try (RunDirectory directory = RunDirectory.create();
                RunDatabase database = RunDatabase.create(services, name);
                LoadQueues queues =
                        LoadQueues.create(services.broker(), new MarketQueues(name + ".", 1));
                JobProcess job =
                        JobProcess.start(
                                jobOptions(directory, database, services, queues), services)) {
            job.awaitRunning(Duration.ofSeconds(60));
            return measure(services, database, queues, job);
        }
    }

    private JobOptions jobOptions(
            RunDirectory directory, RunDatabase database, Services services, LoadQueues queues) {
        List<String> settings = new ArrayList<>();
        settings.add("--source.queue-prefix=" + queues.prefix());
        settings.add("--source.max-unacknowledged=" + options.prefetch);
        settings.add("--source.lateness=" + options.latenessMillis + "ms");
        settings.add("--registry.cadence=" + options.cadenceMillis + "ms");
        settings.add("--archive.root=" + directory.path().resolve("archive"));
        settings.add("--serving-store.url=" + database.url());
        settings.add("--serving-store.writer=" + services.postgresUser());
        for (String setting : options.jobSettings) {
            settings.add("--" + setting);
        }
        return new JobOptions(
                JobOptions.Kind.FEATURES,
                options.checkpointInterval(),
                CheckpointingMode.EXACTLY_ONCE,
                options.parallelism,
                directory.path(),
                options.flinkConf,
                settings);
    }

    private int measure(Services services, RunDatabase database, LoadQueues queues, JobProcess job)
            throws Exception {
        WallClock clock = WallClock.start();
        MarketMix mix = new MarketMix(options.symbols, 1);
        long start = (clock.micros() / 1_000_000 + 2) * 1_000_000;
        EventSchedule schedule = new EventSchedule(start, options.rate);
        long from = start + TimeUnit.SECONDS.toMicros(options.warmUpSeconds);
        long to = from + TimeUnit.SECONDS.toMicros(options.measureSeconds);
        long end = to + TimeUnit.SECONDS.toMicros(TAIL_SECONDS);
        RowGrid grid =
                new RowGrid(
                        start + 1_000_000,
                        options.cadenceMicros(),
                        (int) ((end - start - 1_000_000) / options.cadenceMicros()),
                        options.symbols);
        Sightings visible = new Sightings(grid);
        Sightings stored = new Sightings(grid);
        Sightings live = new Sightings(grid);
        StoreReader store =
                new StoreReader(
                        database, REGISTRY_VERSION, visible, stored, clock, options.pollMicros);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LiveReader liveReader = LiveReader.start(services.broker(), live, clock)) {
            Future<Histogram> gaps = threads.submit(store);
            Future<OpenLoopPublisher.Sent> publishing =
                    threads.submit(
                            new OpenLoopPublisher(
                                    services.broker(),
                                    queues.prefix(),
                                    schedule,
                                    mix,
                                    schedule.firstAtOrAfter(end),
                                    clock));
            sleepUntil(clock, from);
            CpuMeter meter = CpuMeter.of(job, services);
            Map<String, Double> before = meter.read();
            Freeze freeze = null;
            if (options.prove) {
                freeze = Freeze.of(job, clock, grid.rowOf(from + (to - from) * 3 / 4));
            }
            sleepUntil(clock, to);
            Map<String, Double> cpu = meter.since(before);
            OpenLoopPublisher.Sent sent = publishing.get();
            int last = grid.firstStepAtOrAfter(to);
            awaitRows(clock, visible, live, last);
            store.stop();
            LatencyReport report =
                    new LatencyReport(
                            options,
                            sent,
                            cpu,
                            gaps.get(),
                            job.counter("late"),
                            job.counter("duplicates"),
                            job.counter(JobCounters.RESTARTS),
                            liveReader.messages(),
                            eventsOfRows(schedule, grid, from, to)
                                    - database.eventsInRows(from, to),
                            clock.driftMicros());
            report.print(System.out, visible, stored, live, schedule, mix, from, to);
            return freeze != null
                    ? FreezeProof.print(System.out, visible, freeze, (from + to) / 2, to)
                    : Math.min(1, visible.missing(grid.firstStepAtOrAfter(from), last));
        } finally {
            store.stop();
            threads.shutdownNow();
        }
    }

    private static void awaitRows(WallClock clock, Sightings visible, Sightings live, int last)
            throws InterruptedException {
        long limit = clock.micros() + TimeUnit.NANOSECONDS.toMicros(LAST_ROWS.toNanos());
        while (clock.micros() < limit && visible.missing(0, last) + live.missing(0, last) > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void sleepUntil(WallClock clock, long micros) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(Math.max(0, micros - clock.micros()));
    }

    /** Events sent whose row has its T in the stretch of time. */
    private static long eventsOfRows(EventSchedule schedule, RowGrid grid, long from, long to) {
        long first = grid.timeOf(grid.firstStepAtOrAfter(from)) - grid.cadenceMicros();
        long last = grid.timeOf(grid.firstStepAtOrAfter(to)) - grid.cadenceMicros();
        return schedule.firstAtOrAfter(last) - schedule.firstAtOrAfter(first);
    }
}
