package io.tidemark.features.registry;

import io.tidemark.features.bar.BarPlans;
import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.kernel.Reach;
import io.tidemark.features.market.MarketPlan;
import io.tidemark.features.market.PaneGeometry;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.RegistryDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out, from the bound kernels of a registry, what each feature looks back on and what must be
 * kept of the market and of the features' own values.
 */
final class FeaturePlan {
    private final RegistryDocument document;
    private final BarPlans bars;
    private final List<Kernel> kernels;
    private final List<List<Integer>> inputs;
    private final TradeCutting cutting;
    private final List<BoundFeature> features = new ArrayList<>();

    private FeaturePlan(
            RegistryDocument document, List<Kernel> kernels, List<List<Integer>> inputs) {
        this.document = document;
        this.bars =
                BarPlans.of(kernels.stream().flatMap(kernel -> kernel.bars().stream()).toList());
        this.kernels = kernels.stream().map(kernel -> kernel.planned(bars)).toList();
        this.inputs = inputs;
        this.cutting = TradeCutting.of(document, kernels);
    }

    /**
     * @param inputs of each feature, the positions of the features it is computed on
     * @throws io.tidemark.schemas.registry.RegistryInvalidException when it would take too many
     *     panes
     */
    static FeaturePlan of(
            RegistryDocument document, List<Kernel> kernels, List<List<Integer>> inputs) {
        FeaturePlan plan = new FeaturePlan(document, kernels, inputs);
        for (int i = 0; i < kernels.size(); i++) {
            plan.features.add(plan.feature(i));
        }
        return plan;
    }

    List<BoundFeature> features() {
        return features;
    }

    MarketPlan market() {
        long lookback = cutting.cuts().get(0).lookbackMicros();
        for (BoundFeature feature : features) {
            lookback = Math.max(lookback, feature.lookbackMicros());
        }
        return new MarketPlan(
                document.cadenceMicros(), lookback, document.carryMicros(), cutting.cuts(), bars);
    }

    private BoundFeature feature(int i) {
        FeatureEntry entry = document.features().get(i);
        Reach reach = kernels.get(i).reach();
        long cadence = cadence(document, entry);
        int cut = cutting.cutOf(cadence);
        PaneGeometry geometry = cutting.cuts().get(cut);
        long held = cadence == document.cadenceMicros() ? 0 : cadence;
        int kept = kept(i, cadence);
        // Whether a kept value was warm is asked of the whole cut, and kept with it.
        long lookback =
                kept > 0
                        ? geometry.lookbackMicros() + cadence % geometry.paneMicros()
                        : cutting.lookback(geometry.paneMicros(), reach);
        lookback = Math.max(lookback, barLookback(kernels.get(i)));
        Fingerprint fingerprint = Fingerprint.of(entry, cadence, document.carryMicros());
        if (inputs.get(i).isEmpty()) {
            fingerprint.add(geometry.paneMicros());
        } else {
            long heldByInputs = 0;
            lookback = 0;
            for (int input : inputs.get(i)) {
                BoundFeature on = features.get(input);
                heldByInputs = Math.max(heldByInputs, on.heldMicros());
                lookback = Math.max(lookback, on.lookbackMicros());
                fingerprint.add(on.fingerprint());
            }
            held += reach.seriesMicros() + heldByInputs;
            lookback += reach.seriesMicros();
        }
        return new BoundFeature(
                kernels.get(i),
                cadence,
                inputs.get(i),
                cut,
                kept,
                lookback + (cadence == document.cadenceMicros() ? 0 : cadence),
                held,
                fingerprint.value());
    }

    /** How far back events matter to what is computed on bars, the carry included. */
    private long barLookback(Kernel kernel) {
        return kernel.bars()
                .map(request -> request.reachMicros() + document.carryMicros())
                .orElse(0L);
    }

    /** As many values as the longest look at them takes, the one at its far end included. */
    private int kept(int feature, long cadence) {
        int kept = cadence == document.cadenceMicros() ? 0 : 1;
        for (int i = feature + 1; i < kernels.size(); i++) {
            for (int input : inputs.get(i)) {
                if (input == feature) {
                    long span = kernels.get(i).reach().seriesMicros();
                    kept = Math.max(kept, (int) (span / cadence) + 1);
                }
            }
        }
        return kept;
    }

    /** Time between two computations of that feature. */
    static long cadence(RegistryDocument document, FeatureEntry entry) {
        return entry.cadenceMicros() == 0 ? document.cadenceMicros() : entry.cadenceMicros();
    }
}
