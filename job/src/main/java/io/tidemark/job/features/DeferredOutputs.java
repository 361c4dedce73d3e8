package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.outcome.PricedRow;
import io.tidemark.job.publish.ResyncRequest;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends what the features give to where it belongs: rows at once, the events they were made of
 * later and little by little, because nobody waits for the archive. Sent all at once after the rows
 * they would compete with them: for the processor with the tasks that store and publish the rows.
 */
final class DeferredOutputs implements StepClosing.Outcome {
    /** Events held back at most: catching up, rows wait for their events rather than the heap. */
    private static final int HELD = 20_000;

    /** Sent for each event that comes: those of a step are gone in a quarter of the next. */
    private static final int AT_A_TIME = 4;

    private record Step(ActiveSymbol symbol, MarketEvent[] accepted) {}

    private final Output<StreamRecord<FeatureRow>> output;
    private final IdentityMemory identities;
    private final SymbolFeaturesMetrics metrics;
    private final List<Step> steps = new ArrayList<>();
    private final ArrayDeque<ArchivedEvent> waiting = new ArrayDeque<>();
    private int held;

    DeferredOutputs(
            Output<StreamRecord<FeatureRow>> output,
            IdentityMemory identities,
            SymbolFeaturesMetrics metrics) {
        this.output = output;
        this.identities = identities;
        this.metrics = metrics;
    }

    @Override
    public void row(FeatureRow row) {
        metrics.row(row.gridTimeMicros());
        output.collect(new StreamRecord<>(row, Grid.watermarkClosing(row.gridTimeMicros())));
    }

    @Override
    public void priced(PricedRow row) {
        output.collect(
                FeatureOutputs.PRICED,
                new StreamRecord<>(row, Grid.watermarkClosing(row.gridTimeMicros())));
    }

    @Override
    public void bookGap(BookUpdate event) {
        metrics.bookGap();
        requestResync(event, "sequence gap");
    }

    @Override
    public void bookMismatch(BookUpdate event) {
        metrics.bookMismatch();
        requestResync(event, "checksum mismatch");
    }

    private void requestResync(BookUpdate event, String reason) {
        send(
                FeatureOutputs.RESYNCS,
                new ResyncRequest(event.symbol(), event.depth(), reason, event.eventTimeMicros()),
                event);
    }

    @Override
    public void accepted(ActiveSymbol symbol, MarketEvent[] events) {
        steps.add(new Step(symbol, events));
        held += events.length;
    }

    @Override
    public void duplicate(MarketEvent event) {
        metrics.duplicate();
        waiting.add(new ArchivedEvent(event, Verdict.DUPLICATE));
    }

    /** Whether so many events are held back that they should go now. */
    boolean many() {
        return held() > HELD;
    }

    /** Events held back. */
    int held() {
        return held + waiting.size();
    }

    /** The rows are out: their events are remembered, and may go. */
    void rowsSent() throws Exception {
        for (Step step : steps) {
            for (MarketEvent event : step.accepted()) {
                identities.remember(step.symbol(), event);
                metrics.accepted();
                waiting.add(new ArchivedEvent(event, Verdict.ACCEPTED));
            }
        }
        steps.clear();
        held = 0;
    }

    /** Sends a few of the events held back. */
    void sendSome() {
        send(AT_A_TIME);
    }

    /** Sends so many of the events held back, the oldest first. */
    void send(int events) {
        for (int i = Math.min(events, waiting.size()); i > 0; i--) {
            send(waiting.remove());
        }
    }

    /** Sends all that was held back: no barrier may overtake it. */
    void flush() throws Exception {
        rowsSent();
        send(waiting.size());
    }

    /** An event after its step: a duplicate when its identity is known, otherwise late. */
    void afterItsStep(MarketEvent event, boolean seenBefore) {
        if (seenBefore) {
            metrics.duplicate();
        } else {
            metrics.late();
        }
        waiting.add(new ArchivedEvent(event, seenBefore ? Verdict.DUPLICATE : Verdict.LATE));
    }

    private void send(ArchivedEvent event) {
        boolean duplicate = event.verdict() == Verdict.DUPLICATE;
        send(duplicate ? FeatureOutputs.DUPLICATES : FeatureOutputs.ARCHIVED, event, event.event());
    }

    private <T> void send(OutputTag<T> tag, T value, MarketEvent event) {
        output.collect(
                tag, new StreamRecord<>(value, Math.floorDiv(event.eventTimeMicros(), 1_000)));
    }
}
