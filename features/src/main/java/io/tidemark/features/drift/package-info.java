/**
 * Has the distribution of a feature changed, and is that more than the chance an autocorrelated
 * series allows? Start at {@link io.tidemark.features.drift.DriftBaseline}.
 */
@NullMarked
package io.tidemark.features.drift;

import org.jspecify.annotations.NullMarked;
