package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernel;
import java.util.List;

/**
 * A feature of a registry, ready to compute.
 *
 * @param kernel what computes it
 * @param cadenceMicros it is computed at the multiples of this, and holds in between
 * @param inputs the positions of the earlier features it is computed on
 * @param cut which cut of the trades it reads, a position in the market's plan
 * @param kept how many of its newest values must be kept: 1 when it is held between rows, more when
 *     others are computed on it; 0 when it is computed for each row and forgotten
 * @param lookbackMicros how far before T an event may matter to it, the carry, its inputs' lookback
 *     and the time it is held included
 * @param heldMicros the part of the lookback that lies in kept values, its own and its inputs'
 * @param fingerprint of its definition, its inputs' included, whatever they are called
 */
public record BoundFeature(
        Kernel kernel,
        long cadenceMicros,
        List<Integer> inputs,
        int cut,
        int kept,
        long lookbackMicros,
        long heldMicros,
        long fingerprint) {

    /** Keeps the list as it is now. */
    public BoundFeature {
        inputs = List.copyOf(inputs);
    }
}
