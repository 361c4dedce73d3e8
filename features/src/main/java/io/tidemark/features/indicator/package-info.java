/**
 * Indicators on closed bars: pure functions of the newest n bars, computed from those alone. Start
 * at {@link io.tidemark.features.indicator.Ema}.
 */
@NullMarked
package io.tidemark.features.indicator;

import org.jspecify.annotations.NullMarked;
