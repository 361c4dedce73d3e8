package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.events.EventTypes;
import io.tidemark.job.ledger.FateCounts;
import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.rows.FeatureRowSerializer;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The main path between its ends.
 *
 * <pre>
 *  queue-trade ── trade-or-rejected ──────────┐                       ┌─▶ rows
 *  queue-orderbook ── orderbook-or-rejected ──┤  keyBy                ├─▶ archived (accepted, late)
 *  queue-kline ── kline-or-rejected ──────────┼─(symbol)─▶ symbol-features ─▶ duplicates
 *  queue-ticker ── ticker-or-rejected ────────┤                       └─▶ resyncs
 *  queue-funding ── funding-or-rejected ──────┘
 *        │ rejected
 *        └──────────────────────────────────────────────────────────────▶ rejected
 *
 *  archived, duplicates, rejected ── counted in their tasks ───────────────▶ ledger
 * </pre>
 */
public final class FeatureTopology {
    private FeatureTopology() {}

    /**
     * Defines the path from queues to outputs.
     *
     * @param queues decoded messages with event times and watermarks, by type
     * @param registry the feature registry
     * @param identityHorizon how long, in event time, the identity of an event is remembered after
     *     its step closed
     * @param heap what a task of the features may keep on the heap
     */
    public static FeatureOutputs define(
            Map<EventType, ? extends DataStream<Inbound>> queues,
            Registry registry,
            Duration identityHorizon,
            HeapBounds heap) {
        List<DataStream<MarketEvent>> events = new ArrayList<>();
        List<DataStream<RejectedMessage>> rejected = new ArrayList<>();
        List<DataStream<LedgerCell>> counts = new ArrayList<>();
        queues.forEach(
                (type, queue) -> {
                    SingleOutputStreamOperator<MarketEvent> accepted =
                            queue.process(new RejectedAside())
                                    .returns(EventTypes.EVENT)
                                    .uid(type.wireName() + "-or-rejected")
                                    .name(type.wireName() + "-or-rejected")
                                    .setParallelism(queue.getParallelism());
                    events.add(accepted);
                    DataStream<RejectedMessage> refused =
                            accepted.getSideOutput(FeatureOutputs.REJECTED);
                    rejected.add(
                            Handover.batched(
                                    refused,
                                    type.wireName() + "-rejected",
                                    queue.getParallelism()));
                    counts.add(
                            FateCounts.ofRejected(
                                    refused,
                                    type,
                                    "ledger-" + type.wireName() + "-rejected",
                                    queue.getParallelism()));
                });

        SingleOutputStreamOperator<FeatureRow> rows =
                union(events)
                        .keyBy(MarketEvent::symbol)
                        .transform(
                                "symbol-features",
                                FeatureRowSerializer.typeInformation(),
                                new SymbolFeatures(registry, identityHorizon, heap))
                        .uid("symbol-features")
                        .name("symbol-features")
                        // A row is sent on as it is made: rows are few, and each is waited for.
                        .setBufferTimeout(0);

        DataStream<ArchivedEvent> archived = rows.getSideOutput(FeatureOutputs.ARCHIVED);
        DataStream<ArchivedEvent> duplicates = rows.getSideOutput(FeatureOutputs.DUPLICATES);
        counts.add(FateCounts.ofEvents(archived, "ledger-archived", rows.getParallelism()));
        counts.add(FateCounts.ofEvents(duplicates, "ledger-duplicates", rows.getParallelism()));

        return new FeatureOutputs(
                rows,
                Handover.batched(archived, "archived", rows.getParallelism()),
                Handover.batched(duplicates, "duplicates", rows.getParallelism()),
                union(rejected),
                rows.getSideOutput(FeatureOutputs.RESYNCS),
                union(counts));
    }

    @SuppressWarnings("unchecked")
    private static <T> DataStream<T> union(List<DataStream<T>> streams) {
        DataStream<T> first = streams.get(0);
        return streams.size() == 1
                ? first
                : first.union(streams.subList(1, streams.size()).toArray(DataStream[]::new));
    }
}
