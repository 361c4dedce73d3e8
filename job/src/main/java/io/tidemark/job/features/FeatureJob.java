package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureArchive;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.job.archive.RawArchive;
import io.tidemark.job.archive.RejectedArchive;
import io.tidemark.job.drift.DriftReport;
import io.tidemark.job.drift.DriftTopology;
import io.tidemark.job.drift.ModelBaselines;
import io.tidemark.job.outcome.Outcome;
import io.tidemark.job.outcome.OutcomesPerSymbol;
import io.tidemark.job.publish.DriftQueue;
import io.tidemark.job.publish.FeaturesLive;
import io.tidemark.job.publish.OutcomesQueue;
import io.tidemark.job.publish.PublisherSettings;
import io.tidemark.job.publish.RejectedQueue;
import io.tidemark.job.publish.ResyncQueue;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.serving.Activation;
import io.tidemark.job.serving.BaselineSource;
import io.tidemark.job.serving.DriftSink;
import io.tidemark.job.serving.LedgerSink;
import io.tidemark.job.serving.OutcomeSink;
import io.tidemark.job.serving.QualitySink;
import io.tidemark.job.serving.RegistryVersion;
import io.tidemark.job.serving.ServingStoreSchema;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.job.serving.ServingStoreSink;
import io.tidemark.job.serving.StoredActivations;
import io.tidemark.job.serving.StoredFeatureNames;
import io.tidemark.job.source.MarketSource;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point: reads the settings, attaches real ends to {@link FeatureTopology} and submits
 * it.
 *
 * <p>{@code flink run -d -c io.tidemark.job.features.FeatureJob tidemark-job.jar --config
 * tidemark.yaml}
 */
public final class FeatureJob {
    /** The job's name in the Flink UI. */
    public static final String NAME = "tidemark-features";

    /** Nobody may be reading the queues this job publishes to: the oldest message makes room. */
    private static final Map<String, Object> BOUNDED =
            Map.of("x-max-length", 100_000, "x-overflow", "drop-head");

    private static final Logger LOG = LoggerFactory.getLogger(FeatureJob.class);

    private FeatureJob() {}

    /** Submits the job to the cluster it is started on. */
    public static void main(String[] args) throws Exception {
        FeatureJobSettings settings = settings(List.of(args), System.getenv());
        ActiveRegistry active = prepareStore(settings);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        define(environment, settings, active);
        environment.execute(NAME);
    }

    /**
     * What the job reads from a command line. One file may serve the model server too: what only
     * that reads is left alone, anything else nobody knows is refused.
     */
    public static FeatureJobSettings settings(List<String> args, Map<String, String> environment) {
        SettingsReader reader =
                new SettingsReader(SettingsSource.fromCommandLine(args, environment));
        FeatureJobSettings settings = FeatureJobSettings.from(reader);
        FeatureJobSettings.leaveServer(reader);
        reader.throwIfInvalid();
        return settings;
    }

    /**
     * Brings the store to the newest schema and asks which registry is active there. The first time
     * it is the settings' own; after that theirs has no say.
     *
     * @throws IOException when the store cannot be reached
     */
    public static ActiveRegistry prepareStore(FeatureJobSettings settings) throws IOException {
        ServingStoreSettings store = settings.store();
        ServingStoreSchema.migrate(store.jdbcUrl(), store.user(), store.password());
        Registry own = settings.registry();
        try (StoredActivations activations = new StoredActivations(store, "tidemark-submit")) {
            Activation active = activations.activeOrFirst(version(own.compile()), own.yaml());
            Registry registry = new Registry(active.definition(), active.cadenceMicros());
            if (!registry.equals(own)) {
                LOG.warn(
                        "feature registry {} is active in the store, not the one of the settings; it is changed over HTTP",
                        active.version());
            }
            registry.compile();
            return new ActiveRegistry(active.number(), registry);
        } catch (RegistryInvalidException e) {
            LOG.warn("the active feature registry is not usable, the settings' is used", e);
            return ActiveRegistry.unstored(own);
        }
    }

    /**
     * Defines the whole job, ends attached, in the environment.
     *
     * @param active the registry to begin with; a savepoint may know another
     */
    public static void define(
            StreamExecutionEnvironment environment,
            FeatureJobSettings settings,
            ActiveRegistry active) {
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.GENERIC_TYPES, false);
        strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        environment.configure(strict);

        FeatureSet features = active.registry().compile();
        FeatureOutputs outputs =
                FeatureTopology.define(
                        queues(environment, settings, features),
                        active,
                        settings.identityHorizon(),
                        settings.heap(),
                        settings.store());

        Path archive = new Path(settings.archiveRoot());
        FeatureColumns columns = new StoredFeatureNames(version(features), settings.store());
        PublisherSettings publisher =
                PublisherSettings.of(settings.broker().uri())
                        .withMaxInFlight(settings.publishInFlight());

        end(outputs.archived(), RawArchive.sink(archive), "raw-archive");
        end(outputs.duplicates(), RawArchive.duplicates(archive), "duplicate-archive");
        end(
                outputs.rows(),
                new ServingStoreSink(settings.store(), version(features)),
                "serving-store");
        end(outputs.rows(), FeaturesLive.sink(publisher, columns, BOUNDED), "features-live");
        end(outputs.rows(), FeatureArchive.sink(archive, columns), "feature-archive");
        DataStream<RejectedMessage> rejected =
                Handover.toOwnTask(outputs.rejected(), "to-rejected");
        attach(rejected, RejectedArchive.sink(archive), "rejected-archive");
        attach(rejected, RejectedQueue.sink(publisher, BOUNDED), "rejected-queue");
        end(outputs.resyncs(), ResyncQueue.sink(publisher, BOUNDED), "resync-queue");
        outcomes(outputs, settings, publisher);
        outputs.ledger()
                .sinkTo(new LedgerSink(settings.store()))
                .setParallelism(1)
                .uid("ledger")
                .name("ledger");
        if (settings.drift().enabled()) {
            watchDrift(outputs.rows(), settings, publisher);
        }
        Handover.toOwnTask(outputs.quality(), "to-quality")
                .sinkTo(new QualitySink(settings.store()))
                .setParallelism(1)
                .uid("quality")
                .name("quality");
    }

    /** Nobody waits for it: rows go to it in batches. */
    private static void watchDrift(
            DataStream<FeatureRow> rows, FeatureJobSettings settings, PublisherSettings publisher) {
        DataStream<ModelBaselines> baselines =
                rows.getExecutionEnvironment()
                        .fromSource(
                                new BaselineSource(settings.store(), settings.drift().pollEvery()),
                                WatermarkStrategy.noWatermarks(),
                                "model-baselines",
                                ModelBaselines.typeInformation())
                        .setParallelism(1)
                        .uid("model-baselines")
                        .name("model-baselines");
        DataStream<DriftReport> reports =
                Handover.toOwnTask(
                        DriftTopology.define(
                                Handover.batched(rows, "rows-to-drift", rows.getParallelism()),
                                baselines,
                                settings.drift()),
                        "to-drift");
        attach(reports, new DriftSink(settings.store()), "drift-store");
        attach(reports, DriftQueue.sink(publisher, BOUNDED), "drift-queue");
    }

    /** In tasks of their own, beside what waits for rows. */
    private static void outcomes(
            FeatureOutputs outputs, FeatureJobSettings settings, PublisherSettings publisher) {
        if (settings.outcomes().labels().isEmpty()) {
            return;
        }
        DataStream<Outcome> outcomes =
                OutcomesPerSymbol.of(
                        Handover.batched(
                                outputs.priced(), "priced-rows", outputs.rows().getParallelism()),
                        settings.outcomes());
        attach(outcomes, new OutcomeSink(settings.store()), "outcome-store");
        attach(outcomes, OutcomesQueue.sink(publisher, BOUNDED), "outcomes-queue");
    }

    private static RegistryVersion version(FeatureSet features) {
        return new RegistryVersion(features.version(), features.names(), features.cadenceMicros());
    }

    private static DataStream<Inbound> queues(
            StreamExecutionEnvironment environment,
            FeatureJobSettings settings,
            FeatureSet features) {
        return environment
                .fromSource(
                        new MarketSource(
                                settings.broker(),
                                settings.source(),
                                features.stepMicros() / 1_000),
                        // The source makes its own.
                        WatermarkStrategy.noWatermarks(),
                        "market-queues")
                .setParallelism(settings.source().parallelism())
                .uid("market-queues")
                .name("market-queues");
    }

    /** A sink in a task of its own. */
    private static <T> void end(DataStream<T> stream, Sink<T> sink, String name) {
        attach(Handover.toOwnTask(stream, "to-" + name), sink, name);
    }

    /** A sink in the task of the stream. */
    private static <T> void attach(DataStream<T> stream, Sink<T> sink, String name) {
        stream.sinkTo(sink).uid(name).name(name);
    }
}
