package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PaneGeometry;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * A registry whose kernels are found and bound. Immutable; one may serve all symbols and threads.
 * Durations are microseconds.
 */
public final class FeatureSet {
    private final RegistryDocument document;
    private final List<String> names;
    private final Kernel[] kernels;
    private final PaneGeometry geometry;
    private final long stepMicros;

    private FeatureSet(RegistryDocument document, List<Kernel> kernels) {
        this.document = document;
        this.names = document.features().stream().map(FeatureEntry::name).toList();
        this.kernels = kernels.toArray(Kernel[]::new);
        this.geometry = PanePlan.of(document, kernels);
        this.stepMicros = PanePlan.step(geometry);
    }

    /**
     * Binds a registry.
     *
     * @throws RegistryInvalidException listing every unknown function, wrong source, window or
     *     parameter, with lines
     */
    public static FeatureSet of(RegistryDocument document) {
        List<RegistryProblem> problems = new ArrayList<>();
        List<Kernel> kernels = new ArrayList<>();
        for (FeatureEntry entry : document.features()) {
            Kernel kernel = KernelBinder.bind(entry, problems);
            if (kernel != null) {
                kernels.add(kernel);
            }
        }
        if (!problems.isEmpty()) {
            throw new RegistryInvalidException(problems);
        }
        return new FeatureSet(document, kernels);
    }

    /**
     * A registry that comes with Tidemark.
     *
     * @throws IllegalArgumentException when there is no such version
     */
    public static FeatureSet builtIn(String version) {
        return of(BuiltInRegistries.read(version));
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
        return kernels.length;
    }

    /**
     * How far before T events may matter: the longest window, what kernels need beyond it, and the
     * carry. Start this long before the first row wanted.
     */
    public long lookbackMicros() {
        return geometry.lookbackMicros();
    }

    /** The longest window of trades; 0 when no feature has one. */
    public long longestTradeWindowMicros() {
        return geometry.longestTradeWindowMicros();
    }

    /**
     * The step in which time is closed: whole panes, divides the cadence, at most 1 s or a pane.
     */
    public long stepMicros() {
        return stepMicros;
    }

    /** The length of a pane: the greatest common divisor of the cadence and all windows. */
    public long paneMicros() {
        return geometry.paneMicros();
    }

    /** How time is cut. */
    public PaneGeometry geometry() {
        return geometry;
    }

    /** The values at the view's T, one per feature; NaN is undefined. Allocates the array only. */
    public double[] valuesAt(MarketView market) {
        double[] values = new double[kernels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = kernels[i].at(market);
        }
        return values;
    }
}
