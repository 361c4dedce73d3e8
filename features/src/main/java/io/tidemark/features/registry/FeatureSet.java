package io.tidemark.features.registry;

import io.tidemark.features.bar.BarPlans;
import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.kernel.KernelInput;
import io.tidemark.features.market.MarketPlan;
import io.tidemark.features.market.PaneGeometry;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureInput;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A registry whose kernels are found and bound. Immutable; one may serve all symbols and threads.
 * Durations are microseconds.
 */
public final class FeatureSet {
    private final RegistryDocument document;
    private final List<String> names;
    private final List<BoundFeature> features;
    private final MarketPlan market;
    private final long stepMicros;

    private FeatureSet(RegistryDocument document, FeaturePlan plan) {
        this.document = document;
        this.names = document.features().stream().map(FeatureEntry::name).toList();
        this.features = List.copyOf(plan.features());
        this.market = plan.market();
        this.stepMicros = TradeCutting.step(document.cadenceMicros(), paneMicros());
    }

    private FeatureSet(FeatureSet whole, MarketPlan market) {
        this.document = whole.document;
        this.names = List.of();
        this.features = List.of();
        this.market = market;
        this.stepMicros = whole.stepMicros;
    }

    /**
     * Binds a registry.
     *
     * @throws RegistryInvalidException listing every unknown function, wrong source, window, input
     *     or parameter, with lines
     */
    public static FeatureSet of(RegistryDocument document) {
        List<RegistryProblem> problems = new ArrayList<>();
        List<Kernel> kernels = new ArrayList<>();
        List<List<Integer>> inputs = new ArrayList<>();
        Map<String, KernelInput> earlier = new HashMap<>();
        for (FeatureEntry entry : document.features()) {
            List<KernelInput> known =
                    entry.inputs().stream()
                            .map(FeatureInput::name)
                            .map(earlier::get)
                            .filter(Objects::nonNull)
                            .toList();
            Kernel kernel = KernelBinder.bind(entry, known, problems);
            if (kernel != null) {
                kernels.add(kernel);
            }
            inputs.add(known.stream().map(KernelInput::feature).toList());
            earlier.put(
                    entry.name(),
                    new KernelInput(earlier.size(), FeaturePlan.cadence(document, entry)));
        }
        if (!problems.isEmpty()) {
            throw new RegistryInvalidException(problems);
        }
        return new FeatureSet(document, FeaturePlan.of(document, kernels, inputs));
    }

    /**
     * A registry that comes with Tidemark.
     *
     * @throws IllegalArgumentException when there is no such version
     */
    public static FeatureSet builtIn(String version) {
        return of(BuiltInRegistries.read(version));
    }

    /**
     * The same grid, lookback and carry without any feature. An engine of it keeps what the chain
     * of messages left: book, ticker, last price. Saved at T - lookback and restored under the
     * whole set, and given the events from there on, it gives the rows from T on, in every bit.
     */
    public FeatureSet chain() {
        long cadence = cadenceMicros();
        long lookback = (lookbackMicros() + cadence - 1) / cadence * cadence;
        // One pane of a whole lookback: as long as none of the windows', so none goes over.
        PaneGeometry none =
                new PaneGeometry(lookback, 0, lookback, carryMicros(), 0, false, PanesWanted.NONE);
        return new FeatureSet(
                this,
                new MarketPlan(
                        cadence, lookbackMicros(), carryMicros(), List.of(none), BarPlans.NONE));
    }

    /** What it was made of: entries, normalisation. */
    public RegistryDocument document() {
        return document;
    }

    /** The registry's version. */
    public String version() {
        return document.version();
    }

    /** Time between two rows of a symbol; grid times are its multiples since the epoch. */
    public long cadenceMicros() {
        return document.cadenceMicros();
    }

    /** How old the last price may be and still count. */
    public long carryMicros() {
        return document.carryMicros();
    }

    /** The features in the order of a row's values. */
    public List<String> names() {
        return names;
    }

    /** How many features there are. */
    public int size() {
        return features.size();
    }

    /** The features, ready to compute, in the order of a row's values. */
    public List<BoundFeature> features() {
        return features;
    }

    /** What a market must keep for them. */
    public MarketPlan market() {
        return market;
    }

    /**
     * How far before T events may matter: the longest window, what kernels need beyond it, the
     * carry, the lookback of the features a feature is computed on, and the time a coarser one is
     * held. Start this long before the first row wanted.
     */
    public long lookbackMicros() {
        return market.lookbackMicros();
    }

    /** The longest window of trades; 0 when no feature has one. */
    public long longestTradeWindowMicros() {
        return market.trades().stream()
                .mapToLong(PaneGeometry::longestTradeWindowMicros)
                .max()
                .orElse(0);
    }

    /**
     * The step in which time is closed: whole panes, divides the cadence, at most 1 s or a pane.
     */
    public long stepMicros() {
        return stepMicros;
    }

    /**
     * The length of a pane: the greatest common divisor of the cadence and all windows of features
     * without a cadence of their own.
     */
    public long paneMicros() {
        return market.trades().get(0).paneMicros();
    }
}
