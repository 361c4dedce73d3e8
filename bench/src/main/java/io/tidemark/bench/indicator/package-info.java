/** Indicators and candle patterns beside TA-Lib's Java port and ta4j, on the same bars. */
@NullMarked
package io.tidemark.bench.indicator;

import org.jspecify.annotations.NullMarked;
