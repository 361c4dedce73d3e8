package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.kernel.Reach;
import io.tidemark.features.market.PaneGeometry;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts time into panes so that every kernel of a registry finds whole ones. The features of one
 * cadence share a cut; cadences whose panes come out equally long share one too. The first cut is
 * the registry's own cadence's.
 */
final class TradeCutting {
    private static final long SECOND = 1_000_000L;

    private final RegistryDocument document;
    private final List<PaneGeometry> cuts = new ArrayList<>();
    private final Map<Long, Integer> cutOfCadence = new TreeMap<>();

    private TradeCutting(RegistryDocument document) {
        this.document = document;
    }

    /**
     * @throws RegistryInvalidException when it would take too many panes
     */
    static TradeCutting of(RegistryDocument document, List<Kernel> kernels) {
        Map<Long, List<Reach>> byCadence = new TreeMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            long cadence = FeaturePlan.cadence(document, document.features().get(i));
            byCadence
                    .computeIfAbsent(cadence, none -> new ArrayList<>())
                    .add(kernels.get(i).reach());
        }
        TradeCutting cutting = new TradeCutting(document);
        cutting.add(
                document.cadenceMicros(),
                byCadence.getOrDefault(document.cadenceMicros(), List.of()));
        byCadence.forEach(
                (cadence, reaches) -> {
                    if (cadence != document.cadenceMicros()
                            && reaches.stream().anyMatch(reach -> reach.lookbackMicros() > 0)) {
                        cutting.add(cadence, reaches);
                    }
                });
        return cutting;
    }

    private void add(long cadence, List<Reach> reaches) {
        long pane = cadence;
        for (Reach reach : reaches) {
            pane = gcd(pane, reach.tradeWindowMicros());
            pane = reach.secondReturns() ? gcd(pane, SECOND) : pane;
            for (long window : reach.panes().windows()) {
                pane = gcd(pane, window);
            }
        }
        PaneGeometry own = geometry(pane, cadence, reaches);
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).paneMicros() == pane) {
                cuts.set(i, both(cuts.get(i), own));
                cutOfCadence.put(cadence, i);
                return;
            }
        }
        cutOfCadence.put(cadence, cuts.size());
        cuts.add(own);
    }

    private PaneGeometry geometry(long pane, long cadence, List<Reach> reaches) {
        long window = 0;
        long reachMicros = 0;
        // The row itself looks back a step: its count of events.
        long least = cadence == document.cadenceMicros() ? cadence : 0;
        boolean secondReturns = false;
        PanesWanted wanted = PanesWanted.NONE;
        for (Reach reach : reaches) {
            window = Math.max(window, reach.tradeWindowMicros());
            reachMicros = Math.max(reachMicros, reach.lookbackMicros());
            secondReturns |= reach.secondReturns();
            wanted = wanted.and(reach.panes());
        }
        reachMicros = wholePanes(reachMicros, pane);
        long lookback = Math.max(wholePanes(reachMicros + document.carryMicros(), pane), least);
        if (reachMicros / pane > PaneGeometry.MAX_PANES - 2) {
            throw tooMany(pane, cadence, reachMicros);
        }
        return new PaneGeometry(
                pane, reachMicros, lookback, document.carryMicros(), window, secondReturns, wanted);
    }

    private static RegistryInvalidException tooMany(long pane, long cadence, long reachMicros) {
        return new RegistryInvalidException(
                List.of(
                        new RegistryProblem(
                                0,
                                "a lookback of %s in panes of %s (the greatest common divisor of the cadence, %s, and all windows of its features) takes %d panes a symbol; wanted at most %d; a coarser cadence for the features with long windows makes their panes longer"
                                        .formatted(
                                                RegistryDuration.text(reachMicros),
                                                RegistryDuration.text(pane),
                                                RegistryDuration.text(cadence),
                                                reachMicros / pane,
                                                PaneGeometry.MAX_PANES - 2))));
    }

    private static PaneGeometry both(PaneGeometry a, PaneGeometry b) {
        return new PaneGeometry(
                a.paneMicros(),
                Math.max(a.reachMicros(), b.reachMicros()),
                Math.max(a.lookbackMicros(), b.lookbackMicros()),
                a.carryMicros(),
                Math.max(a.longestTradeWindowMicros(), b.longestTradeWindowMicros()),
                a.secondReturns() || b.secondReturns(),
                a.wanted().and(b.wanted()));
    }

    List<PaneGeometry> cuts() {
        return cuts;
    }

    /** The cut of that cadence; the first when none of its features reads trades. */
    int cutOf(long cadenceMicros) {
        return cutOfCadence.getOrDefault(cadenceMicros, 0);
    }

    /** How far back events matter to a kernel of the market, the carry included, whole panes. */
    long lookback(long pane, Reach reach) {
        return wholePanes(wholePanes(reach.lookbackMicros(), pane) + document.carryMicros(), pane);
    }

    /** The longest step of whole panes that divides the cadence and is at most 1 s, or one pane. */
    static long step(long cadenceMicros, long paneMicros) {
        long panes = cadenceMicros / paneMicros;
        long most = Math.min(panes, Math.max(1, SECOND / paneMicros));
        while (panes % most != 0) {
            most--;
        }
        return most * paneMicros;
    }

    private static long wholePanes(long micros, long pane) {
        return (micros + pane - 1) / pane * pane;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
