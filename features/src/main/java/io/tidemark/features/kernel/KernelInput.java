package io.tidemark.features.kernel;

/**
 * An earlier feature that a kernel is computed on.
 *
 * @param feature its position in the registry, for {@link
 *     io.tidemark.features.market.MarketView#series}
 * @param cadenceMicros time between its values
 */
public record KernelInput(int feature, long cadenceMicros) {}
