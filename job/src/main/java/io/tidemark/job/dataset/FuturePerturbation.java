package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.features.SymbolReplay;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Whether rows know their future: each is computed from the archive twice more, with all events at
 * or after T cut off, and with them scrambled. Not one bit may change. Reads the archive once, up
 * to the last row; holds two engines for each row whose lookback is being read.
 */
final class FuturePerturbation {
    private static final int STEPS_AFTER = 3;

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final SymbolReplay chain;
    private final List<Probe> probes = new ArrayList<>();

    private FuturePerturbation(DatasetSpec spec) {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.chain = new SymbolReplay(features.chain(), spec.symbol(), new Kept(Long.MIN_VALUE));
    }

    /** The first of the rows that changes; empty when none does. Rows are in order of time. */
    static Optional<FeatureRow> firstThatKnows(DatasetSpec spec, List<FeatureRow> rows)
            throws IOException {
        return new FuturePerturbation(spec).run(rows);
    }

    private Optional<FeatureRow> run(List<FeatureRow> rows) throws IOException {
        RawEvents events = RawEvents.in(new Path(spec.archiveRoot()), spec.choice(), spec.view());
        long cadence = features.cadenceMicros();
        long end = rows.get(rows.size() - 1).gridTimeMicros() + STEPS_AFTER * cadence;
        int[] next = {0};
        events.read(
                events.beginMicros().orElse(end),
                end,
                event -> {
                    while (next[0] < rows.size()
                            && beginOf(rows.get(next[0])) <= event.eventTimeMicros()) {
                        probes.add(probe(rows.get(next[0]++)));
                    }
                    chain.accept(event);
                    for (Probe probe : probes) {
                        probe.take(event);
                    }
                });
        while (next[0] < rows.size()) {
            probes.add(probe(rows.get(next[0]++)));
        }
        for (Probe probe : probes) {
            if (!probe.isUnchanged()) {
                return Optional.of(probe.row);
            }
        }
        return Optional.empty();
    }

    private long beginOf(FeatureRow row) {
        long cadence = features.cadenceMicros();
        return Math.floorDiv(row.gridTimeMicros() - features.lookbackMicros(), cadence) * cadence;
    }

    private Probe probe(FeatureRow row) throws IOException {
        long begin = beginOf(row);
        chain.closeThrough(begin);
        Probe probe = new Probe(row);
        if (chain.known()) {
            DataOutputSerializer saved = new DataOutputSerializer(1_024);
            chain.save(saved);
            byte[] bytes = saved.getCopyOfBuffer();
            probe.cut.restore(new DataInputDeserializer(bytes), begin);
            probe.scrambled.restore(new DataInputDeserializer(bytes), begin);
        }
        return probe;
    }

    private final class Probe {
        private final FeatureRow row;
        private final Kept ofCut;
        private final Kept ofScrambled;
        private final SymbolReplay cut;
        private final SymbolReplay scrambled;
        private boolean done;

        Probe(FeatureRow row) {
            this.row = row;
            ofCut = new Kept(row.gridTimeMicros());
            ofScrambled = new Kept(row.gridTimeMicros());
            cut = new SymbolReplay(features, spec.symbol(), ofCut);
            scrambled = new SymbolReplay(features, spec.symbol(), ofScrambled);
        }

        void take(MarketEvent event) {
            long after = row.gridTimeMicros() + STEPS_AFTER * features.cadenceMicros();
            if (done || event.eventTimeMicros() >= after) {
                done = true;
                return;
            }
            if (event.eventTimeMicros() < row.gridTimeMicros()) {
                cut.accept(event);
                scrambled.accept(event);
            } else {
                scrambled.accept(scramble(event));
            }
        }

        boolean isUnchanged() {
            cut.closeThrough(row.gridTimeMicros());
            scrambled.closeThrough(row.gridTimeMicros());
            return ofCut.rows.equals(List.of(row)) && ofScrambled.rows.equals(List.of(row));
        }
    }

    private static MarketEvent scramble(MarketEvent event) {
        if (event instanceof Trade trade) {
            return new Trade(
                    trade.header(),
                    trade.price() * 1.37,
                    trade.size() * 3,
                    trade.takerSide() == Trade.Side.BUY ? Trade.Side.SELL : Trade.Side.BUY,
                    trade.tickDirection(),
                    trade.blockTrade(),
                    trade.rpi());
        }
        if (event instanceof BookUpdate book) {
            return new BookUpdate(
                    book.header(),
                    book.kind(),
                    book.depth(),
                    book.updateId() + 7,
                    scaled(book.asks()),
                    scaled(book.bids()),
                    BookUpdate.NO_CHECKSUM);
        }
        if (event instanceof Ticker ticker) {
            return new Ticker(
                    ticker.header(),
                    ticker.snapshot(),
                    scaled(ticker.values()),
                    ticker.nextFundingTimeMicros(),
                    ticker.tickDirection(),
                    ticker.preListingPhase());
        }
        return event;
    }

    private static double[] scaled(double[] values) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 1.37;
        }
        return scaled;
    }

    /** Keeps the row of one time. */
    private static final class Kept implements SymbolReplay.Rows {
        private final long wanted;
        private final List<FeatureRow> rows = new ArrayList<>();

        Kept(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(long gridTimeMicros) {
            return gridTimeMicros == wanted;
        }

        @Override
        public void row(FeatureRow row) {
            rows.add(row);
        }

        @Override
        public void duplicate(MarketEvent event) {}
    }
}
