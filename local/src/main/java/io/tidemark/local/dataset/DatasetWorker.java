package io.tidemark.local.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.job.dataset.ArchiveSpan;
import io.tidemark.job.dataset.DatasetException;
import io.tidemark.job.dataset.DatasetFolder;
import io.tidemark.job.dataset.DatasetMade;
import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.dataset.DatasetSpec;
import io.tidemark.job.publish.DatasetReady;
import io.tidemark.job.publish.PublisherSettings;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.serving.DatasetQueue;
import io.tidemark.job.serving.DatasetQueue.Ended;
import io.tidemark.job.serving.DatasetQueue.Wanted;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the datasets that were asked for over HTTP, one after the other: takes them from the
 * serving store, says how far they are, and tells the broker when they ended. What a killed worker
 * left is taken over by the next, from its beginning. Also deletes what is to be deleted.
 */
public final class DatasetWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetWorker.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Map<String, Object> QUEUE_ARGUMENTS =
            Map.of("x-max-length", 100_000, "x-overflow", "drop-head");

    private final ServingStoreSettings store;
    private final PublisherSettings broker;
    private final String archiveRoot;
    private final int parallelism;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;

    private DatasetWorker(
            ServingStoreSettings store,
            PublisherSettings broker,
            String archiveRoot,
            int parallelism) {
        this.store = store;
        this.broker = broker;
        this.archiveRoot = archiveRoot;
        this.parallelism = parallelism;
        thread = new Thread(this::work, "datasets");
        thread.setDaemon(true);
    }

    /** Begins; a store or broker that is away is waited for. */
    public static DatasetWorker start(
            ServingStoreSettings store,
            PublisherSettings broker,
            String archiveRoot,
            int parallelism) {
        DatasetWorker worker = new DatasetWorker(store, broker, archiveRoot, parallelism);
        worker.thread.start();
        return worker;
    }

    private void work() {
        try (DatasetQueue queue = new DatasetQueue(store)) {
            boolean waiting = true;
            while (!stop.isGiven()) {
                try {
                    waiting = !once(queue);
                } catch (IOException e) {
                    LOG.warn("datasets wait: {}", e.getMessage(), e);
                    waiting = true;
                }
                if (waiting && stop.await(LOOK_NANOS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was anything to do. */
    private boolean once(DatasetQueue queue) throws IOException, InterruptedException {
        announce(queue);
        for (String id : queue.deleting()) {
            if (Files.exists(datasets().resolve(id))) {
                DatasetFolder.delete(datasets(), id);
            }
            queue.deleted(id);
        }
        Optional<Wanted> wanted = queue.take();
        if (wanted.isPresent()) {
            build(queue, wanted.get());
        }
        return wanted.isPresent();
    }

    /** A broker that is away holds back no build; it is told when it is back. */
    private void announce(DatasetQueue queue) throws IOException, InterruptedException {
        for (Ended ended : queue.unannounced()) {
            try {
                DatasetReady.send(broker, ended.id(), message(ended), QUEUE_ARGUMENTS);
            } catch (IOException e) {
                LOG.warn("the broker cannot be told of dataset {}", ended.id(), e);
                return;
            }
            queue.announced(ended.id());
        }
    }

    private Path datasets() {
        return Path.of(archiveRoot, "datasets");
    }

    private void build(DatasetQueue queue, Wanted wanted) throws IOException, InterruptedException {
        if (wanted.attempt() > DatasetQueue.MOST_ATTEMPTS) {
            queue.end(
                    wanted.id(),
                    "failed",
                    "its worker ended %d times before it was built"
                            .formatted(DatasetQueue.MOST_ATTEMPTS),
                    null);
            return;
        }
        LOG.info("building dataset {}, attempt {}", wanted.id(), wanted.attempt());
        Telling telling = new Telling(queue, wanted.id());
        try {
            if (Files.exists(datasets().resolve(wanted.id()))) {
                // Published by a worker that was killed before it could say so.
                DatasetFolder.delete(datasets(), wanted.id());
            }
            Optional<DatasetMade> made =
                    new LocalDataset(parallelism, telling.end, telling::at)
                            .build(spec(wanted), datasets());
            if (made.isPresent()) {
                queue.end(wanted.id(), "ready", null, JSON.writeValueAsString(made.get().rows()));
                LOG.info("dataset {} is ready", wanted.id());
            } else if (!stop.isGiven()) {
                queue.end(wanted.id(), "cancelled", null, null);
            }
        } catch (DatasetException | InvalidSettingsException | IllegalArgumentException e) {
            queue.end(wanted.id(), "failed", e.getMessage(), null);
        } catch (IOException e) {
            LOG.warn("dataset {} failed", wanted.id(), e);
            queue.end(wanted.id(), "failed", e.getMessage(), null);
        } catch (RuntimeException e) {
            // Nobody thought of it: one dataset has failed, and the next may not.
            LOG.error("dataset {} failed", wanted.id(), e);
            queue.end(wanted.id(), "failed", "internal error: " + e, null);
        }
    }

    private DatasetSpec spec(Wanted wanted) throws IOException {
        Map<String, String> request =
                JSON.readValue(wanted.request(), new TypeReference<Map<String, String>>() {});
        return DatasetSettings.of(
                ArchiveSpan.withSpan(request, archiveRoot, InstantSource.system()),
                new Registry(wanted.registryYaml(), wanted.cadenceMicros()),
                archiveRoot);
    }

    private static byte[] message(Ended ended) throws IOException {
        var root = JSON.createObjectNode();
        root.put("dataset_id", ended.id());
        root.put("symbol", ended.symbol());
        root.put("status", ended.status().equals("ready") ? "ready" : "failed");
        var rows = ended.rows() == null ? JSON.createObjectNode() : JSON.readTree(ended.rows());
        var urls = JSON.createObjectNode();
        for (String split : new String[] {"train", "validation", "test"}) {
            root.put(split + "_records", rows.path(split).asLong());
            if (rows.has(split)) {
                urls.put(split, "/dataset/%s/download?split=%s".formatted(ended.id(), split));
            }
        }
        root.set("splits_info", JSON.readTree(ended.request()));
        root.set("download_urls", urls);
        if (ended.status().equals("cancelled")) {
            root.put("error", "cancelled");
        } else if (ended.error() != null) {
            root.put("error", ended.error());
        }
        root.put("trace_id", ended.traceId());
        return JSON.writeValueAsBytes(root);
    }

    /** Says how far a build is, about once a second, and hears whether to go on. */
    private final class Telling {
        private final DatasetQueue queue;
        private final String id;
        private final StopSignal end = new StopSignal();
        private long last = System.nanoTime();

        Telling(DatasetQueue queue, String id) {
            this.queue = queue;
            this.id = id;
        }

        void at(double fraction, double seconds, String doing) {
            if (stop.isGiven()) {
                end.give();
            }
            if (System.nanoTime() - last < TELL_NANOS) {
                return;
            }
            last = System.nanoTime();
            try {
                if (!queue.tell(id, fraction, doing)) {
                    end.give();
                }
            } catch (IOException storeIsAway) {
                LOG.warn("how far dataset {} is cannot be said", id, storeIsAway);
            }
        }
    }

    /** Whether it goes on; not after {@link #close}. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends it: a build under way is left for the next worker, from its beginning. */
    @Override
    public void close() {
        stop.give();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
