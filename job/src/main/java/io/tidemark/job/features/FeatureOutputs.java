package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.events.EventTypes;
import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.outcome.PricedRow;
import io.tidemark.job.publish.ResyncRequest;
import io.tidemark.schemas.event.RejectedMessage;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.OutputTag;

/**
 * The open ends of the topology.
 *
 * @param rows one per symbol and grid time
 * @param archived accepted and late events, once each
 * @param duplicates events whose identity was seen before
 * @param rejected messages refused with a reason
 * @param resyncs books that lost their sequence and need a snapshot
 * @param ledger what was counted of the above since the last checkpoint, sent at each
 * @param quality what was measured of the accepted events since the last checkpoint, sent at each
 * @param priced the price at the time of each row
 */
public record FeatureOutputs(
        DataStream<FeatureRow> rows,
        DataStream<ArchivedEvent> archived,
        DataStream<ArchivedEvent> duplicates,
        DataStream<RejectedMessage> rejected,
        DataStream<ResyncRequest> resyncs,
        DataStream<LedgerCell> ledger,
        DataStream<MinuteQuality> quality,
        DataStream<PricedRow> priced) {

    static final OutputTag<ArchivedEvent> ARCHIVED =
            new OutputTag<>("archived", EventTypes.ARCHIVED);
    static final OutputTag<ArchivedEvent> DUPLICATES =
            new OutputTag<>("duplicates", EventTypes.ARCHIVED);
    static final OutputTag<RejectedMessage> REJECTED =
            new OutputTag<>("rejected", EventTypes.REJECTED);
    static final OutputTag<ResyncRequest> RESYNCS =
            new OutputTag<>("resyncs", Types.POJO(ResyncRequest.class));
    static final OutputTag<PricedRow> PRICED =
            new OutputTag<>("priced", Types.POJO(PricedRow.class));
}
