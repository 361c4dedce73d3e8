package io.tidemark.bench.engine;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.SyntheticMarket;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * An engine with full windows: a symbol that has had 20 events a second for a lookback. Kept as
 * bytes, so that every invocation begins with the same state.
 */
final class WarmEngine {
    static final String SYMBOL = MarketMix.name(0);
    static final long SECOND = 1_000_000L;
    private static final int RATE = 20;
    private static final long EPOCH = 1_765_000_000L * SECOND;

    private final FeatureSet features;
    private final MarketMix mix = new MarketMix(1, 7);
    private final SyntheticMarket market = new SyntheticMarket(mix);
    private final EventSchedule schedule = new EventSchedule(EPOCH, RATE);
    private final long warmSeconds;
    private final DataOutputSerializer scratch = new DataOutputSerializer(1 << 16);
    private final byte[] state;

    WarmEngine() {
        this("1.0.0");
    }

    WarmEngine(String registry) {
        features = FeatureSet.builtIn(registry);
        warmSeconds = features.lookbackMicros() / SECOND + 1;
        SymbolEngine engine = SymbolEngine.create(features, SYMBOL);
        for (long second = 0; second < warmSeconds; second++) {
            for (MarketEvent event : nextSecond(second)) {
                engine.accept(event);
            }
            engine.rowAt(EPOCH + (second + 1) * SECOND);
        }
        state = save(engine);
    }

    /** The end of the warm stretch: the T of the last row given. */
    long now() {
        return EPOCH + warmSeconds * SECOND;
    }

    /** The warm engine again, a new one each time. */
    SymbolEngine restore() {
        try {
            return SymbolEngine.restore(features, SYMBOL, new DataInputDeserializer(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine's bytes, through one buffer, as the job does it. */
    byte[] save(SymbolEngine engine) {
        try {
            scratch.clear();
            engine.save(scratch);
            return scratch.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of the first second after the warm stretch; ask once. */
    List<MarketEvent> following() {
        return nextSecond(warmSeconds);
    }

    private List<MarketEvent> nextSecond(long second) {
        List<MarketEvent> events = new ArrayList<>();
        for (long n = second * RATE; n < (second + 1) * RATE; n++) {
            events.add(market.event(n, schedule.eventTimeMicros(n)));
        }
        return events;
    }
}
