package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.events.EventTypes;
import io.tidemark.job.ledger.FateCounts;
import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.quality.QualityMeasured;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.job.rows.FeatureRowSerializer;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The main path between its ends.
 *
 * <pre>
 *                                                            ┌─▶ rows
 *  market-queues ─▶ event-or-rejected ─(key: symbol)─▶ symbol-features ─▶ archived (accepted, late)
 *                           │                                ├─▶ duplicates
 *                           │                                ├─▶ priced (the price at each row)
 *                           │ rejected                       └─▶ resyncs
 *                           └────────────────────────────────────▶ rejected
 *
 *  archived, duplicates, rejected ── counted in their tasks ─────▶ ledger
 *  archived ── measured in their tasks ──────────────────────────▶ quality
 * </pre>
 */
public final class FeatureTopology {
    private FeatureTopology() {}

    /**
     * Defines the path from queues to outputs.
     *
     * @param inbound decoded messages with event times and watermarks
     * @param begin the feature registry to begin with
     * @param identityHorizon how long, in event time, the identity of an event is remembered after
     *     its step closed
     * @param heap what a task of the features may keep on the heap
     * @param store where it is said which registry is the active one
     */
    public static FeatureOutputs define(
            DataStream<Inbound> inbound,
            ActiveRegistry begin,
            Duration identityHorizon,
            HeapBounds heap,
            ServingStoreSettings store) {
        SingleOutputStreamOperator<MarketEvent> events =
                inbound.process(new RejectedAside())
                        .returns(EventTypes.EVENT)
                        .uid("event-or-rejected")
                        .name("event-or-rejected")
                        .setParallelism(inbound.getParallelism());

        SingleOutputStreamOperator<FeatureRow> rows =
                events.keyBy(MarketEvent::symbol)
                        .transform(
                                "symbol-features",
                                FeatureRowSerializer.typeInformation(),
                                new SymbolFeaturesFactory(begin, identityHorizon, heap, store))
                        .uid("symbol-features")
                        .name("symbol-features")
                        // A row is sent on as it is made: rows are few, and each is waited for.
                        .setBufferTimeout(0);

        DataStream<ArchivedEvent> archived = rows.getSideOutput(FeatureOutputs.ARCHIVED);
        DataStream<ArchivedEvent> duplicates = rows.getSideOutput(FeatureOutputs.DUPLICATES);
        DataStream<RejectedMessage> rejected = events.getSideOutput(FeatureOutputs.REJECTED);
        DataStream<LedgerCell> counts =
                FateCounts.ofEvents(archived, "ledger-archived", rows.getParallelism())
                        .union(
                                FateCounts.ofEvents(
                                        duplicates, "ledger-duplicates", rows.getParallelism()),
                                FateCounts.ofRejected(
                                        rejected, "ledger-rejected", inbound.getParallelism()));

        return new FeatureOutputs(
                rows,
                Handover.batched(archived, "archived", rows.getParallelism()),
                Handover.batched(duplicates, "duplicates", rows.getParallelism()),
                Handover.batched(rejected, "rejected", inbound.getParallelism()),
                rows.getSideOutput(FeatureOutputs.RESYNCS),
                counts,
                QualityMeasured.of(archived, "quality-measured", rows.getParallelism()),
                rows.getSideOutput(FeatureOutputs.PRICED));
    }
}
