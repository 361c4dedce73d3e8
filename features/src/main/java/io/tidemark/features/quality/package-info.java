/**
 * How good the data are: gaps, silence, spikes, crossed books, clocks, order, by symbol, type and
 * minute. Start at {@link io.tidemark.features.quality.QualityMeter}.
 */
@NullMarked
package io.tidemark.features.quality;

import org.jspecify.annotations.NullMarked;
