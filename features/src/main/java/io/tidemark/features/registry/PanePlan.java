package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.kernel.Reach;
import io.tidemark.features.market.PaneGeometry;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.List;

/** Cuts time so that every kernel of a registry finds whole panes. */
final class PanePlan {
    private static final long SECOND = 1_000_000L;

    private PanePlan() {}

    /**
     * @throws RegistryInvalidException when it would take too many panes
     */
    static PaneGeometry of(RegistryDocument document, List<Kernel> kernels) {
        long pane = document.cadenceMicros();
        long window = 0;
        long lookback = 0;
        boolean secondReturns = false;
        for (Kernel kernel : kernels) {
            Reach reach = kernel.reach();
            pane = gcd(pane, reach.tradeWindowMicros());
            window = Math.max(window, reach.tradeWindowMicros());
            lookback = Math.max(lookback, reach.lookbackMicros());
            secondReturns |= reach.secondReturns();
        }
        if (secondReturns) {
            pane = gcd(pane, SECOND);
        }
        lookback = Math.max(lookback + document.carryMicros(), document.cadenceMicros());
        lookback = (lookback + pane - 1) / pane * pane;
        if (lookback / pane > PaneGeometry.MAX_PANES - 2) {
            throw new RegistryInvalidException(
                    List.of(
                            new RegistryProblem(
                                    0,
                                    "a lookback of %s in panes of %s (the greatest common divisor of the cadence and all windows) takes %d panes a symbol; wanted at most %d"
                                            .formatted(
                                                    RegistryDuration.text(lookback),
                                                    RegistryDuration.text(pane),
                                                    lookback / pane,
                                                    PaneGeometry.MAX_PANES - 2))));
        }
        return new PaneGeometry(
                pane,
                document.cadenceMicros(),
                lookback,
                document.carryMicros(),
                window,
                secondReturns);
    }

    /** The longest step of whole panes that divides the cadence and is at most 1 s, or one pane. */
    static long step(PaneGeometry geometry) {
        long panes = geometry.cadenceMicros() / geometry.paneMicros();
        long most = Math.min(panes, Math.max(1, SECOND / geometry.paneMicros()));
        while (panes % most != 0) {
            most--;
        }
        return most * geometry.paneMicros();
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
