package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.label.PriceGrid;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Span;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Trade;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.core.fs.Path;

/** The prices that labels are made of: 8 bytes a grid time of the span, labels' reach included. */
final class LabelPrices {
    private LabelPrices() {}

    /**
     * Reads them: trades of the archive, or the mid prices of rows.
     *
     * @param rowsRoot where rows of the span and the label's reach are
     */
    static PriceGrid of(DatasetSpec spec, FeatureSet features, Path rowsRoot) throws IOException {
        Span span = reached(spec, features);
        PriceGrid prices =
                new PriceGrid(
                        span.beginMicros(),
                        span.endMicros(),
                        features.cadenceMicros(),
                        spec.toleranceMicros());
        if (spec.midPrices()) {
            mids(spec, features, rowsRoot, span, prices);
            return prices;
        }
        // What the archive does not have is no price, even within the tolerance of the last one.
        RawEvents trades =
                RawEvents.in(
                        new Path(spec.archiveRoot()),
                        spec.choice(),
                        spec.view(),
                        Set.of(EventType.TRADE));
        trades.read(
                span.beginMicros() - spec.toleranceMicros(),
                untilThrough(spec, span),
                event -> prices.price(event.eventTimeMicros(), ((Trade) event).price()));
        RawEvents all = RawEvents.in(new Path(spec.archiveRoot()), spec.choice(), spec.view());
        long cadence = features.cadenceMicros();
        prices.closeThrough(
                Math.min(
                        (Math.floorDiv(all.lastEventMicros().orElse(0), cadence) + 1) * cadence,
                        spec.throughMicros()));
        return prices;
    }

    /** The span's end, or what is just not used of the archive any more. */
    private static long untilThrough(DatasetSpec spec, Span span) {
        return spec.throughMicros() < span.endMicros()
                ? spec.throughMicros() + 1
                : span.endMicros();
    }

    private static void mids(
            DatasetSpec spec, FeatureSet features, Path rowsRoot, Span span, PriceGrid prices)
            throws IOException {
        int mid = features.names().indexOf("mid_price");
        FeatureRows rows =
                FeatureRows.in(
                        rowsRoot,
                        features.version(),
                        features.names(),
                        spec.choice(),
                        span.beginMicros(),
                        untilThrough(spec, span));
        for (FeatureRow row = rows.next(); row != null; row = rows.next()) {
            prices.set(row.gridTimeMicros(), row.values()[mid]);
        }
    }

    /** The span of the rows with what their labels look at, on the grid. */
    static Span reached(DatasetSpec spec, FeatureSet features) {
        long cadence = features.cadenceMicros();
        Span span = spec.splitting().span();
        long begin = span.beginMicros() - spec.label().volatilityMicros() - cadence;
        return new Span(
                Math.floorDiv(begin, cadence) * cadence,
                span.endMicros() + spec.label().reachMicros() + cadence);
    }
}
