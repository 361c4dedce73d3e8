/**
 * The 61 candle patterns of TA-Lib on closed bars. Start at {@link
 * io.tidemark.features.pattern.CandlePattern}.
 */
@NullMarked
package io.tidemark.features.pattern;

import org.jspecify.annotations.NullMarked;
